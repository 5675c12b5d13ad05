import { describe, expect, it } from 'vitest';
import { readFile } from '../../../main/records/read-file.ts';
import { memorySource } from '../../../main/records/source.ts';
import { describeWithShared, sharedPath } from '../../shared.ts';
import { cells } from './reading.ts';
import { readFileSync } from 'node:fs';

const read = (text: string | Uint8Array, name = 'notes.conll') =>
  readFile(memorySource(name, typeof text === 'string' ? Buffer.from(text, 'utf8') : text));

describe('files in CoNLL form', () => {
  it('give a row for each sentence, whatever the ends of lines and the columns between', async () => {
    const text =
      '-DOCSTART- -X- O O\r\n\r\nIn IN I-PP O\r\nNew NNP I-NP I-LOC\r\nYork NNP I-NP I-LOC\r\n\r\n\n\n"Bo\tB-PER\n, O';
    const { table, form } = await read(text, 'notes.conll.txt');
    expect(form).toMatchObject({ format: 'conll', encoding: 'utf-8' });
    expect(table.columns.map(({ name }) => name)).toEqual(['text', 'tags']);
    expect(cells(table)).toEqual([
      ['In New York', 'O I-LOC I-LOC'],
      ['"Bo ,', 'B-PER O'],
    ]);
  });

  it('keep characters that no blank of ASCII parts', async () => {
    const { table } = await read('\ufeff王\u00a0小明 B-PER\n😀 O\n');
    expect(cells(table)).toEqual([['王\u00a0小明 😀', 'B-PER O']]);
  });

  it('are read in any cut of their bytes', async () => {
    const text = 'Zoë B-PER\nspricht O\n\nÅsa B-PER\n';
    const whole = cells((await read(text)).table);
    const source = memorySource('notes.conll', Buffer.from(text, 'utf8'));
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      for (const byte of Buffer.from(text, 'utf8')) yield Uint8Array.of(byte);
    };
    expect(cells((await readFile({ ...source, bytes })).table)).toEqual(whole);
  });

  it('are refused by line where a token has no tag', async () => {
    await expect(read('a O\nb\n')).rejects.toMatchObject({
      code: 'CONLL_LINE',
      params: { row: 2, file: 'notes.conll' },
    });
    await expect(read('')).rejects.toMatchObject({ code: 'FILE_EMPTY' });
  });

  it('are told by their names alone', async () => {
    const { form } = await read('a O\nb O\n', 'notes.txt');
    expect(form.format).toBe('delimited');
  });
});

describeWithShared('WikiGold', ['text/ner-wikigold/wikigold.conll.txt'], () => {
  it('has 1,696 sentences of 39,007 tokens', async () => {
    const file = readFileSync(sharedPath('text', 'ner-wikigold', 'wikigold.conll.txt'));
    const { table } = await read(file, 'wikigold.conll.txt');
    expect(table.rows).toBe(1696);
    const counts = cells(table).map((row) => row.map((cell) => cell.split(' ').length));
    expect(counts.every(([tokens, tags]) => tokens === tags)).toBe(true);
    expect(counts.reduce((sum, [tokens]) => sum + tokens!, 0)).toBe(39_007);
  });
});
