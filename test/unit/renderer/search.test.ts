import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { AnonymiseOutcome } from '../../../main/contract/anonymise.ts';
import type { JobProgress, JobView } from '../../../main/contract/job.ts';
import { words } from '../../../main/words/index.ts';
import type { Place } from '../../../renderer/place.ts';
import { lossOf, riskOf } from '../../../renderer/steps/anonymise/result-words.ts';
import { scoreTexts } from '../../../renderer/steps/anonymise/score-words.ts';
import { EXPLAINED } from './explained.ts';
import { english, open, press, STUDY, w, type Given } from './protect-pages.ts';

afterEach(cleanup);

const { further: f, job } = english;
const BEST = { measure: 'loss', score: 0.4321, least: 0.3129, suppressed: 12, rows: 5800 } as const;
const NODES = { done: 160, total: 640, unit: 'nodes' } as const;

function jobOf(state: JobView['state'], progress: JobProgress | null): JobView {
  const { created } = STUDY;
  return {
    ...{ id: 'j', kind: 'anonymise', study: 's', state, progress, error: null, artefacts: [] },
    ...{ created, started: created, seconds_left: null, ended: null },
  };
}

async function openJob(state: JobView['state'], progress: JobProgress | null, from?: string) {
  const work = { kind: 'anonymise' as const, ...(from === undefined ? {} : { from }) };
  return open(
    { at: 'job', study: STUDY, job: 'j', work },
    {
      'job.get': () => jobOf(state, progress),
      'job.keepBest': () => jobOf(state, progress),
      ...RESULT,
      'study.artefacts': () => ({ artefacts: [PROTECTED] }),
    },
  );
}

const PROTECTED = { id: 'p', kind: 'protected-records', name: 'visits.csv' };
const OUTCOME = {
  levels: { age: 2 },
  rows: 1000,
  suppressed: 1,
  quality: { measure: 'loss', value: 0.4321 },
  classes: { count: 40, smallest: 5, largest: 90, average: 25 },
  risk: {
    prosecutor: { highest: 0.2, average: 0.04 },
    journalist: { highest: 0.2, average: 0.04 },
  },
  before: { risk: { prosecutor: { highest: 1, average: 0.953 } } },
  search: { ended: 'time', least: 0.3129, box: { by: 'lattice', seconds: 120 } },
};
const PROVED = { ...OUTCOME, search: { ended: 'proved', least: 0.4321, box: null } };
const FINER = { ...PROVED, levels: { age: 1 }, quality: { measure: 'loss', value: 0.4 } };
const RESULT: Given = {
  'anonymise.compare': () => ({ columns: [], rows: [], kept: 999, suppressed: 1, blanked: false }),
  'anonymise.explanation': () => ({ explanation: EXPLAINED }),
  'anonymise.before': () => ({ artefact: null }),
};

/** The page of a result; `earlier` is what the search went on from. */
function openResult(outcome: object, earlier: object | null = null, more: Given = {}) {
  const from = earlier === null ? {} : { from: 'e' };
  const place: Place = {
    at: 'protect',
    study: STUDY,
    page: { show: 'result', artefact: 'p', ...from },
  };
  return open(place, {
    ...RESULT,
    'anonymise.result': (input: unknown) =>
      (input as { artefact: string }).artefact === 'e' ? earlier : outcome,
    ...more,
  });
}

