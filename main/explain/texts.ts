import { ConcordError } from '../contract/errors.ts';
import type { TagModel, TrainedModel } from '../learning/model.ts';

/** What reasons can be given for: a model with one answer for each record. */
export type Explained = Exclude<TrainedModel, TagModel>;

/** @throws REASONS_UNAVAILABLE {kind} for a model of tags */
export function explained(model: TrainedModel): Explained {
  if (!('tagger' in model)) return model;
  throw new ConcordError('REASONS_UNAVAILABLE', { kind: model.kind });
}

/** The columns of free text that a model reads, which are one text to it. */
export function textsOf(model: Explained): readonly string[] {
  if ('text' in model.encoder) return model.encoder.text.columns;
  if ('text' in model) return model.text.columns;
  return 'reading' in model ? model.reading.columns : [];
}
