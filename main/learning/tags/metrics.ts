import type { TestMetrics } from '../../contract/train.ts';
import { areaUnderCurve, share } from '../metrics.ts';
import { schemeOf, spansOf, tagWriter, type Span } from './scheme.ts';

/** A text whose tags are known, and what a model says of it. */
export interface JudgedText {
  /** Classes of its tokens. */
  readonly truth: Int32Array;
  readonly predicted: Int32Array;
  /** Of each token: the probability that it stands in an entity. */
  readonly inside: Float64Array;
}

interface Counts {
  there: number;
  found: number;
  right: number;
}

/**
 * Figures of tags, as CoNLL's evaluation counts (conlleval; Tjong Kim Sang and De Meulder 2003,
 * section 4.1): a found entity is right where its first and last token and its kind are those of a
 * true one; accuracy is that of the tokens' tags, written as the plan writes them. `base_rate`: tokens
 * outside every entity. AUC: of a token's being in any entity.
 */
export function tagMetrics(tags: readonly string[], texts: readonly JudgedText[]): TestMetrics {
  const { kinds } = schemeOf(tags);
  const written = tagWriter(tags);
  const counts = kinds.map((): Counts => ({ there: 0, found: 0, right: 0 }));
  let [tokens, agree, outside] = [0, 0, 0];
  for (const { truth, predicted } of texts) {
    const [are, said] = [written(truth), written(predicted)];
    tokens += truth.length;
    truth.forEach((one, t) => {
      agree += Number(are[t] === said[t]);
      outside += Number(one === 0);
    });
    count(spansOf(truth), spansOf(predicted), counts);
  }
  const inside = texts.flatMap(({ truth }) => Array.from(truth, (one) => Number(one > 0)));
  const scores = texts.flatMap((text) => [...text.inside]);
  const all = counts.reduce(
    (sum, { there, found, right }) => ({
      there: sum.there + there,
      found: sum.found + found,
      right: sum.right + right,
    }),
    { there: 0, found: 0, right: 0 },
  );
  return {
    accuracy: share(agree, tokens),
    auc: areaUnderCurve(Float64Array.from(inside), Float64Array.from(scores)),
    base_rate: share(outside, tokens),
    spans: {
      ...rates(all),
      by_kind: kinds.map((kind, k) => ({
        kind,
        count: counts[k]!.there,
        ...rates(counts[k]!),
      })),
    },
  };
}

function count(truth: readonly Span[], predicted: readonly Span[], counts: Counts[]): void {
  const keyOf = ({ from, to, kind }: Span): string => `${from} ${to} ${kind}`;
  const keys = new Set(truth.map(keyOf));
  for (const { kind } of truth) counts[kind]!.there++;
  for (const span of predicted) {
    counts[span.kind]!.found++;
    if (keys.has(keyOf(span))) counts[span.kind]!.right++;
  }
}

function rates({ there, found, right }: Counts): {
  precision: number | null;
  recall: number | null;
  f1: number | null;
} {
  return {
    precision: share(right, found),
    recall: share(right, there),
    f1: share(2 * right, there + found),
  };
}
