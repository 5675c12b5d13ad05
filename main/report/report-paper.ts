import type { Paper, PaperSection } from '../contract/report.ts';
import type { Ink } from './ink.ts';
import { anonymisationSection } from './sections/anonymisation.ts';
import { appendixSections } from './sections/appendix.ts';
import { approvalsSection } from './sections/approvals.ts';
import { coverageSection } from './sections/coverage.ts';
import { dataSection, originSection, purposeSection, softwareText } from './sections/facts.ts';
import { gapsSection } from './sections/gaps.ts';
import { groupsSection } from './sections/groups.ts';
import { mitigationSections } from './sections/mitigation.ts';
import { leakSections } from './sections/leak.ts';
import { noiseSections } from './sections/noise.ts';
import { numbersSection } from './sections/numbers.ts';
import { performanceSection } from './sections/performance.ts';
import { privacySection } from './sections/privacy.ts';
import { reasonsSections } from './sections/reasons.ts';
import { risksSection, watchSection } from './sections/remaining.ts';
import { summarySection } from './sections/summary.ts';
import { uncheckedSection } from './sections/unchecked.ts';
import { verdictSections } from './sections/verdicts.ts';
import { withheldSection } from './sections/withheld.ts';

/** The report as a document: plain sentences first, then the figures, then what they rest on. */
export function reportPaper(ink: Ink): Paper {
  const { input, w, f } = ink;
  const { numbers } = input.review;
  const found: PaperSection[] = [
    summarySection(ink),
    ...verdictSections(ink),
    ...noiseSections(ink),
    purposeSection(ink),
    dataSection(ink),
    anonymisationSection(ink),
    privacySection(ink),
    ...(numbers
      ? [numbersSection(ink, numbers)]
      : [performanceSection(ink), groupsSection(ink), gapsSection(ink)]),
    withheldSection(ink),
    // What was tried on the model and what an attack found: mitigation, leak test, reasons.
    ...mitigationSections(ink),
    ...leakSections(ink),
    ...reasonsSections(ink),
    uncheckedSection(ink),
  ];
  const decided = [risksSection(ink, found), watchSection(ink), approvalsSection(ink)];
  const origin = originSection(ink);
  return {
    language: input.language,
    title: w.reportTitle(input.study.name ?? w.unnamed),
    subtitle: w.subtitle(f.date(input.date), softwareText(input)),
    contents: w.contents,
    sections: [
      ...found,
      ...decided,
      coverageSection(ink, [...found, ...decided, origin]),
      ...appendixSections(ink),
      origin,
    ],
  };
}
