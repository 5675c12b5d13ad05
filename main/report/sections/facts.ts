import type { Fact, PaperSection, ReportInput } from '../../contract/report.ts';
import { HASH_MARK } from '../../contract/report.ts';
import { splitFacts } from '../../paper/split-facts.ts';
import { words } from '../../words/index.ts';
import { isReadUnsaid, sayCount, sayParts } from '../few.ts';
import { named, type Ink, type InkOf } from '../ink.ts';
import { labelFacts } from './labels.ts';

export function purposeSection(ink: Ink): PaperSection {
  return {
    id: 'purpose',
    title: ink.w.sections.purpose,
    blocks: [{ kind: 'facts', facts: purposeFacts(ink) }],
  };
}

export function purposeFacts(ink: Ink): Fact[] {
  const { input, w, f } = ink;
  const { name, question, purpose, users, notFor, limits } = input.study;
  const listed = (label: string, items: readonly string[]): Fact => ({
    name: label,
    value: f.list(items),
    ...(items.length > 0 ? { items: [...items] } : {}),
  });
  // Several lines are shown as several: a list keeps them apart in every place.
  const said = (label: string, value = w.notStated): Fact =>
    value.includes('\n') ? listed(label, value.split('\n')) : { name: label, value };
  return [
    said(w.facts.study, name),
    said(w.facts.question, question),
    said(w.facts.purpose, purpose),
    said(w.facts.users, users),
    said(w.facts.notFor, notFor),
    limits === undefined ? said(w.facts.limits) : listed(w.facts.limits, limits),
    ...fieldFacts(ink),
  ];
}

/** What the people of the study said it is of; nothing where they did not. */
function fieldFacts({ input, f }: Ink): Fact[] {
  const { field } = input.study;
  if (field === undefined) return [];
  const w = words(input.language).templates;
  const { name, missed, falseAlarm, cautions } = w.fields[field.template];
  const weighs = field.harm === null ? w.harmUnsaid : w.moreHarm(w.harms[field.harm]);
  const harms = [weighs, missed, falseAlarm];
  return [
    { name: w.factField, value: name },
    { name: w.factHarm, value: f.list(harms), items: harms },
    { name: w.factCautions, value: f.list(cautions), items: [...cautions] },
  ];
}

export function dataSection(ink: Ink): PaperSection {
  return {
    id: 'data',
    title: ink.w.sections.data,
    blocks: [
      {
        kind: 'facts',
        facts: [
          ...dataFacts(ink),
          ...partFacts(ink),
          ...textFacts(ink),
          ...reviewFacts(ink),
          ...labelFacts(ink),
        ],
      },
    ],
  };
}

/** The records the figures come from. */
export function dataFacts(ink: Ink): Fact[] {
  const { input, w } = ink;
  const { name, hash, testedOn } = input.data;
  const { rows } = input.review;
  return [
    { name: w.facts.name, value: name ?? w.notStated },
    hashFact(w.facts.hash, hash, w.notStated),
    { name: w.facts.testedOn, value: w.testedOn[testedOn] },
    { name: w.facts.read, value: isReadUnsaid(ink) ? w.withheld : sayCount(ink, rows.read) },
    { name: w.facts.reviewed, value: sayCount(ink, rows.reviewed) },
    { name: w.facts.withoutLabel, value: sayCount(ink, rows.without_label) },
    { name: w.facts.abstained, value: sayCount(ink, rows.abstained) },
  ];
}

/** How they were parted from those the model learned from; nothing where that is not known. */
export function partFacts(ink: Ink): Fact[] {
  const { input, f } = ink;
  const { split } = input.data;
  if (split === undefined) return [];
  // The test part is what was read for the review.
  const isUnsaid = (part: number): boolean => isReadUnsaid(ink) && part === split.rows.test;
  const counts = (parts: readonly (number | null)[]): string[] => sayParts(ink, parts, isUnsaid);
  return splitFacts(split, words(input.language).split, { ...f, counts });
}

