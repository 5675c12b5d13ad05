import { ConcordError } from '../../contract/errors.ts';
import type { TrainPlan } from '../../contract/train.ts';
import type { Table } from '../../records/table.ts';
import { textColumns } from '../features.ts';
import { outsideFirst, seenTags, type TagLabels } from './cells.ts';
import { isOfAnotherScheme, schemeOf } from './scheme.ts';

/** Kinds of entity that can be told apart; with more of them each has too few. */
const MOST_KINDS = 50;

/**
 * The tags of a plan: as it states, else (plain training only) as the training rows hold them. Throws
 * LABEL_ONE_VALUE without any kind of entity, LABEL_TOO_MANY, PLAN_INVALID for marks of other schemes.
 */
export function tagLabels(table: Table, plan: TrainPlan, trainRows: Int32Array): TagLabels {
  const { label: column } = plan;
  const values =
    plan.labels === undefined
      ? seenTags(table, column, plan.missing, trainRows)
      : outsideFirst(plan.labels);
  const count = schemeOf(values).kinds.length;
  if (count === 0) throw new ConcordError('LABEL_ONE_VALUE', { column });
  if (values.some(isOfAnotherScheme)) {
    throw planInvalid('labels', 'tags as IOB1, IOB2 or bare kinds; write S- as B- and E- as I-');
  }
  if (count > MOST_KINDS) {
    throw new ConcordError('LABEL_TOO_MANY', { column, count, allowed: MOST_KINDS });
  }
  return { target: 'tags', column, text: textColumns(plan)[0]!, values };
}

/**
 * Throws what a plan of tags says that cannot be: PLAN_INVALID {path, expected}, and
 * PUBLIC_FACTS_MISSING where a private one does not state its tags.
 */
export function requireTagPlan(plan: TrainPlan): 'bag' | 'encoder-head' {
  if (textColumns(plan).length !== 1) {
    throw planInvalid('text', 'one column, whose cells hold the tokens');
  }
  const absent = ['features', 'positive', 'search', 'calibration'] as const;
  const told = absent.find((path) => plan[path] !== undefined);
  if (told !== undefined) throw planInvalid(told, UNUSED);
  const { model } = plan;
  if (model.kind !== 'bag' && model.kind !== 'encoder-head') throw new RangeError('not of tags');
  const unused = unusedSetting(model);
  if (unused !== undefined) throw planInvalid(`model.${unused}`, UNUSED);
  if (plan.privacy === null || plan.labels !== undefined) return model.kind;
  throw new ConcordError('PUBLIC_FACTS_MISSING', { missing: [`${plan.label}: labels`] });
}

const UNUSED = 'a model of tags has no such setting; leave this entry out';

/** A setting of the model that says something else than it is for tags. */
function unusedSetting(model: TrainPlan['model']): string | undefined {
  if (model.kind === 'bag') {
    const { embedding, tokens, vocabulary, pretrain } = model;
    const told = Object.entries({ embedding, tokens, vocabulary, pretrain });
    return told.find(([, value]) => value !== undefined)?.[0];
  }
  if (model.kind !== 'encoder-head') return undefined;
  if (model.tune !== 'head') return 'tune';
  return model.hidden === undefined ? undefined : 'hidden';
}

function planInvalid(path: string, expected: string): ConcordError {
  return new ConcordError('PLAN_INVALID', { path, expected });
}
