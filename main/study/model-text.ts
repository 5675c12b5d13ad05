import type { ModelText } from '../contract/model-text.ts';
import { isTextKind, type TextLanguage } from '../contract/text-kinds.ts';
import type { TrainPlan } from '../contract/train.ts';
import { textColumns as textsOfPlan } from '../learning/features.ts';
import { builtInEncoder } from '../learning/encoder/built-in.ts';
import { encoderManifest } from '../learning/encoder/manifest.ts';
import { taggedColumns } from '../learning/tags/tagged.ts';
import { languageOf } from '../learning/text/languages.ts';
import { fusesCounts } from '../learning/text/word-counts.ts';
import type { CodedColumn } from '../records/table.ts';
import type { Vault } from '../vault/index.ts';
import { encoderFacts } from './encoders.ts';
import { loadTable } from './load.ts';
import { textColumns } from './text-findings.ts';

/** Texts of a column that are looked at, evenly over all that differ. */
const SAMPLE = 500;

/** In which language each column of free text is, and each whose words have tags. */
export function textLanguages(
  vault: Vault,
  artefact: string,
): { column: string; language: TextLanguage }[] {
  const table = loadTable(vault, artefact);
  const tagged = new Set(taggedColumns(table).values());
  const texts: readonly CodedColumn[] = textColumns(table);
  const others = table.columns
    .filter((column) => 'codes' in column)
    .filter((column) => tagged.has(column.name) && !texts.includes(column));
  return [...texts, ...others].map(({ name, dictionary }) => {
    const every = Math.max(1, Math.ceil(dictionary.length / SAMPLE));
    return {
      column: name,
      language: languageOf(dictionary.filter((_, place) => place % every === 0)),
    };
  });
}

type Asked = Pick<TrainPlan, 'model' | 'text' | 'privacy' | 'target'>;

/** What the model of a plan reads; null where that is columns of a table alone. */
export function textOfPlan(vault: Vault, plan: Asked): ModelText | null {
  const { model, text, privacy, target } = plan;
  const { kind } = model;
  if (!isTextKind(kind)) return null;
  const columns = [...textsOfPlan({ text })];
  const usual = privacy === null ? ('learnt' as const) : ('public' as const);
  if (model.kind === 'encoder-head') {
    const { encoder: id, tune } = model;
    const known = [
      builtInEncoder(),
      ...vault.encoders.list().map(({ manifest }) => ({
        manifest: encoderManifest.parse(JSON.parse(manifest)),
      })),
    ].map(encoderFacts);
    const { name = null, licence = null } = known.find((one) => one.id === id) ?? {};
    const vocabulary = fusesCounts(plan) ? usual : null;
    return { columns, encoder: { id, name, licence, tune }, vocabulary };
  }
  // Tags are learnt from how words are written: there is no list of words.
  if (target === 'tags') return { columns, encoder: null, vocabulary: null };
  const trained = model as Extract<TrainPlan['model'], { kind: 'bag' | 'recurrent' | 'attention' }>;
  const { vocabulary = usual } = trained;
  return { columns, encoder: null, vocabulary: Array.isArray(vocabulary) ? 'given' : vocabulary };
}
