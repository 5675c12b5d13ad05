import { describe, expect, it } from 'vitest';
import { DANGEROUS_SWITCHES, judgeArguments } from '../../../main/shell/arguments.ts';

const NOTHING = { refused: [], noted: [], smoke: false, userData: null };

describe('a packaged program', () => {
  it.each([
    ...DANGEROUS_SWITCHES,
    ...DANGEROUS_SWITCHES.map((name) => `${name}=1`),
    '--REMOTE-DEBUGGING-PORT=9222',
    '-inspect',
    '--unknown',
    '--smoke=1',
    '--',
    '-',
    'file.csv',
    'app://concord/',
    '',
  ])('refuses %j', (arg) => {
    expect(judgeArguments([arg], true).refused).toHaveLength(1);
    expect(judgeArguments(['--smoke', arg], true).refused).toHaveLength(1);
  });

  it('names what it refuses without its value', () => {
    const { refused } = judgeArguments(['--proxy-server=secret:pass@host'], true);
    expect(refused).toEqual(['--proxy-server']);
  });

  it('starts without arguments and with its own', () => {
    expect(judgeArguments([], true)).toEqual(NOTHING);
    expect(judgeArguments(['--smoke'], true)).toEqual({ ...NOTHING, smoke: true });
  });
});

describe('in development', () => {
  it.each(DANGEROUS_SWITCHES.filter((name) => name !== '--user-data-dir'))(
    'notes %s and goes on',
    (name) => {
      expect(judgeArguments([`${name}=1`], false)).toEqual({ ...NOTHING, noted: [name] });
      expect(judgeArguments([name.toUpperCase()], false).noted).toEqual([name]);
    },
  );

  it('takes what a test driver and the launcher add', () => {
    const driver = ['--inspect=0', '--remote-debugging-port=0', '--no-sandbox', '/work/concord'];
    expect(judgeArguments(driver, false)).toEqual({
      ...NOTHING,
      noted: ['--inspect', '--remote-debugging-port', '--no-sandbox'],
    });
  });

  it('may use another folder for the user data', () => {
    expect(judgeArguments(['--user-data-dir=/tmp/x', '--smoke'], false)).toEqual({
      ...NOTHING,
      smoke: true,
      userData: '/tmp/x',
    });
  });
});
