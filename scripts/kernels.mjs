/**
 * Compiles kernels/ (AssemblyScript) into modules that carry the machine code as text, so that the
 * built program has no file to find. Run by hand after a change:
 *
 *   node scripts/kernels.mjs
 *
 * test/unit/house/kernels.test.ts fails where a module is not what its source compiles to.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './paths.mjs';

const PLAIN = ['--enable', 'simd'];
const RELAXED = [...PLAIN, '--enable', 'relaxed-simd'];

/** What is made of what: the names are those of the module's constants. */
export const KERNELS = [
  {
    source: 'kernels/layers.ts',
    module: 'main/learning/layer-code.ts',
    forms: { LAYER_CODE: PLAIN, FUSED_LAYER_CODE: RELAXED },
  },
  {
    source: 'kernels/draws.ts',
    module: 'main/privacy/draw-code.ts',
    forms: { DRAW_CODE: PLAIN, FUSED_DRAW_CODE: RELAXED },
  },
];

/** @returns {Promise<string>} the text of the module of a kernel */
export async function moduleText({ source, forms }) {
  const lines = [`/** Made from ${source} by scripts/kernels.mjs. */`];
  for (const [name, features] of Object.entries(forms)) {
    lines.push(
      `export const ${name} =`,
      `  '${(await compile(source, features)).toString('base64')}';`,
    );
  }
  return `${lines.join('\n')}\n`;
}

async function compile(source, features) {
  const { default: asc } = await import('assemblyscript/asc');
  let code;
  const { error, stderr } = await asc.main(
    [
      ...[source, '--outFile', 'kernel.wasm', '-O3', '--converge', '--noAssert'],
      ...['--runtime', 'stub', '--importMemory', ...features],
    ],
    {
      readFile: (name, folder) => {
        const file = path.resolve(ROOT, folder, name);
        return file.startsWith(path.join(ROOT, 'kernels')) ? readFileSync(file, 'utf8') : null;
      },
      writeFile: (_, content) => {
        code = Buffer.from(content);
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${source}: ${stderr.toString()}`);
  return code;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const kernel of KERNELS) {
    writeFileSync(path.join(ROOT, kernel.module), await moduleText(kernel));
  }
}
