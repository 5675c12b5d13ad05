import type { Fact, ReportInput } from '../../contract/report.ts';
import { words } from '../../words/index.ts';
import { sayRule } from '../../words/label-rule.ts';
import { sayParts } from '../few.ts';
import type { Ink } from '../ink.ts';

type Given = NonNullable<ReportInput['label']>;

/** How the truth came about, where people or rules gave it in this study; else nothing is told. */
export function labelFacts(ink: Ink): Fact[] {
  const { input, f } = ink;
  const { label: given, language, privacy } = input;
  if (given === undefined) return [];
  const { labels } = words(language);
  const w = labels.report;
  const { rules, otherwise } = given.plan;
  const facts: Fact[] = [
    // How many records there are is itself private, and would follow from these figures.
    { name: w.how, value: privacy ? w.private(waysOf(given)) : w.counts(countsOf(ink, given)) },
  ];
  if (given.days !== null) {
    const { from, to } = given.days;
    const days = from === to ? f.date(from) : w.span(f.date(from), f.date(to));
    facts.push({ name: w.people, value: w.peopleAndDays(f.list(given.people), days) });
  }
  if (rules.length > 0) {
    const items = [
      ...rules.map((rule) => w.rule(rule.value, sayRule(rule, labels))),
      ...(otherwise === null ? [] : [labels.made.otherwise(otherwise)]),
    ];
    facts.push({ name: labels.made.rules, value: f.list(items), items });
  }
  return facts;
}

function waysOf({ hand, plan }: Given): { hand: boolean; rules: boolean } {
  return { hand: hand > 0, rules: plan.rules.length > 0 };
}

function countsOf(ink: Ink, given: Given) {
  const { hand, rules, otherwise, unlabelled, leftOut } = given;
  const said = sayParts(ink, [hand, rules, otherwise, unlabelled]);
  const [byHand = '', byRule = '', others = '', without = ''] = said;
  return { hand: byHand, rules: byRule, otherwise: others, unlabelled: without, leftOut };
}
