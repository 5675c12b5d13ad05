import type { PaperBlock } from '../../contract/report.ts';
import { words } from '../../words/index.ts';
import { isFew, unsaidParts } from '../few.ts';
import { reasonText, type Ink } from '../ink.ts';

/** Calibration of the scores; nothing where the review kept no curves. */
export function calibrationBlocks({ input, w }: Ink): PaperBlock[] {
  const { curves } = input.review;
  if (!curves) return [];
  const title = w.performance.calibration;
  const { level, bins } = curves.calibration;
  const unsaid = unsaidParts(bins.map(({ n }) => n));
  const shown = bins.map((bin, at) => {
    if (isFew(bin.n)) return { ...bin, n: null, mean_score: null, observed: null, interval: null };
    return unsaid[at] === true ? { ...bin, n: null } : bin;
  });
  return [{ kind: 'chart', chart: { kind: 'calibration', title, level, bins: shown } }];
}

/** Precision by recall; where it is withheld, so is the ROC curve, which says why. */
export function precisionBlocks({ input }: Ink): PaperBlock[] {
  const found = input.review.curves?.precision_recall;
  if (!found) return [];
  const { title } = words(input.language).charts.precision;
  return [{ kind: 'chart', chart: { kind: 'precision-recall', title, ...found } }];
}

/** The ROC curve, or why it is not shown. */
export function rocBlocks(ink: Ink): PaperBlock[] {
  const { input, w } = ink;
  const { curves, overall } = input.review;
  if (!curves) return [];
  if (curves.roc === null) {
    const sentence = w.performance.noRoc(reasonText(ink, 'curves.roc'));
    return [{ kind: 'sentences', sentences: [sentence] }];
  }
  const title = w.performance.roc;
  return [{ kind: 'chart', chart: { kind: 'roc', title, auc: overall.auc, ...curves.roc } }];
}
