import type { PrivacyStatement, TrainPlan } from '../../contract/train.ts';
import { exposureOf, type Exposure } from '../../privacy/attack/exposure.ts';
import { uniform, type RandomSource } from '../../privacy/random.ts';
import { headOf, type Head } from '../heads.ts';
import type { Given } from '../kind.ts';
import type { Labels } from '../labels.ts';
import { guaranteeOfPretraining } from '../mechanism.ts';
import type { Pace } from '../pace.ts';
import { trainInSteps } from '../steps.ts';
import { FIRST_WORD } from '../text/vocabulary.ts';
import { rowUnits } from '../units.ts';
import { architectureOfPlan, layersOf } from './architecture.ts';
import { sequenceEngine } from './engine.ts';
import { passLimits, requireTensorFlow } from './kind.ts';
import type { TokenRows } from './layer.ts';
import { maskedEngine, type MaskedEngine } from './masked-engine.ts';
import { hideTokens } from './masks.ts';
import { carriedOver } from './pretrain.ts';
import { answerTexts } from './scorer.ts';
import { pretrainOf, pretrainSettings, sequenceSettings } from './settings.ts';
import { firstParametersOf, stackOf } from './stack.ts';

export interface PhraseRun {
  readonly plan: TrainPlan;
  readonly labels: Labels;
  /** Numbers of tokens of the model, padding included. */
  readonly words: number;
  /** Null for plain training. */
  readonly promise: PrivacyStatement | null;
  readonly random: RandomSource;
  readonly pace: Pace;
}

/** How exposed phrases are that one record holds. */
export interface PhraseExposure {
  readonly phrases: number;
  /** By how well the model knows the label of a phrase. */
  readonly labels: Exposure;
  /** After a pre-training on the records: by how well it knows each word from the others. */
  readonly words?: Exposure;
}

/** Made-up texts have so many words. */
const WORDS = 8;
const PHRASES = 16;
/** Phrases that were never trained on, with which each of these is compared. */
const NEVER = 1023;
/** Made-up records of a plain training. */
const PLAIN_RECORDS = 1000;
const SEED = 1;

/**
 * Trains as the plan does - pre-training on the records included - on made-up records alone, as many as
 * are published: random words with a random label. Some of them are the phrases that are then looked for
 * among phrases like them that took no part. No record is looked at. Throws CANCELLED,
 * BACKEND_UNAVAILABLE.
 */
export async function runWithPhrases(run: PhraseRun): Promise<PhraseExposure> {
  const { plan, promise, random, pace, words } = run;
  const tf = requireTensorFlow(plan);
  const architecture = architectureOfPlan(plan);
  const head = headOf(run.labels);
  const count = promise?.public_count ?? PLAIN_RECORDS;
  const vectors = phrases(count, words, random);
  const targets = Float64Array.from({ length: count }, () => anyTarget(run.labels, random));
  const never = phrases(NEVER, words, random);
  const units = rowUnits(Int32Array.from({ length: count }, (_, row) => row));
  const limits = passLimits(WORDS);
  const given: Given = { privacy: promise, columns: 0, random, seed: SEED, pace };
  const stack = stackOf(layersOf(tf, architecture, words, head), head);
  let initial = firstParametersOf(stack, SEED, head);
  const trainedOn = firstRows(vectors, Math.min(PHRASES, count));

  let ofWords: Exposure | undefined;
  if (pretrainOf(plan)?.on === 'records') {
    const masked = maskedEngine(tf, architecture, words, limits, random);
    try {
      const parameters = await trainInSteps(
        masked,
        { vectors, targets: new Float64Array(0), units },
        firstParametersOf(masked.stack, SEED),
        pretrainSettings(plan, count),
        { ...given, privacy: promise && guaranteeOfPretraining(promise) },
      );
      masked.setParameters(parameters);
      const [found, others] = [trainedOn, never].map((of) =>
        wordLosses(masked, of, architecture.kind),
      );
      ofWords = exposureOf(found!, Array<Float64Array>(trainedOn.rows).fill(others!));
      initial = carriedOver(parameters, masked.stack, { stack, initial });
    } finally {
      masked.dispose();
    }
  }
  const engine = sequenceEngine(tf, stack, head, limits);
  try {
    const settings = sequenceSettings(plan, count);
    const examples = { vectors, targets, units };
    engine.setParameters(await trainInSteps(engine, examples, initial, settings, given));
    const answersOf = (of: TokenRows): Float64Array => {
      const answers = new Float64Array(of.rows * head.scores);
      answerTexts(engine, head, of, answers);
      return answers;
    };
    const [found, others] = [answersOf(trainedOn), answersOf(never)];
    const targetOf = targets.subarray(0, trainedOn.rows);
    return {
      phrases: trainedOn.rows,
      labels: exposureOf(
        targetOf.map((target, row) => lossOf(head, found, row, target)),
        Array.from(targetOf, (target) =>
          Float64Array.from({ length: NEVER }, (_, row) => lossOf(head, others, row, target)),
        ),
      ),
      ...(ofWords && { words: ofWords }),
    };
  } finally {
    engine.dispose();
  }
}

function phrases(rows: number, words: number, random: RandomSource): TokenRows {
  return {
    rows,
    length: WORDS,
    ids: Int32Array.from(
      { length: rows * WORDS },
      () => FIRST_WORD + Math.floor(uniform(random) * (words - FIRST_WORD)),
    ),
    lengths: new Int32Array(rows).fill(WORDS),
  };
}

function firstRows({ ids, lengths, length }: TokenRows, rows: number): TokenRows {
  return { rows, length, ids: ids.subarray(0, rows * length), lengths: lengths.subarray(0, rows) };
}

function anyTarget(labels: Labels, random: RandomSource): number {
  const draw = uniform(random);
  if (labels.target === 'number') return labels.lower + draw * (labels.upper - labels.lower);
  return Math.floor(draw * labels.values.length);
}

/** Minus the log of the probability of a value, or the squared error of a number. */
function lossOf({ scores }: Head, answers: Float64Array, row: number, target: number): number {
  if (scores > 1) return -Math.log(answers[row * scores + target]!);
  const answer = answers[row]!;
  return (answer - target) ** 2;
}

/** Of each text the sum over its words of the loss with that one hidden. */
function wordLosses(
  engine: MaskedEngine,
  texts: TokenRows,
  kind: Parameters<typeof hideTokens>[2],
): Float64Array {
  const first = kind === 'recurrent' ? 1 : 0;
  const losses = new Float64Array(texts.rows);
  const each = Math.max(1, Math.floor(engine.capacity / WORDS));
  for (let from = 0; from < texts.rows; from += each) {
    const to = Math.min(texts.rows, from + each);
    const hidden: { readonly row: number; readonly place: number }[] = [];
    for (let row = from; row < to; row++) {
      for (let place = first; place < WORDS; place++) hidden.push({ row, place });
    }
    const rows = {
      ...{ rows: hidden.length, length: WORDS },
      ids: Int32Array.from(
        hidden.flatMap(({ row }) => [...texts.ids.subarray(row * WORDS, (row + 1) * WORDS)]),
      ),
      lengths: new Int32Array(hidden.length).fill(WORDS),
    };
    const places = Int32Array.from(hidden, ({ place }) => place);
    const found = engine.losses(hideTokens(rows, places, kind));
    hidden.forEach(({ row }, i) => (losses[row]! += found[i]!));
  }
  return losses;
}
