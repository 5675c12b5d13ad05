/** What is used of the runtime's WebAssembly; its types come with a browser's, which we have not. */
interface Runtime {
  validate(code: Uint8Array): boolean;
  readonly Module: new (code: Uint8Array) => object;
  readonly Memory: new (size: { initial: number }) => CodeMemory;
  readonly Instance: new (
    module: object,
    imports: { env: { memory: CodeMemory } },
  ) => { readonly exports: object };
}

/** The memory that machine code works in; all views end where it grows. */
export interface CodeMemory {
  readonly buffer: ArrayBuffer;
  /** By so many pages. */
  grow(pages: number): number;
}

/** Bytes of a page of memory. */
export const PAGE = 65_536;

/**
 * Instantiates machine code made by scripts/kernels.mjs (base64) with `pages` of memory. Undefined
 * where the runtime or the processor lacks an instruction that is used.
 */
export function machineCode<Functions>(
  text: string,
  pages: number,
): { readonly functions: Functions; readonly memory: CodeMemory } | undefined {
  const { WebAssembly } = globalThis as unknown as { WebAssembly?: Runtime };
  const code = Buffer.from(text, 'base64');
  if (WebAssembly?.validate(code) !== true) return undefined;
  const memory = new WebAssembly.Memory({ initial: pages });
  const module = new WebAssembly.Module(code);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { functions: exports as Functions, memory };
}
