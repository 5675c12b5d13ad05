import type { TrainPlan } from '../../contract/train.ts';
import { encodeFloats } from '../floats.ts';
import type { Fitted, Given, Kind, Task } from '../kind.ts';
import type { Prepared } from '../material.ts';
import { guaranteeOf } from '../mechanism.ts';
import { trainInSteps } from '../steps.ts';
import { tagReader, tokenReader, type TagLabels } from './cells.ts';
import { taggerEngine } from './engine.ts';
import { requireTagPlan } from './labels.ts';
import { sentenceMaker, taggerFacts, type SentenceMaker } from './material.ts';
import { schemeOf } from './scheme.ts';
import type { SentenceRows } from './sentences.ts';
import { FEATURE_BITS, tagSettings, type TagSettings } from './settings.ts';

/** Texts per pass: few enough that a wish to cancel is heard. */
const ROWS = 2048;
const CHUNK = 1024;

/**
 * Taggers: softmax regression on windows of tokens, by DP-SGD or plain mini-batches; a record is a
 * text with all its tokens. Throws what `requireTagPlan` throws.
 */
export function tagKind(plan: TrainPlan): Kind {
  const kind = requireTagPlan(plan);
  return {
    guarantee(target, { count, publicCount }, wanted) {
      const settings = tagSettings(plan, publicCount);
      const statement = guaranteeOf(plan, target, settings, count, publicCount, wanted);
      return { statement, steps: settings.steps };
    },
    async check() {
      await taggerFacts(FEATURE_BITS, kind === 'encoder-head');
    },
    async fit(task, prepared, given) {
      const labels = tagsOf(prepared);
      const { privacy } = given;
      const settings = tagSettings(plan, privacy?.public_count ?? prepared.units.rows.length);
      const facts = await taggerFacts(FEATURE_BITS, kind === 'encoder-head');
      const make = await sentenceMaker(facts);
      const vectors = await sentencesOf(task, prepared, make, settings, given);
      const engine = taggerEngine(
        { ...make.widths, classes: schemeOf(labels.values).classes },
        Math.max(ROWS, plan.unit?.maxRows ?? 1),
        settings.length,
      );
      const examples = { vectors, targets: new Float64Array(0), units: prepared.units };
      const started = performance.now();
      // From zeros: every class is as probable as any other.
      const initial = new Float64Array(engine.parameters);
      const parameters = await trainInSteps(engine, examples, initial, settings, given);
      return {
        content: { kind: 'tagger', tagger: facts, weights: encodeFloats(parameters) },
        backend: engine.backend,
        note: null,
        steps: settings.steps,
        seconds: (performance.now() - started) / 1000,
      } satisfies Fitted;
    },
  };
}

function tagsOf({ labels }: Prepared): TagLabels {
  if (labels.target === 'tags') return labels;
  throw new RangeError('a tagger has tags');
}

/** The training rows, cut after `length` tokens; one that takes no part has none. */
async function sentencesOf(
  { table, plan, split: { train } }: Task,
  prepared: Prepared,
  make: SentenceMaker,
  { length }: TagSettings,
  { pace }: Given,
): Promise<SentenceRows> {
  const labels = tagsOf(prepared);
  const tokens = tokenReader(table, labels.text, plan.missing);
  const tags = tagReader(table, labels, plan.missing);
  const texts: string[][] = [];
  const classes: Int32Array[] = [];
  for (let r = 0; r < train.length; r++) {
    if (r % CHUNK === 0) await pace.beat({ phase: 'encoding', step: r, steps: train.length });
    const found = tags(train[r]!);
    texts.push(found === null ? [] : tokens(train[r]!).slice(0, length));
    classes.push(found?.subarray(0, length) ?? new Int32Array(0));
  }
  const source = make.sentences(texts);
  const all = new Int32Array(source.starts.at(-1)!);
  classes.forEach((found, r) => {
    all.set(found, source.starts[r]);
  });
  return { source: { ...source, classes: all }, chosen: Int32Array.from(texts.keys()) };
}
