import type { Language } from '../contract/language.ts';
import { readCsv } from '../records/csv-reader.ts';
import { writeCsv } from '../records/csv-writer.ts';
import type { StudyInfo, Vault } from '../vault/index.ts';
import { words } from '../words/index.ts';
import type { Context, Work } from './context.ts';
import { DEMO_ROWS, demoRecords } from './demo.ts';
import { demoAnswers, demoArrangement } from './demo-answers.ts';
import { recordsWork } from './import.ts';

export const SAMPLE_FILE = 'sample-records.csv';

/**
 * A study of invented records. What is publicly known of them (bounds, categories, the label) is
 * printed in their documentation (docs/sample-records.md), so the drafts begin with it;
 * a draft of the tour marks the study as a sample.
 */
export function startSample(
  { vault, start }: Pick<Context, 'vault' | 'start'>,
  { language }: { readonly language: Language },
): { study: StudyInfo; job: string } {
  return vault.transaction(() => {
    const study = vault.studies.create(freeName(vault, words(language).demo.study));
    const arrangement = JSON.stringify(demoArrangement(language));
    vault.drafts.save(study.id, 'arrangement', arrangement, false);
    vault.drafts.save(study.id, 'train', JSON.stringify(demoAnswers(language)), false);
    const { question, limits } = words(language).demo;
    const purpose = JSON.stringify({ question, limits: limits.join('\n') });
    vault.drafts.save(study.id, 'purpose', purpose, false);
    vault.drafts.save(study.id, 'tour', JSON.stringify({ place: 0, dismissed: false }), false);
    return { study, job: start(sampleWork(vault, study.id, language)) };
  });
}

/** Written as a file would be and read again, so that the import is the one everybody's files get. */
function sampleWork(vault: Vault, study: string, language: Language): Work {
  return recordsWork(vault, { study, name: SAMPLE_FILE }, async ({ signal, progress }) => {
    const records = demoRecords(DEMO_ROWS, 1, language);
    const bytes = Buffer.concat([...writeCsv(records)].map((part) => Buffer.from(part)));
    const total = bytes.length;
    return readCsv(() => pieces(bytes), {
      signal,
      progress: (done) => progress({ done, total, unit: 'bytes' }),
    });
  });
}

async function* pieces(bytes: Buffer): AsyncIterable<Uint8Array> {
  const size = 1 << 16;
  for (let at = 0; at < bytes.length; at += size) {
    await new Promise((resolve) => setImmediate(resolve));
    yield bytes.subarray(at, at + size);
  }
}

function freeName(vault: Vault, name: string): string {
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${name} (${number})`;
    if (vault.studies.find(tried) === null) return tried;
  }
}
