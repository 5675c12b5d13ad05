import { ConcordError } from '../contract/errors.ts';
import { TEXT_KINDS } from '../contract/text-models.ts';
import type { Target, TrainPlan } from '../contract/train.ts';

/** What each kind can predict; the kinds in the order in which they are named to a person. */
const CAN = {
  boosting: ['binary', 'classes', 'ordered', 'number'],
  logistic: ['binary', 'classes', 'ordered'],
  linear: ['number'],
  network: ['binary', 'classes', 'ordered', 'number'],
  bag: ['binary', 'classes', 'ordered', 'number', 'tags'],
  recurrent: ['binary', 'classes', 'ordered', 'number'],
  attention: ['binary', 'classes', 'ordered', 'number'],
  'encoder-head': ['binary', 'classes', 'ordered', 'number', 'tags'],
} as const satisfies Readonly<Record<string, readonly Target[]>>;

export type TrainableKind = keyof typeof CAN;
/** Layers over the tokens of texts. */
export const SEQUENCES = [
  'bag',
  'recurrent',
  'attention',
] as const satisfies readonly TrainableKind[];
export type SequenceKind = (typeof SEQUENCES)[number];

export function isSequence(kind: string): kind is SequenceKind {
  return (SEQUENCES as readonly string[]).includes(kind);
}

const TRAINABLE = Object.keys(CAN) as TrainableKind[];

/**
 * What a plan predicts, as far as it says so: that of the records is not looked at. Null where a
 * plain plan leaves it to what the training rows hold.
 */
export function statedTarget(
  plan: Pick<TrainPlan, 'target' | 'labels' | 'model' | 'privacy'>,
): Target | null {
  if (plan.target !== undefined) return plan.target;
  if (plan.model.kind === 'linear') return 'number';
  if (plan.labels !== undefined) return targetOfValues(new Set(plan.labels).size);
  return plan.privacy === null ? null : 'binary';
}

/** Whether a private plan leaves open what must be known of its label, and has to buy it. */
export function lacksLabelFacts(plan: TrainPlan): boolean {
  return statedTarget(plan) === 'number'
    ? !Object.hasOwn(plan.bounds, plan.label)
    : plan.labels === undefined;
}

/** What a label of so many values is where nobody said more. */
export function targetOfValues(count: number): 'binary' | 'classes' {
  return count > 2 ? 'classes' : 'binary';
}

/**
 * The kind of a plan's model. Throws MODEL_KIND_UNAVAILABLE {kind, available}, and
 * TARGET_UNAVAILABLE {kind, target, available} where it cannot predict that target (null: open).
 */
export function trainableKind(
  { model }: Pick<TrainPlan, 'model'>,
  target: Target | null,
): TrainableKind {
  const { kind } = model;
  if (!isTrainable(kind)) {
    throw new ConcordError('MODEL_KIND_UNAVAILABLE', { kind, available: TRAINABLE });
  }
  if (target === null) return kind;
  const can = (one: TrainableKind): boolean => (CAN[one] as readonly Target[]).includes(target);
  if (can(kind)) return kind;
  const alike = TRAINABLE.filter((one) => readsText(one) === readsText(kind));
  throw new ConcordError('TARGET_UNAVAILABLE', { kind, target, available: alike.filter(can) });
}

function readsText(kind: string): boolean {
  return (TEXT_KINDS as readonly string[]).includes(kind);
}

function isTrainable(kind: TrainPlan['model']['kind']): kind is TrainableKind {
  return Object.hasOwn(CAN, kind);
}
