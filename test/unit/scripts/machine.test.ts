import { describe, expect, it } from 'vitest';

type Runtime = { path: string; version: string; official: boolean } | { missing: string };
interface CpuModule {
  flagsOf(cpuinfo: string): Set<string>;
  tensorflowObstacle(flags: Set<string> | undefined, arch?: string): string | undefined;
}
interface PackageModule {
  packagingRefusal(runtime: Runtime): string | undefined;
}
interface SystemModule {
  NEEDED: { package: string; library?: string }[];
  missingPackages(machine: {
    libraries: string;
    hasProgram: (name: string) => boolean;
    hasFile: (file: string) => boolean;
  }): string[];
}
const scripts = '../../../scripts';
const { flagsOf, tensorflowObstacle } = (await import(`${scripts}/cpu.mjs`)) as CpuModule;
const { packagingRefusal } = (await import(`${scripts}/package.mjs`)) as PackageModule;
const { missingPackages, NEEDED } = (await import(`${scripts}/setup/system.mjs`)) as SystemModule;

describe('CPU features', () => {
  const cpuinfo = (...flags: string[]) =>
    flags.map((line, i) => `processor\t: ${i}\nflags\t\t: ${line}\nbugs\t\t: none\n`).join('\n');

  it('are those that every processor has', () => {
    expect([...flagsOf(cpuinfo('fpu avx avx2', 'fpu avx'))]).toEqual(['fpu', 'avx']);
  });
  it('are none where the system lists none', () => expect(flagsOf('').size).toBe(0));
  it('are whole words: avx2 alone is not avx', () => {
    expect(tensorflowObstacle(flagsOf(cpuinfo('fpu avx2')), 'x64')).toContain('AVX');
  });
  it('allow native TensorFlow with AVX on x64 only', () => {
    expect(tensorflowObstacle(flagsOf(cpuinfo('fpu avx')), 'x64')).toBeUndefined();
    expect(tensorflowObstacle(flagsOf(cpuinfo('fpu sse4_2')), 'x64')).toContain('AVX');
    expect(tensorflowObstacle(flagsOf(cpuinfo('fpu avx')), 'arm64')).toContain('arm64');
  });
  it('leave the question to the load check where they cannot be read', () => {
    expect(tensorflowObstacle(undefined, 'x64')).toBeUndefined();
  });
});

describe('packaging', () => {
  it('refuses the stand-in runtime and says how to have the official one', () => {
    const refusal = packagingRefusal({ path: '/e', version: '25.1.1', official: false });
    expect(refusal).toContain('25.1.1');
    expect(refusal).toContain('ELECTRON_OVERRIDE_DIST_PATH');
  });
  it('refuses when there is none', () => {
    expect(packagingRefusal({ missing: 'nothing set up' })).toContain('nothing set up');
  });
  it('accepts the official runtime', () => {
    expect(packagingRefusal({ path: '/e', version: '45.4.1', official: true })).toBeUndefined();
  });
});

describe('system packages', () => {
  const libraries = NEEDED.flatMap(({ library }) =>
    library ? [`\t${library} (libc6,x86-64) => /lib/${library}`] : [],
  ).join('\n');
  const whole = { libraries, hasProgram: () => true, hasFile: () => true };

  it('are complete when everything is found', () => expect(missingPackages(whole)).toEqual([]));
  it('are named once each', () => {
    expect(missingPackages({ ...whole, hasProgram: () => false })).toEqual([
      'xvfb',
      'xauth',
      'strace',
    ]);
  });
  it('are not taken for another library whose name begins alike', () => {
    const other = libraries.replace('\tlibnss3.so (', '\tlibnss3.so.1d (');
    expect(missingPackages({ ...whole, libraries: other })).toEqual(['libnss3']);
  });
});
