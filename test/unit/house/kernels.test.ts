import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Kernel {
  readonly source: string;
  readonly module: string;
}
interface KernelsModule {
  readonly KERNELS: readonly Kernel[];
  moduleText(kernel: Kernel): Promise<string>;
}
// Plain JavaScript without declarations, like all scripts.
const { KERNELS, moduleText } = (await import(
  '../../../scripts/kernels.mjs' as string
)) as KernelsModule;

const ROOT = join(import.meta.dirname, '..', '..', '..');

describe('the machine code that is kept', () => {
  it.each(KERNELS)('of $source is what it compiles to', async (kernel) => {
    expect(readFileSync(join(ROOT, kernel.module), 'utf8')).toBe(await moduleText(kernel));
  });
});
