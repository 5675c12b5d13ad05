import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../main/contract/language.ts';
import type { Paper, ReportInputRaw, TableBlock } from '../../../main/contract/report.ts';
import { buildReport } from '../../../main/report/build.ts';
import { NORMS, type Element } from '../../../main/report/norms.ts';
import { words } from '../../../main/words/index.ts';
import { bareInput, fullInput } from './sample.ts';

const { coverage: w, risks, watch } = words('en');

const sectionOf = (paper: Paper, id: string) => paper.sections.find((one) => one.id === id)!;

/** State and sections of each point, by its name. */
function rowsOf(input: ReportInputRaw): Map<string, readonly [string, string]> {
  const tables = sectionOf(buildReport(input).report, 'coverage').blocks.filter(
    (block): block is TableBlock => block.kind === 'table',
  );
  expect(tables.map(({ caption }) => caption)).toEqual(
    Object.values(w.norms).map(({ title }) => title),
  );
  return new Map(
    tables.flatMap(({ caption, rows }) =>
      rows.map(([point = '', state = '', where = '']) => [`${caption} ${point}`, [state, where]]),
    ),
  );
}

const stateOf = (input: ReportInputRaw, norm: keyof typeof NORMS, point: string) => {
  const { title, points } = w.norms[norm];
  const name = (points as Readonly<Record<string, string>>)[point] ?? '';
  return rowsOf(input).get(`${title} ${name}`) ?? ['', ''];
};

describe('the table of what a report covers', () => {
  it('names every point of every frame, and what is missing of each', () => {
    const points = Object.values(NORMS).reduce((sum, of) => sum + Object.keys(of).length, 0);
    expect(rowsOf(fullInput()).size).toBe(points);
    const used = new Set(
      Object.values(NORMS).flatMap((of) => Object.values(of).flat() as Element[]),
    );
    expect([...used].sort()).toEqual(Object.keys(w.elements).sort());
  });

  it('changes with what the report holds and with nothing else', () => {
    const input = fullInput();
    const [missing] = stateOf(input, 'model-cards', 'use');
    expect(missing).toBe(
      w.missing([w.elements.purpose, w.elements.users, w.elements.notFor].join('; ')),
    );
    const said = { purpose: 'Calls', users: 'Nurses', notFor: 'Refusing care' };
    const told = { ...input, study: { ...input.study, ...said } };
    expect(stateOf(told, 'model-cards', 'use')).toEqual([
      w.filled,
      words('en').report.sections.purpose,
    ]);
    expect(stateOf(input, 'ai-act', 'market')[0]).toBe(w.missing(w.elements.watch));
    const watched = { ...input, study: { ...input.study, watcher: 'The data clerk, monthly' } };
    expect(stateOf(watched, 'ai-act', 'market')).toEqual([w.filled, watch.title]);
    expect(stateOf(input, 'nist', 'secure')[0]).toBe(w.missing(w.elements.leak));
    expect(stateOf({ ...input, journalHead: null }, 'ai-act', 'changes')[0]).toBe(
      w.missing(w.elements.journal),
    );
    expect(stateOf(input, 'ai-act', 'changes')[0]).toBe(w.filled);
  });

  it('finds each thing in the section that a full report has it in', () => {
    const input = fullInput();
    const study = {
      ...{ purpose: 'Calls', users: 'Nurses', notFor: 'Refusing care', watcher: 'The clerk' },
      ...{ limits: ['One clinic'], risks: ['Wrong calls'] },
      field: { template: 'health', harm: 'missed' } as const,
    };
    const key = 'ab'.repeat(32);
    const approval: NonNullable<ReportInputRaw['approval']> = {
      ...{ decision: 'signed', signer: 'Bo', trainer: 'Ada', at: '2026-11-27T01:00:00Z' },
      ...{ expires: '2027-05-01', conditions: [], reasons: [] },
      ...{ publicKey: 'AA==', fingerprint: key },
    };
    const mended = {
      ...{ ...input, study, approval },
      model: { ...input.model, hash: key },
    };
    const missing = [...rowsOf(mended).values()].flatMap(([state]) =>
      state.startsWith('missing: ') ? state.slice(9).split('; ') : [],
    );
    // What the sample does not hold, and what the program never does.
    const { leak, reasons, crossed, split, ledger } = w.elements;
    const { standards, declaration, policy, suppliers } = w.elements;
    expect(new Set(missing)).toEqual(
      new Set([
        ...[leak, reasons, crossed, split, ledger],
        ...[standards, declaration, policy, suppliers],
      ]),
    );
  });

  it('never calls filled what is kept outside the program', () => {
    for (const [norm, point] of [
      ['ai-act', 'declaration'],
      ['ai-act', 'standards'],
      ['iso', 'policies'],
      ['iso', 'others'],
    ] as const) {
      expect(stateOf(fullInput(), norm, point)[0]).toMatch(/^missing: /);
    }
  });

  it('leaves the principles of health out where the study is of something else', () => {
    const of = (template: 'finance' | 'health') => ({
      ...fullInput(),
      study: { ...fullInput().study, field: { template, harm: null } },
    });
    expect(stateOf(of('finance'), 'who', 'equity')).toEqual([
      w.none(w.because.health),
      words('en').report.none,
    ]);
    expect(stateOf(of('health'), 'who', 'equity')[0]).toMatch(/^missing: /);
  });

  it('counts its own rows', () => {
    for (const input of [fullInput(), bareInput()]) {
      const states = [...rowsOf(input).values()].map(([state]) => state);
      const count = (begin: string) =>
        String(states.filter((state) => state.startsWith(begin)).length);
      const [, counted] = sectionOf(buildReport(input).report, 'coverage').blocks.flatMap(
        (block) => (block.kind === 'sentences' ? block.sentences : []),
      );
      expect(counted).toBe(
        w.counts(String(states.length), count('filled'), count('not applicable'), count('missing')),
      );
    }
  });
});

describe('what remains and what is watched', () => {
  it('follow from the figures, and say what people have added', () => {
    const { report } = buildReport({ ...fullInput(), privacy: null });
    const text = JSON.stringify(sectionOf(report, 'risks'));
    for (const sentence of [risks.notPrivate, risks.noLeak, risks.unsaid]) {
      expect(text).toContain(sentence);
    }
    const named = { ...fullInput().study, risks: ['Wrong calls'], watching: ['Complaints'] };
    const told = buildReport({ ...fullInput(), study: named }).report;
    expect(JSON.stringify(sectionOf(told, 'risks'))).toContain('Wrong calls');
    expect(JSON.stringify(sectionOf(told, 'watch'))).toContain('Complaints');
    expect(JSON.stringify(sectionOf(told, 'watch'))).toContain(watch.nobody);
  });

  it.each(LANGUAGES)(
    'take limits from the intervals and margins of the review, in %s',
    (language) => {
      const input = { ...fullInput(), language };
      const { report } = buildReport(input);
      const low = input.review.intervals?.overall.accuracy?.[0] ?? NaN;
      const shown = new Intl.NumberFormat(language, {
        ...{ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 },
      }).format(low);
      expect(JSON.stringify(sectionOf(report, 'watch'))).toContain(
        words(language).watch.below(shown),
      );
    },
  );
});
