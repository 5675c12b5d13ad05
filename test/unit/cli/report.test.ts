import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../../main/cli/arguments.ts';
import type { Command } from '../../../main/cli/command.ts';
import { reportCommand } from '../../../main/cli/report.ts';
import { reviewCommand } from '../../../main/cli/review.ts';
import { trainCommand } from '../../../main/cli/train.ts';
import { ConcordError } from '../../../main/contract/errors.ts';
import { words } from '../../../main/words/index.ts';
import { scratchFolder } from '../../command-line.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());
const model = folder.path('model.json');
const review = folder.path('review.json');
const say = words('en').report;

async function run(command: Command, ...args: string[]): Promise<object> {
  const around = { language: 'en', say: () => undefined, progress: () => undefined } as const;
  const { signal } = new AbortController();
  const given = readArguments('test', command.form, args);
  return (await command.run(given, { ...around, signal })).json;
}

/** The fact of that name in the saved report, with its tags. */
async function said(name: string, ...options: string[]): Promise<string> {
  const out = folder.path('out');
  const files = ['--review', review, '--model', model, '--out', out, '--force'];
  await run(reportCommand, ...files, ...options);
  const fact = new RegExp(`<dt[^>]*>${name}</dt>\\s*<dd[^>]*>(.*?)</dd>`, 's');
  const [report, card] = ['report.html', 'model-card.html'].map(
    (file) => fact.exec(readFileSync(folder.path(`out/${file}`), 'utf8'))?.[1] ?? '',
  );
  expect(card).toBe(report);
  return (report ?? '').replaceAll(/<!--.*?-->/g, '').trim();
}

beforeAll(async () => {
  const rows = Array.from(
    { length: 60 },
    (_, row) => `${row % 9},${row % 2},${((row * 7) % 10) / 10}`,
  );
  const file = folder.write('small.csv', ['x,y,score', ...rows, ''].join('\n'));
  const plan = {
    label: 'y',
    features: ['x'],
    model: { kind: 'logistic' },
    privacy: null,
    epochs: 1,
  };
  const planFile = folder.write('plan.json', JSON.stringify(plan));
  await run(trainCommand, file, '--plan', planFile, '--model', model);
  const reviewed = await run(
    reviewCommand,
    file,
    '--label',
    'y',
    '--score',
    'score',
    '--groups',
    'x',
  );
  folder.write('review.json', JSON.stringify(reviewed));
});

describe('purpose and limits on the command line', () => {
  it('are named as not stated where nothing is given', async () => {
    expect(await said(say.facts.purpose)).toBe(say.notStated);
  });

  it('come from a file, over which options go', async () => {
    const about = { name: 'Trial', purpose: 'From the file', users: 'Clerks', limits: ['a', 'b'] };
    const file = folder.write('about.json', JSON.stringify(about));
    const from = (name: string, ...more: string[]) => said(name, '--about', file, ...more);
    expect(await from(say.facts.study)).toBe('Trial');
    expect(await from(say.facts.purpose)).toBe('From the file');
    expect(await from(say.facts.purpose, '--purpose', 'Said <here>')).toBe('Said &lt;here>');
    expect(await from(say.facts.limits)).toMatch(/<li[^>]*>a<\/li>.*<li[^>]*>b<\/li>/s);
    const limits = await from(say.facts.limits, '--limit', 'One clinic', '--limit', 'One winter');
    expect(limits).toMatch(/One clinic.*One winter/s);
    expect(limits).not.toContain('>a<');
    expect(await said(say.facts.notFor, '--not-for', 'Children')).toBe('Children');
  });

  it('are refused when they are too long or of another form', async () => {
    const long = 'x'.repeat(2001);
    await expect(said(say.facts.purpose, '--purpose', long)).rejects.toThrow(
      new ConcordError('OPTION_INVALID', {
        option: '--purpose',
        expected: 'at most 2000 characters',
      }),
    );
    for (const about of [{ purpose: long }, { purpse: 'x' }, { limits: 'one' }]) {
      const file = folder.write('bad.json', JSON.stringify(about));
      await expect(said(say.facts.purpose, '--about', file)).rejects.toMatchObject({
        code: 'PLAN_INVALID',
      });
    }
  });
});
