/** What the processor can do, read before anything native is loaded: a wrong guess ends the process. */
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/**
 * @param {string} cpuinfo text of /proc/cpuinfo
 * @returns {Set<string>} flags every listed processor has
 */
export function flagsOf(cpuinfo) {
  const perProcessor = [...cpuinfo.matchAll(/^(?:flags|Features)\s*:(.*)$/gm)].map(
    (match) => new Set(match[1].trim().split(/\s+/)),
  );
  const [first, ...others] = perProcessor;
  if (!first) return new Set();
  return new Set([...first].filter((flag) => others.every((flags) => flags.has(flag))));
}

/** Flags of this machine; undefined where the system does not tell. */
export function readCpuFlags() {
  try {
    return flagsOf(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Why native TensorFlow cannot run on a processor, or undefined when it can.
 * @param {Set<string>|undefined} flags
 * @param {string} [arch]
 */
export function tensorflowObstacle(flags, arch = process.arch) {
  if (arch !== 'x64')
    return `native TensorFlow is set up for x64 processors only (this is ${arch})`;
  if (flags && flags.size > 0 && !flags.has('avx')) return 'this processor has no AVX instructions';
  return undefined;
}

/** A class of machine coarse enough to publish beside measured figures. */
export function machineClass() {
  const flags = readCpuFlags() ?? new Set();
  const widest = ['avx512f', 'avx2', 'avx', 'sse4_2'].find((flag) => flags.has(flag));
  return {
    platform: `${process.platform}-${process.arch}`,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    vector: widest ?? 'unknown',
  };
}
