import { readdirSync, readFileSync } from 'node:fs';
import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import type { PaperBlock } from '../../../main/contract/report.ts';
import Block from '../../../main/paper/Block.svelte';
import { CHARTS, DOTS } from './chart-samples.ts';

const draw = (block: PaperBlock): string =>
  render(Block, { props: { block, language: 'en' } }).body;

it('draws every kind of block as text', () => {
  const nasty = '<b onclick="x">&';
  const blocks: PaperBlock[] = [
    { kind: 'sentences', sentences: [nasty] },
    { kind: 'list', items: [nasty] },
    { kind: 'attention', text: nasty },
    { kind: 'subheading', text: nasty },
    { kind: 'facts', facts: [{ name: nasty, value: nasty, code: true }] },
    { kind: 'table', caption: nasty, head: [nasty], rows: [[nasty, nasty]], figures: true },
    { ...DOTS, caption: nasty },
    ...CHARTS.flatMap((chart): PaperBlock[] =>
      chart.kind === 'dots' ? [] : [{ kind: 'chart', chart: { ...chart, title: nasty } }],
    ),
    { kind: 'blanks', names: [nasty] },
  ];
  for (const block of blocks) {
    expect(draw(block)).toContain('&lt;b onclick');
    expect(draw(block)).not.toContain('<b ');
  }
});

it('imports the contract and the words only, and never writes raw markup', () => {
  const folder = new URL('../../../main/paper/', import.meta.url);
  for (const name of readdirSync(folder)) {
    const source = readFileSync(new URL(name, folder), 'utf8');
    expect(source).not.toMatch(/@html|from '\.\.\/(?!contract|words)/);
    expect(source).not.toMatch(/\sstyle=|<style/);
  }
});
