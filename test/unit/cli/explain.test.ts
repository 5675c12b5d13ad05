import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../../main/cli/arguments.ts';
import type { Command, CommandAnswer } from '../../../main/cli/command.ts';
import { explainCommand } from '../../../main/cli/explain.ts';
import { reportCommand } from '../../../main/cli/report.ts';
import { reviewCommand } from '../../../main/cli/review.ts';
import { scoreCommand } from '../../../main/cli/score.ts';
import { trainCommand } from '../../../main/cli/train.ts';
import { reasonsFound, rowReasons } from '../../../main/contract/reasons.ts';
import type { ReviewPrivacy } from '../../../main/contract/review-privacy.ts';
import { words } from '../../../main/words/index.ts';
import { scratchFolder } from '../../command-line.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());
const model = folder.path('model.json');
const other = folder.path('other.json');
let file = '';

function run(
  command: Command,
  language: 'en' | 'zh-CN',
  ...args: string[]
): Promise<CommandAnswer> {
  const around = { language, say: () => undefined, progress: () => undefined };
  const { signal } = new AbortController();
  return command.run(readArguments('test', command.form, args), { ...around, signal });
}
const explain = (...args: string[]) => run(explainCommand, 'en', file, '--model', model, ...args);

beforeAll(async () => {
  const rows = Array.from({ length: 200 }, (_, row) => {
    const x = (row * 37) % 100;
    return `${row % 20 === 3 ? '' : x},${row % 3 === 0 ? 'a' : 'b'},${x > 50 ? 'yes' : 'no'}`;
  });
  file = folder.write('small.csv', ['x,site,y', ...rows, ''].join('\n'));
  const plan = { label: 'y', model: { kind: 'boosting' }, privacy: null, positive: 'yes' };
  const planFile = folder.write('plan.json', JSON.stringify(plan));
  await run(trainCommand, 'en', file, '--plan', planFile, '--model', model);
  const fewer = folder.write('fewer.json', JSON.stringify({ ...plan, features: ['x'] }));
  await run(trainCommand, 'en', file, '--plan', fewer, '--model', other);
});

describe('explain', () => {
  it('says why a record is answered so, in words first, and as one object', async () => {
    const { json, lines } = await explain('--row', '2');
    const found = rowReasons.parse(json);
    expect([found.method, found.answer?.value]).toEqual(['exact', 'no']);
    expect(lines?.[0]).toMatch(/^The model says: no \(\d+\.\d%\)\.$/);
    expect(lines?.[1]).toBe('Mostly because of: x 37.');
    expect(lines?.[2]).toBe('Column\tCell\tOdds multiplied by');
    const chinese = await run(explainCommand, 'zh-CN', file, '--model', model, '--row', '4');
    expect(chinese.lines?.[0]).toMatch(/^模型的答案：/);
    expect(chinese.lines?.join('\n')).toContain('x 缺失');
  });

  it('says what the model rests on, by group, and writes it into a report of that model', async () => {
    const { json } = await explain('--groups', 'site', '--repeats', '3');
    const found = reasonsFound.parse(json);
    expect([found.repeats, found.columns[0]?.columns[0]]).toEqual([3, 'x']);
    expect(found.groups[0]?.groups.map(({ group }) => group)).toEqual(['a', 'b']);
    // Which records it learned from is not known here: shapes without guarantee are not shown.
    expect(found.shapes).toBeNull();
    const reasons = folder.write('reasons.json', JSON.stringify(found));
    const scored = folder.path('scored.csv');
    await run(scoreCommand, 'en', file, '--model', model, '--out', scored);
    const asked = ['--label', 'y', '--positive', 'yes', '--score', 'score'];
    const reviewed = await run(reviewCommand, 'en', scored, ...asked);
    const review = folder.write('review.json', JSON.stringify(reviewed.json));
    const out = folder.path('out');
    const files = ['--review', review, '--reasons', reasons, '--out', out];
    await run(reportCommand, 'en', '--model', model, ...files);
    expect(readFileSync(folder.path('out/report.html'), 'utf8')).toContain(
      words('en').reasons.section,
    );
    await expect(
      run(reportCommand, 'en', '--model', other, ...files, '--force'),
    ).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      params: { option: '--reasons' },
    });
  });

  it('does not stand beside a review with noise', async () => {
    const reviewed = JSON.parse(readFileSync(folder.path('review.json'), 'utf8')) as object;
    const phase = { mechanism: 'discrete_laplace', noise_multiplier: 1, steps: 1 } as const;
    const privacy: ReviewPrivacy = {
      ...{ epsilon: 1, delta: 0, phases: [phase], neighbours: 'add-remove', unit: 'row' },
      ...{ max_rows: 1, cells: 20, deviation: 1.4, values: {} },
    };
    const noisy = folder.write('noisy.json', JSON.stringify({ ...reviewed, privacy }));
    const files = ['--review', noisy, '--reasons', folder.path('reasons.json')];
    const written = run(reportCommand, 'en', '--model', model, ...files, '--out', folder.path('n'));
    const expected = 'none beside a review with noise';
    await expect(written).rejects.toMatchObject({ params: { option: '--reasons', expected } });
  });

  it('refuses a record that is not there, and options beyond their limits', async () => {
    await expect(explain('--row', '201')).rejects.toMatchObject({
      ...{ code: 'RECORD_UNKNOWN', params: { record: 201, records: 200 } },
    });
    await expect(explain('--row', '0')).rejects.toMatchObject({ code: 'RECORD_UNKNOWN' });
    for (const [option, value] of [
      ['--pairs', '1'],
      ['--seed', '-1'],
    ] as const) {
      await expect(explain('--row', '1', option, value)).rejects.toMatchObject({
        ...{ code: 'OPTION_INVALID', params: { option } },
      });
    }
    await expect(explain('--repeats', '0')).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});

it('score --reasons adds why, in words', async () => {
  const out = folder.path('why.csv');
  await run(scoreCommand, 'en', file, '--model', model, '--out', out, '--reasons');
  const [head, , second] = readFileSync(out, 'utf8').split(/\r?\n/);
  expect(head).toBe('x,site,y,score,prediction,reasons');
  expect(second).toContain('Mostly because of: x 37.');
});
