import type { AnonymiseOutcome, ReidentificationRisk } from '../../contract/anonymise.ts';
import type { PaperBlock } from '../../contract/report.ts';
import type { InkOf } from '../ink.ts';

type Inked = Pick<InkOf<'language'>, 'w' | 'f'>;
type Uniqueness = NonNullable<NonNullable<ReidentificationRisk['uniqueness']>['population']>;

/**
 * Re-identification risk before and after: prosecutor, journalist and marketer, records at risk
 * above the threshold, unique records, and people unique in the population with the model that
 * estimated them. Results of older versions lack some of these, and rows without figures are left
 * out.
 */
export function riskBlocks(ink: Inked, outcome: AnonymiseOutcome): PaperBlock[] {
  const { w } = ink;
  return [
    {
      kind: 'table',
      caption: w.anonymisation.riskCaption,
      head: [w.anonymisation.risk, w.anonymisation.before, w.anonymisation.after],
      figures: true,
      rows: riskRows(ink, outcome),
    },
    { kind: 'sentences', sentences: riskSentences(ink, outcome) },
  ];
}

function riskRows({ w, f }: Inked, outcome: AnonymiseOutcome): string[][] {
  const { before, risk: after, classes } = outcome;
  const say = w.protectionFigures;
  const risks = [before.risk, after];
  const shown = (value: number | null, form: (value: number) => string): string =>
    value === null ? w.undefined : form(value);
  const chance = (value: number): string =>
    value > 0 && value < 0.001 ? f.oneIn(value) : f.share(value);
  const row = (
    name: string,
    figure: (risk: ReidentificationRisk) => number | null | undefined,
  ): string[][] => {
    const figures = risks.map(figure);
    if (figures.some((value) => value === undefined)) return [];
    return [[name, ...figures.map((value) => shown(value ?? null, chance))]];
  };
  const counted = (name: string, figures: readonly (number | null)[]): string[] => [
    name,
    ...figures.map((value) => shown(value, f.count)),
  ];
  const threshold = f.level(after.threshold ?? 0);
  const unique = risks.map(({ uniqueness }) => uniqueness);
  const people = unique.map((found) => found?.population ?? null);
  return [
    ...row(w.anonymisation.prosecutorHighest, ({ prosecutor }) => prosecutor.highest),
    ...row(w.anonymisation.prosecutorAverage, ({ prosecutor }) => prosecutor.average),
    ...row(say.atRiskProsecutor(threshold), ({ prosecutor }) => prosecutor.recordsAtRisk),
    ...row(say.journalistHighest, ({ journalist }) => journalist.highest),
    ...row(say.journalistAverage, ({ journalist }) => journalist.average),
    ...row(say.atRiskJournalist(threshold), ({ journalist }) => journalist.recordsAtRisk),
    ...row(w.anonymisation.marketer, ({ marketer }) => marketer),
    ...(unique.some((found) => found === undefined)
      ? []
      : [
          counted(
            say.unique,
            unique.map((found) => found?.records ?? null),
          ),
        ]),
    ...(people.every((found) => found === null)
      ? []
      : [[say.uniquePeople, ...people.map((found) => uniqueText({ w, f }, found))]]),
    counted(w.anonymisation.smallestClass, [before.classes.smallest, classes.smallest]),
    counted(say.classes, [before.classes.count, classes.count]),
    [say.averageClass, ...[before.classes, classes].map(({ average }) => shown(average, f.number))],
  ];
}

/** The estimate with its model in brackets. */
function uniqueText({ w, f }: Inked, found: Uniqueness | null): string {
  if (found === null) return w.undefined;
  const model = w.protectionFigures.estimators[found.dankarModel];
  const { dankar } = found;
  return w.bracketed(dankar > 0 && dankar < 0.001 ? f.oneIn(dankar) : f.share(dankar), model);
}

function riskSentences({ w, f }: Inked, { risk, before }: AnonymiseOutcome): string[] {
  const say = w.protectionFigures;
  const { basis } = risk.journalist;
  const population = risk.uniqueness?.population ?? before.risk.uniqueness?.population ?? null;
  const people = population === null ? '' : f.count(population.people);
  const told = basis === 'size' || basis === 'table' ? say.bases[basis](people) : say.bases.sample;
  const models = [before.risk, risk].flatMap(({ uniqueness }) => {
    const model = uniqueness?.population?.dankarModel ?? 'none';
    return model === 'none' ? [] : [say.estimators[model]];
  });
  return [
    ...(basis === undefined ? [] : [told]),
    ...(models.length === 0 ? [] : [say.estimated(f.list([...new Set(models)]))]),
    say.caution,
  ];
}
