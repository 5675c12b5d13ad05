import type { PaperBlock, PaperSection, ReportInput } from '../../contract/report.ts';
import { words, type Words } from '../../words/index.ts';
import { isCrossed, type Ink } from '../ink.ts';
import { NORMS, type Element, type Norm } from '../norms.ts';

type Because = keyof Words['coverage']['because'];
type Held = 'filled' | 'missing' | { readonly because: Because };

interface Found {
  readonly held: Held;
  /** The section that says it. */
  readonly section: string;
}

/**
 * Which points of frames and laws the report says something on: from what was put into it and from
 * the sections it has come to have, never from a list of what such a report usually has.
 */
export function coverageSection(ink: Ink, sections: readonly PaperSection[]): PaperSection {
  const w = words(ink.input.language).coverage;
  const found = elementsOf(ink, sections);
  const rows = (Object.keys(NORMS) as Norm[]).map((norm) => normRows(ink, norm, found, sections));
  const states = rows.flatMap(({ states: each }) => each);
  const count = (kind: string): string =>
    ink.f.count(states.filter((state) => state === kind).length);
  const counts = [count('filled'), count('none'), count('missing')] as const;
  return {
    id: 'coverage',
    title: w.title,
    blocks: [
      { kind: 'sentences', sentences: [w.text, w.counts(ink.f.count(states.length), ...counts)] },
      ...rows.map(({ block }) => block),
    ],
  };
}

function normRows(
  ink: Ink,
  norm: Norm,
  found: Readonly<Record<Element, Found>>,
  sections: readonly PaperSection[],
): { states: string[]; block: PaperBlock } {
  const w = words(ink.input.language).coverage;
  const { title, points } = w.norms[norm];
  const names: Readonly<Record<string, string>> = points;
  const titles = new Map(sections.map((section) => [section.id, section.title]));
  const states: string[] = [];
  const rows = Object.entries(NORMS[norm] as Readonly<Record<string, readonly Element[]>>).map(
    ([point, needs]) => {
      const other = doesNotApply(ink.input, norm);
      const of = (held: string): Element[] =>
        needs.filter((one) => kindOf(found[one].held) === held);
      const [missing, filled] = [of('missing'), of('filled')];
      const why = other ?? becauseOf(found[needs[0]!].held);
      const state =
        other !== null
          ? 'none'
          : missing.length > 0
            ? 'missing'
            : filled.length > 0
              ? 'filled'
              : 'none';
      states.push(state);
      const where = [...new Set(filled.map((one) => titles.get(found[one].section) ?? ''))];
      const said = {
        none: () => w.none(why === null ? '' : w.because[why]),
        missing: () => w.missing(missing.map((one) => w.elements[one]).join(w.semicolon)),
        filled: () => w.filled,
      }[state]();
      return [names[point] ?? point, said, state === 'none' ? ink.w.none : ink.f.list(where)];
    },
  );
  const head = [w.point, w.state, w.where];
  return { states, block: { kind: 'table', caption: title, head, figures: false, rows } };
}

const kindOf = (held: Held): string => (typeof held === 'string' ? held : 'none');
const becauseOf = (held: Held): Because | null => (typeof held === 'string' ? null : held.because);

/** The principles of health hold where the study is of health, or nobody has said of what it is. */
function doesNotApply({ study }: ReportInput, norm: Norm): Because | null {
  const { field } = study;
  return norm === 'who' && field !== undefined && field.template !== 'health' ? 'health' : null;
}

/** What of all that can be asked for this report holds. */
function elementsOf(ink: Ink, sections: readonly PaperSection[]): Readonly<Record<Element, Found>> {
  const { input } = ink;
  const { study, data, model, review, privacy } = input;
  const attributes = Object.keys(review.groups);
  const isNumber = review.numbers !== undefined;
  const performance = isNumber ? 'numbers' : 'performance';
  const has = (id: string): boolean => sections.some((section) => section.id === id);
  const at = (section: string, isHeld: boolean, because?: Because | false): Found => {
    const isThere = isHeld && has(section);
    return { held: isThere ? 'filled' : because ? { because } : 'missing', section };
  };
  const beyond = review.findings?.found.some(({ verdict }) => verdict === 'beyond');
  const outside: Found = { held: 'missing', section: '' };
  const hasScores = review.asked.score !== null;
  return {
    purpose: at('purpose', study.purpose !== undefined),
    users: at('purpose', study.users !== undefined),
    notFor: at('purpose', study.notFor !== undefined),
    limits: at('purpose', (study.limits ?? []).length > 0),
    harm: at('purpose', (study.field?.harm ?? null) !== null),
    model: at('origin', model.hash !== undefined),
    software: at('origin', true),
    records: at('data', data.name !== undefined || data.hash !== undefined),
    split: at('data', data.split !== undefined),
    labels: at('data', input.label !== undefined, input.label === undefined && 'labels'),
    protection: at('protection', input.anonymisation !== undefined),
    privacy: at('privacy', privacy !== null && privacy !== undefined),
    ledger: at('privacy', input.ledger !== undefined && privacy !== null),
    quality: at(performance, review.overall.n > 0),
    heldOut: at('data', data.testedOn === 'held-out'),
    intervals: at(performance, (review.intervals ?? review.numbers?.intervals) !== undefined),
    margins: at('verdicts', review.findings !== undefined),
    groups: at(isNumber ? 'numbers' : 'groups', attributes.length > 0),
    crossed: at(
      isNumber ? 'numbers' : 'groups',
      attributes.some((attribute) => isCrossed(ink, attribute)),
      attributes.length < 2 && 'crossed',
    ),
    calibration: at('performance', hasScores && !isNumber, isNumber && 'calibration'),
    mitigation: at('mitigation', true, beyond === false && 'mitigation'),
    leak: at('leak', true),
    reasons: at('reasons', true),
    risks: at('risks', (study.risks ?? []).length > 0),
    watch: at('watch', study.watcher !== undefined),
    approval: at('approvals', input.approval !== undefined),
    journal: at('origin', input.journalHead !== null),
    ...{ standards: outside, declaration: outside, policy: outside, suppliers: outside },
  };
}