/** What the review was asked. */
export function reviewFacts({ input, w, f }: Ink): Fact[] {
  const { asked, groups, intervals, numbers, findings } = input.review;
  const level = intervals?.level ?? numbers?.intervals?.level;
  const margins = findings?.margins;
  const decision =
    asked.threshold === null
      ? w.facts.prediction(asked.prediction ?? '')
      : w.facts.threshold(asked.score ?? '', f.number(asked.threshold));
  return [
    { name: w.facts.label, value: asked.label },
    { name: w.facts.positive, value: asked.positive ?? w.none },
    { name: w.facts.score, value: asked.score ?? w.none },
    { name: w.facts.decision, value: decision },
    { name: w.facts.groups, value: f.list(Object.keys(groups)) },
    { name: w.facts.level, value: level === undefined ? w.none : f.level(level) },
    {
      name: w.facts.minDenominator,
      value: asked.exact ? w.facts.exact : f.count(asked.min_denominator),
    },
    ...(asked.person ? [{ name: w.findings.factPerson, value: asked.person }] : []),
    ...(margins === undefined
      ? []
      : [
          {
            name: w.findings.factMargins,
            value: w.findings.marginsFact(f.size(margins.difference), f.number(margins.ratio)),
          },
        ]),
  ];
}

export function modelFacts(ink: Ink): Fact[] {
  const { input, w, f } = ink;
  const { kind, values, parameters, backend, features, excluded, hash } = input.model;
  const { calibrated, byGroup } = input.model;
  const m = words(input.language).mitigation;
  const { positive } = input.review.asked;
  return [
    { name: w.facts.kind, value: named(w.modelKinds, kind) },
    ...(values === undefined
      ? []
      : [{ name: w.facts.predicts, value: w.facts.oneOf(f.list(values), positive ?? '') }]),
    {
      name: w.facts.parameters,
      value: parameters === undefined ? w.notStated : f.count(parameters),
    },
    { name: w.facts.backend, value: backend ?? w.notStated },
    ...(calibrated === true ? [{ name: w.facts.calibration, value: w.facts.calibrated }] : []),
    ...(byGroup === undefined ? [] : [{ name: m.byGroup, value: m.byGroupValue(byGroup) }]),
    ...textFacts(ink),
    ...(input.model.text !== undefined && features?.length === 0
      ? []
      : [{ name: w.facts.features, value: features ? f.list(features) : w.notStated }]),
    { name: w.facts.excluded, value: excluded ? f.list(excluded) : w.notStated },
    hashFact(w.facts.hash, hash, w.notStated),
  ];
}

/** What a model of free text reads, and what it was built on; nothing for others. */
function textFacts({ input, f }: Ink): Fact[] {
  const { text } = input.model;
  if (text === undefined) return [];
  const w = words(input.language).modelText;
  const { columns, encoder, vocabulary } = text;
  return [
    { name: w.checkText, value: f.list(columns) },
    ...(encoder === null ? [] : [{ name: w.encoder, value: w.encoderTold(encoder) }]),
    ...(encoder === null || encoder.tune === 'head'
      ? []
      : [{ name: w.tuneShort, value: w.tunes[encoder.tune] }]),
    ...(vocabulary === null ? [] : [{ name: w.vocabulary, value: w.vocabularies[vocabulary] }]),
  ];
}

export function trainingFacts(ink: Ink): Fact[] {
  const { input, w, f } = ink;
  const { training } = input.data;
  const facts: Fact[] = [
    { name: w.facts.name, value: training?.name ?? w.notStated },
    hashFact(w.facts.hash, training?.hash, w.notStated),
  ];
  // The exact number of training records is itself private; only the published one is shown.
  if (input.privacy)
    facts.push({ name: w.privacy.publicCount, value: f.count(input.privacy.public_count) });
  return [...facts, ...partFacts(ink)];
}

export function originFacts(ink: InkOf<'date' | 'software' | 'journalHead'>): Fact[] {
  const { input, w, f } = ink;
  return [
    { name: w.facts.date, value: f.date(input.date) },
    { name: w.facts.software, value: softwareText(input) },
    hashFact(w.facts.journal, input.journalHead ?? undefined, w.none),
    { name: w.facts.contentHash, value: HASH_MARK, code: true },
  ];
}

export function originSection(ink: Ink): PaperSection {
  const { input, w } = ink;
  const records: Fact[] = [
    hashFact(w.sections.data, input.data.hash, w.notStated),
    hashFact(w.facts.modelHash, input.model.hash, w.notStated),
  ];
  return {
    id: 'origin',
    title: w.sections.origin,
    blocks: [
      { kind: 'facts', facts: [...records, ...originFacts(ink)] },
      { kind: 'sentences', sentences: [w.origin.text] },
    ],
  };
}

export function softwareText({ software }: Pick<ReportInput, 'software'>): string {
  return `${software.name} ${software.version}`;
}

export function hashFact(name: string, hash: string | undefined, otherwise: string): Fact {
  return hash === undefined ? { name, value: otherwise } : { name, value: hash, code: true };
}
