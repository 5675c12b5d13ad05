import type { Paper, PaperSection, ReportInput } from '../contract/report.ts';
import { inkFor } from './ink.ts';
import { measuredBlocks } from './sections/anonymisation.ts';
import { assessedBlocks } from './sections/assessed.ts';
import { certificateFacts } from './sections/certificate.ts';
import { checklistBlocks } from './sections/checklists.ts';
import { hashFact, originFacts, softwareText } from './sections/facts.ts';

/** What a certificate of protected records is written from. */
export interface CertificateInput extends Pick<
  ReportInput,
  'language' | 'date' | 'software' | 'journalHead'
> {
  readonly study: string;
  /** Name of the records, who protected them, and on which day (ISO). */
  readonly records: string;
  readonly madeBy: string;
  readonly madeOn: string;
  readonly anonymisation: NonNullable<ReportInput['anonymisation']>;
  /** Names of columns by what became of them. */
  readonly columns: {
    readonly removed: readonly string[];
    readonly sensitive: readonly string[];
    readonly unchanged: readonly string[];
  };
  /** SHA-256 of each file that the protected records were saved to. */
  readonly files: readonly string[];
}

/**
 * The certificate of a protection: what was done, by whom, with what result, of which records and
 * to which. It says of nothing that it is anonymous.
 */
export function certificatePaper(input: CertificateInput): Paper {
  const ink = inkFor<'anonymisation' | 'date' | 'software' | 'journalHead'>(input);
  const { w, f } = ink;
  const say = w.certificate;
  const { anonymisation: given, columns, files } = input;
  const section = (
    id: keyof typeof say.sections,
    blocks: PaperSection['blocks'],
  ): PaperSection => ({
    id,
    title: say.sections[id],
    blocks,
  });
  const named = (name: string, names: readonly string[]) => ({
    name,
    value: f.list(names),
    ...(names.length === 0 ? {} : { items: [...names] }),
  });
  return {
    language: input.language,
    title: say.title(input.records),
    subtitle: w.subtitle(f.date(input.date), softwareText(input)),
    contents: w.contents,
    sections: [
      section('done', [
        { kind: 'attention', text: say.caution },
        { kind: 'sentences', sentences: [say.text, w.anonymisation.checked] },
        {
          kind: 'facts',
          facts: [
            { name: w.facts.study, value: input.study },
            { name: say.records, value: input.records },
            { name: say.madeBy, value: input.madeBy },
            { name: say.madeOn, value: f.date(input.madeOn) },
            ...certificateFacts(ink, given),
            named(say.removed, columns.removed),
            named(say.sensitive, columns.sensitive),
            named(say.unchanged, columns.unchanged),
          ],
        },
      ]),
      section('measured', [...measuredBlocks(ink), ...assessedBlocks(ink, given.outcome)]),
      section(
        'checklists',
        checklistBlocks(ink, given.checklists ?? [], given.outcome.classes.smallest),
      ),
      section('origin', [
        {
          kind: 'facts',
          facts: [
            ...files.map((hash) => hashFact(say.fileHash, hash, w.notStated)),
            ...originFacts(ink),
          ],
        },
        { kind: 'sentences', sentences: [say.hashes, w.origin.text] },
      ]),
    ],
  };
}
