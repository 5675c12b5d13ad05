import { DRAW_CODE, FUSED_DRAW_CODE } from './draw-code.ts';
import { machineCode, PAGE } from './machine-code.ts';

/** Gaussians of one call of `gaussianCells`. */
export const CELLS = 2048;
/** Digits of one call of `smallDigits`. */
export const DIGITS = 8192;

interface DrawFunctions {
  gaussianCells(
    ...given: [words: number, cells: number, open: number, pairs: number, ...number[]]
  ): number;
  smallDigits(digits: number, out: number, count: number, most: number): number;
}

/** kernels/draws.ts with the memory it works in; what was drawn there is to be wiped after use. */
export interface DrawKernel {
  /** Random words of Gaussians, four for each pair. */
  readonly words: Uint32Array<ArrayBuffer>;
  readonly cells: Float64Array<ArrayBuffer>;
  /** Random digits, base 256, in words and one by one. */
  readonly digitWords: Uint32Array<ArrayBuffer>;
  readonly digits: Uint8Array<ArrayBuffer>;
  /** What a call found: pairs that are not decided, places of digits. */
  readonly found: Int32Array<ArrayBuffer>;
  /** From `words` to `cells`, an even number of pairs; returns how many in `found` are open. */
  gaussianCells(pairs: number, scale: number, sure: number): number;
  /** How many of the first `count` digits (a multiple of 16) are at most `most`; fills `found`. */
  smallDigits(count: number, most: number): number;
}

let opened: DrawKernel | null | undefined;

/** The kernel of this thread; null where the runtime has no vector instructions. */
export function drawKernel(): DrawKernel | null {
  opened ??= open();
  return opened;
}

function open(): DrawKernel | null {
  const code =
    machineCode<DrawFunctions>(FUSED_DRAW_CODE, 3) ?? machineCode<DrawFunctions>(DRAW_CODE, 3);
  if (code === undefined) return null;
  const { functions, memory } = code;
  const words = PAGE;
  const cells = words + 8 * CELLS;
  const digits = cells + 8 * CELLS;
  const found = digits + DIGITS;
  const { buffer } = memory;
  return {
    words: new Uint32Array(buffer, words, 2 * CELLS),
    cells: new Float64Array(buffer, cells, CELLS),
    digitWords: new Uint32Array(buffer, digits, DIGITS / 4),
    digits: new Uint8Array(buffer, digits, DIGITS),
    found: new Int32Array(buffer, found, DIGITS),
    gaussianCells: (pairs, scale, sure) =>
      functions.gaussianCells(words, cells, found, pairs, scale, sure),
    smallDigits: (count, most) => functions.smallDigits(digits, found, count, most),
  };
}
