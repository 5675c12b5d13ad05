import { ConcordError } from '../contract/errors.ts';
import type { Command } from './command.ts';

type Bench = (
  rows: number | undefined,
  runs: number | undefined,
  only: string | undefined,
) => Promise<object>;

/** Benches live outside the product and are reached only when asked for. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  identify: async () => (await import('../../bench/identify.ts')).benchIdentify,
  text: async () => (await import('../../bench/text.ts')).benchText,
  'text-memory': async () => (await import('../../bench/text.ts')).benchTextMemory,
  texts: async () => (await import('../../bench/texts.ts')).benchTexts,
  'text-tables': async () => (await import('../../bench/text-tables.ts')).benchTextTables,
  'text-layers-choose': async () =>
    (await import('../../bench/text-layers-choose.ts')).benchTextLayersChoose,
  'text-choose': async () => (await import('../../bench/text-choose.ts')).benchTextChoose,
  'text-rebuilt': async () => (await import('../../bench/text-rebuilt.ts')).benchTextRebuilt,
  'text-tuning': async () => (await import('../../bench/text-tuning.ts')).benchTextTuning,
  'text-pretraining': async () =>
    (await import('../../bench/text-pretraining.ts')).benchTextPretraining,
  'text-sets': async () => (await import('../../bench/text-sets.ts')).benchTextSets,
  repairs: async () => (await import('../../bench/repairs.ts')).benchRepairs,
  records: async () => (await import('../../bench/records.ts')).benchRecords,
  accounting: async () => (await import('../../bench/accounting.ts')).benchAccounting,
  anonymise: async () => (await import('../../bench/anonymise.ts')).benchAnonymise,
  boosting: async () => (await import('../../bench/boosting.ts')).benchBoosting,
  'boosting-adult': async () => (await import('../../bench/boosting-adult.ts')).benchBoostingAdult,
  'boosting-plain': async () => (await import('../../bench/boosting-plain.ts')).benchBoostingPlain,
  layers: async () => (await import('../../bench/layers.ts')).benchLayers,
  'layers-choose': async () => (await import('../../bench/layers-choose.ts')).benchLayersChoose,
  tables: async () => (await import('../../bench/tables.ts')).benchTables,
  mitigation: async () => {
    const { benchMitigation } = await import('../../bench/mitigation.ts');
    return async (_rows, runs, only) => benchMitigation(runs, only);
  },
  leak: async () => (await import('../../bench/leak.ts')).benchLeak,
  review: async () => (await import('../../bench/review.ts')).benchReview,
  reasons: async () => (await import('../../bench/reasons.ts')).benchReasons,
  targets: async () => (await import('../../bench/targets.ts')).benchTargets,
  training: async () => (await import('../../bench/training.ts')).benchTraining,
  'text-encoder': async () => (await import('../../bench/text-encoder.ts')).benchTextEncoder,
  'text-windows': async () => (await import('../../bench/text-windows.ts')).benchTextWindows,
  'privacy-loss': async () => (await import('../../bench/privacy-loss.ts')).benchPrivacyLoss,
  'text-tags': async () => (await import('../../bench/text-tags.ts')).benchTextTags,
  chinese: async () => {
    const { benchChinese } = await import('../../bench/chinese.ts');
    return async (rows, runs) => benchChinese(rows, runs);
  },
};

/** `bench NAME [--rows N] [--runs N] [--only PARTS]`: JSON of medians and ratios. */
export const benchCommand: Command = {
  form: { files: ['NAME'], options: { rows: 'integer', runs: 'integer', only: 'text' } },
  async run(given) {
    const [name = ''] = given.files;
    const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
    if (load === undefined) {
      throw new ConcordError('COMMAND_UNKNOWN', {
        command: `bench ${name}`,
        known: Object.keys(BENCHES),
      });
    }
    const bench = await load();
    const { numbers, text } = given;
    return { json: await bench(numbers.get('rows'), numbers.get('runs'), text.get('only')) };
  },
};
