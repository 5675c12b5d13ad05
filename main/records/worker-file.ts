/**
 * The file of a worker whose source stands beside the module at `here`: the source itself, or in a
 * build the entry of that name, which lies in the build's folder (chunks one deeper).
 */
export function workerFile(here: string, name: string): URL {
  if (here.endsWith('.ts')) return new URL(`./${name}.ts`, here);
  return new URL(/\/chunks\/[^/]*$/.test(here) ? `../${name}.js` : `./${name}.js`, here);
}
