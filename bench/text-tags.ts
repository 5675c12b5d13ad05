import { createReadStream, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { trainPlan } from '../main/contract/train.ts';
import { trainModel, type Trained } from '../main/learning/train.ts';
import { systemRandom } from '../main/privacy/random.ts';
import { readFile } from '../main/records/read-file.ts';
import type { Table } from '../main/records/table.ts';
import { median, spread } from './spread.ts';

const FILE = resolve('..', 'shared', 'data', 'text', 'ner-wikigold', 'wikigold.conll.txt');
const LABELS = ['O', 'I-LOC', 'I-MISC', 'I-ORG', 'I-PER'];
const KINDS = ['bag', 'encoder-head'] as const;
const EPSILONS = [null, 8, 3, 1] as const;
const DELTA = 1e-5;

/**
 * How well names are found in WikiGold's sentences by models of tags with the settings as they are: a
 * quarter of the sentences is the test part, drawn by a seed of its own in each run; the unit of the
 * guarantee is a sentence. `outside` is the share of tokens that `always O` gets right.
 */
export async function benchTextTags(_rows?: number, runs = 3): Promise<object> {
  const table = await wikigold();
  const found: Record<string, Record<string, object>> = {};
  for (const kind of KINDS) {
    const of: Record<string, object> = {};
    for (const epsilon of EPSILONS) {
      const trained: Trained[] = [];
      for (let seed = 1; seed <= runs; seed++) {
        const plan = trainPlan.parse({
          ...{ label: 'tags', target: 'tags', text: 'text', labels: LABELS, model: { kind } },
          split: { test: 0.25, seed },
          privacy: epsilon === null ? null : { epsilon, delta: DELTA },
        });
        trained.push(await trainModel(table, plan, { random: systemRandom(), initSeed: seed }));
      }
      of[epsilon === null ? 'plain' : `epsilon ${epsilon}`] = figuresOf(trained);
    }
    found[kind] = of;
  }
  return { runs, delta: DELTA, sentences: table.rows, found };
}

async function wikigold(): Promise<Table> {
  const source = {
    ...{ name: 'wikigold.conll.txt', size: statSync(FILE).size },
    bytes: () => createReadStream(FILE),
    slice: async (from: number, to: number) => readFileSync(FILE).subarray(from, to),
  };
  return (await readFile(source)).table;
}

function figuresOf(trained: readonly Trained[]): object {
  const tests = trained.map(({ result }) => result.metrics.test);
  const of = (name: 'precision' | 'recall' | 'f1'): object =>
    spread(tests.map(({ spans }) => spans?.[name] ?? NaN));
  const kinds = tests[0]?.spans?.by_kind.map(({ kind }) => kind) ?? [];
  return {
    epsilon: trained[0]?.result.privacy?.epsilon ?? null,
    accountant: trained[0]?.result.privacy?.accountant ?? null,
    parameters: trained[0]?.result.model.parameters ?? null,
    accuracy: spread(tests.map(({ accuracy }) => accuracy ?? NaN)),
    outside: spread(tests.map(({ base_rate: rate }) => rate ?? NaN)),
    auc: spread(tests.map(({ auc }) => auc ?? NaN)),
    ...{ precision: of('precision'), recall: of('recall'), f1: of('f1') },
    f1_by_kind: Object.fromEntries(
      kinds.map((kind, k) => [
        kind,
        spread(tests.map(({ spans }) => spans?.by_kind[k]?.f1 ?? NaN)),
      ]),
    ),
    seconds: Number(median(trained.map(({ result }) => result.seconds)).toFixed(2)),
  };
}
