import { writeFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contract } from '../../../main/contract/index.ts';
import type { JobProgress } from '../../../main/contract/job.ts';
import { studyAnswers } from '../../../main/study/answers.ts';
import type { Context } from '../../../main/study/context.ts';
import { prepareLook } from '../../../main/study/prepare.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { scratchFolder } from '../../command-line.ts';
import { codeOf, newVault } from '../vault/fixture.ts';

const scratch = scratchFolder();
const visits = scratch.path('visits.csv');
const people = scratch.path('people.csv');
/** Quotes of which some are text. */
const stray = scratch.path('stray.csv');
const PEOPLE = 40_000;

beforeAll(() => {
  writeFileSync(
    visits,
    `person,visit\n${Array.from({ length: 50 }, (_, n) => `p${n},${n}`).join('\n')}\n`,
  );
  const known = Array.from({ length: PEOPLE }, (_, n) => `p${n};seen ${n % 9} times and so on`);
  writeFileSync(people, `person;note\n${known.join('\n')}\n`);
  writeFileSync(stray, 'person;note\np0;"flat" foot\np1;none\np2;"dry"\np3;"warm"\n');
});

let vault: Vault;
beforeEach(async () => {
  vault = await newVault();
});
const context = (): Context => ({
  vault,
  person: vault.person,
  file: (ticket) => ({ visits, people, stray })[ticket] ?? '',
  start: () => 'job',
});
const { preview, lookProgress, stopLook } = studyAnswers.import;
const asked = (other = 'people', reading?: object) =>
  contract.import.preview.input.parse({
    ...{ ticket: 'visits', look: 'look-1' },
    join: {
      ...{ ticket: other, plan: { key: 'person', unmatched: 'keep' } },
      ...(reading && { reading }),
    },
  });

describe('a look at two files', () => {
  it('reads the second one as it is told, whatever is said of the first', async () => {
    expect(await codeOf(() => preview(asked('stray'), context()))).toMatch(/^CSV_QUOTE/);
    const unquoted = asked('stray', { quote: 'none', delimiter: ';' });
    const seen = contract.import.preview.output.parse(await preview(unquoted, context()));
    expect(seen.delimiter).toBe(',');
    expect(seen.columns.map(({ name }) => name)).toEqual(['person', 'visit', 'note']);
    expect(seen.rows[0]).toEqual(['p0', '0', '"flat" foot']);
    expect(seen.join).toMatchObject({ unmatched: 46, unused: 0 });
  });

  it('tells how far both are read', async () => {
    const told: JobProgress[] = [];
    const control = {
      signal: new AbortController().signal,
      progress: (now: JobProgress) => void told.push(now),
    };
    const plan = { key: 'person', unmatched: 'keep' } as const;
    const join = { paths: [people], plan };
    await prepareLook({ from: { paths: [visits] }, options: {}, join }, control);
    const last = told.at(-1);
    expect(last?.unit).toBe('bytes');
    expect(last?.done).toBe(last?.total);
    expect(last?.total).toBeGreaterThan(PEOPLE * 20);
  });

  it('goes on while the engine answers, and ends at a wish', async () => {
    const ended = codeOf(() => preview(asked(), context()));
    let { progress } = lookProgress({ look: 'look-1' }, context());
    expect(progress).toBeNull();
    while (progress === null) {
      await new Promise((resolve) => setImmediate(resolve));
      ({ progress } = lookProgress({ look: 'look-1' }, context()));
    }
    expect(contract.import.lookProgress.output.parse({ progress })).toBeTruthy();
    expect(stopLook({ look: 'look-1' }, context())).toEqual({});
    expect(await ended).toBe('CANCELLED');
    expect(lookProgress({ look: 'look-1' }, context()).progress).toBeNull();
  });

  it('is ended by a newer one of its name; to stop one that is not there changes nothing', async () => {
    const first = codeOf(() => preview(asked(), context()));
    const second = preview({ ticket: 'visits', look: 'look-1' }, context());
    expect(await first).toBe('CANCELLED');
    expect((await second).rows).toHaveLength(20);
    expect(stopLook({ look: 'look-9' }, context())).toEqual({});
  });
});