describe('the page of a search', () => {
  it('shows the best found so far, and ends with it when that is wished for', async () => {
    const { asked, say } = await openJob('running', NODES);
    await screen.findByText(f.best.none);
    expect(screen.queryByRole('button', { name: f.best.keep })).toBeNull();
    say({ kind: 'job', job: jobOf('running', { ...NODES, best: BEST }) });
    await screen.findByText(f.best.loss('43.2%'));
    screen.getByText(f.best.suppressed('12', '5,800'));
    screen.getByText(f.best.leastLoss('31.2%'));
    await press(f.best.keep);
    await screen.findByText(f.best.keeping);
    expect(asked).toContainEqual(['job.keepBest', { job: 'j' }]);
    // It can still be cancelled.
    screen.getByRole('button', { name: job.cancel });
    say({ kind: 'job', job: { ...jobOf('done', null), artefacts: ['p'] } });
    await screen.findByRole('heading', { level: 1, name: w.result.title });
  });

  it('leads back to what was found before, where the search went on from it', async () => {
    const { asked } = await openJob('cancelled', null, 'p');
    await press(job.againProof);
    await screen.findByRole('heading', { level: 1, name: w.result.title });
    await waitFor(() => {
      expect(asked).toContainEqual(['anonymise.result', { study: 's', artefact: 'p' }]);
    });
  });

  it('names a measure that is no share', () => {
    const bits = { measure: 'nuentropy', score: 123_456.7, least: 0 } as const;
    const of = f.measures.nuentropy.name;
    expect(scoreTexts(bits, english, 'en')).toEqual({
      score: f.best.other(of, '123,500'),
      least: f.best.least('0'),
    });
    const zh = words('zh-CN').further;
    expect(scoreTexts(BEST, words('zh-CN'), 'zh-Hans').score).toBe(zh.best.loss('43.2%'));
  });
});

describe('whether a result is the best', () => {
  it('is not said where it was not proved, and can be proved from there', async () => {
    const { asked } = await openResult(OUTCOME, null, {
      'anonymise.prove': () => ({ job: 'j' }),
      'job.get': () => jobOf('queued', null),
    });
    await screen.findByText(f.proof.open);
    screen.getByText(`${f.best.loss('43.2%')} ${f.best.leastLoss('31.2%')}`);
    await fireEvent.click(screen.getByRole('button', { name: f.proof.button }));
    await screen.findByRole('heading', { level: 1, name: job.titles.anonymise });
    expect(asked).toContainEqual(['anonymise.prove', { study: 's', artefact: 'p' }]);
  });

  const stopped = { ...OUTCOME.search, ended: 'stopped' };
  it.each([
    ['proved at once', PROVED, null, f.proof.proved],
    ['proved by going on', PROVED, OUTCOME, f.proof.same],
    ['replaced and proved', FINER, OUTCOME, f.proof.better],
    ['ended again', { ...OUTCOME, search: stopped }, OUTCOME, f.proof.sameOpen],
    ['replaced, and ended again', { ...FINER, search: stopped }, OUTCOME, f.proof.betterOpen],
    [
      'of records at different steps',
      { ...OUTCOME, localRecoding: { steps: [] } },
      null,
      f.proof.openLocal,
    ],
  ])('is said: %s', async (_, outcome, earlier, sentence) => {
    await openResult(outcome, earlier);
    await screen.findByText(sentence);
    const open = outcome.search.ended !== 'proved' && !('localRecoding' in outcome);
    expect(screen.queryByRole('button', { name: f.proof.button }) !== null).toBe(open);
  });

  it('is not asked of results from before searches ended early', async () => {
    await openResult({ ...OUTCOME, search: undefined });
    await screen.findByText(w.result.caution);
    expect(screen.queryByText(f.proof.title)).toBeNull();
  });
});

describe('what further settings did', () => {
  it('has words for the population, emptied rows and different steps', async () => {
    await openResult(PROVED, null, {
      'anonymise.compare': () => ({
        ...{ columns: [], rows: [], kept: 999, suppressed: 1, blanked: true },
      }),
    });
    await screen.findByText(f.result.blanked('1', '1,000'));
    const journalist = { highest: 0.1, average: 0.1, basis: 'size' as const };
    const outcome = {
      ...PROVED,
      classes: { ...PROVED.classes, smallest: 1 },
      risk: { ...PROVED.risk, journalist },
    } as unknown as AnonymiseOutcome;
    expect(riskOf(outcome, english, 'en').slice(1, 3)).toEqual([
      f.result.alone,
      f.result.people('10'),
    ]);
    const role = 'quasi-identifier' as const;
    const steps = { name: 'age', role, level: 1, top: 2 };
    const column = { ...steps, before: 70, after: 9, redacted: null };
    expect(lossOf(column, english, 'en', true)).toBe(f.result.mixed('70', '9'));
    expect(lossOf(column, english, 'en')).toBe(w.result.coarser('70', '9', '1', '2'));
  });
});
