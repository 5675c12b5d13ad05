import type { Head } from '../main/learning/heads.ts';
import { BINARY } from '../main/learning/heads.ts';
import { openEncoder } from '../main/learning/encoder/open-encoder.ts';
import { openTrainable } from '../main/learning/encoder/trainable.ts';
import { tunedLimits } from '../main/learning/encoder/tuned-kind.ts';
import { tunedStack, type TunedArchitecture } from '../main/learning/encoder/tuned-architecture.ts';
import { sequenceEngine } from '../main/learning/sequence/engine.ts';
import { requireTensorFlow } from '../main/learning/sequence/kind.ts';
import type { TokenRows } from '../main/learning/sequence/layer.ts';
import { firstParametersOf } from '../main/learning/sequence/stack.ts';
import { uniform } from '../main/privacy/random.ts';
import { seededRandom } from '../main/privacy/seeded.ts';
import { median, rounded } from './timing.ts';

const TEXTS = 64;
/** What stands at its end does not matter here. */
const HEAD: Head = BINARY;

interface RebuiltBench {
  readonly pieces: Readonly<
    Record<
      string,
      {
        /** Processor time of all threads: vectors by our layers over vectors by the graph. */
        readonly layers_over_graph: number;
        /** A step's gradients, lengths and sum over our layers' vectors alone. */
        readonly low_rank_step_over_layers: number;
      }
    >
  >;
  readonly peak_rss_mib: number;
}

/** The encoder's graph against the same in layers that can be trained on; medians of the runs. */
export async function benchTextRebuilt(_rows?: number, runs = 5): Promise<RebuiltBench> {
  const tf = requireTensorFlow({ backend: 'auto' });
  const graph = await openEncoder();
  const encoder = await openTrainable(tf);
  const { id, sha256, longest } = encoder;
  const way: TunedArchitecture = { encoder: id, sha256, tune: 'low-rank', rank: 2, hidden: [] };
  const stack = tunedStack(tf, encoder, way, HEAD);
  const engine = sequenceEngine(tf, stack, HEAD, tunedLimits(longest));
  engine.setParameters(firstParametersOf(stack, 1, HEAD));
  const pieces: Record<string, RebuiltBench['pieces'][string]> = {};
  for (const length of [16, 64, longest]) {
    const texts = someTexts(length);
    const parts = passesOf(texts, length, engine.capacity);
    const byGraph = await processorTime(runs, () => graph.run(texts));
    const byLayers = await processorTime(runs, () => parts.forEach((rows) => engine.outputs(rows)));
    const byStep = await processorTime(runs, () => {
      const sum = new Float64Array(engine.parameters);
      for (const rows of parts) {
        engine.backward(rows, new Float64Array(rows.rows));
        const groups = Int32Array.from({ length: rows.rows + 1 }, (_, row) => row);
        engine.squaredNorms(groups, new Float64Array(rows.rows));
        engine.addWeightedGradient(new Float64Array(rows.rows).fill(1), sum);
      }
    });
    pieces[length] = {
      layers_over_graph: rounded(byLayers / byGraph),
      low_rank_step_over_layers: rounded(byStep / byLayers),
    };
  }
  engine.dispose();
  encoder.dispose();
  graph.dispose();
  return { pieces, peak_rss_mib: rounded(process.resourceUsage().maxRSS / 1024) };
}

function someTexts(length: number): number[][] {
  const random = seededRandom(1);
  return Array.from({ length: TEXTS }, () =>
    Array.from({ length }, () => 6 + Math.floor(7_000 * uniform(random))),
  );
}

function passesOf(texts: readonly number[][], length: number, capacity: number): TokenRows[] {
  const passes: TokenRows[] = [];
  for (let from = 0; from < texts.length; from += capacity) {
    const part = texts.slice(from, from + capacity);
    const lengths = new Int32Array(part.length).fill(length);
    passes.push({ rows: part.length, length, ids: Int32Array.from(part.flat()), lengths });
  }
  return passes;
}

/** Seconds of all threads, the median of the runs after one that warms up. */
async function processorTime(runs: number, work: () => unknown): Promise<number> {
  const taken: number[] = [];
  for (let run = -1; run < runs; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    if (run >= 0) taken.push((user + system) / 1e6);
  }
  return median(taken);
}
