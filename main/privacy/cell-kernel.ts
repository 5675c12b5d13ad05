import { CELL_CODE } from './cell-code.ts';
import { machineCode, PAGE } from './machine-code.ts';

/** The 64-bit part of `cells.ts` as machine code, two pairs at a time (kernels/gaussian-cells.ts). */
export interface CellKernel {
  /** Four for each pair of cells. */
  readonly words: Uint32Array;
  readonly cells: Float64Array;
  /** Names the cells of `pairs` pairs; returns the first pair of each two that are doubtful. */
  fill(pairs: number, scale: number, sure: number, rare: number): Int32Array;
}

interface Functions {
  gaussianCells(
    words: number,
    cells: number,
    pairs: number,
    scale: number,
    sure: number,
    rare: number,
    marked: number,
  ): number;
}

/** For blocks of up to `most` cells; undefined where the runtime has no vector instructions. */
export function cellKernel(most: number): CellKernel | undefined {
  const wordsAt = PAGE;
  const cellsAt = wordsAt + 8 * most;
  const markedAt = cellsAt + 8 * most;
  const code = machineCode<Functions>(CELL_CODE, Math.ceil((markedAt + most) / PAGE));
  if (code === undefined) return undefined;
  const { functions, memory } = code;
  const marked = new Int32Array(memory.buffer, markedAt, most / 4);
  return {
    words: new Uint32Array(memory.buffer, wordsAt, 2 * most),
    cells: new Float64Array(memory.buffer, cellsAt, most),
    fill(pairs, scale, sure, rare) {
      const marks = functions.gaussianCells(
        ...([wordsAt, cellsAt, pairs, scale, sure, rare, markedAt] as const),
      );
      return marked.subarray(0, marks);
    },
  };
}
