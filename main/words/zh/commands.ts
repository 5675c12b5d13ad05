import type { commands as en } from '../en/commands.ts';

const UNITS: Readonly<Record<string, string>> = {
  bytes: '字节',
  rows: '行',
  steps: '步',
  nodes: '节点',
  parts: '部分',
};

export const commands: typeof en = {
  progress: (done, total, unit) =>
    total > 0
      ? `${Math.floor((100 * done) / total)}%（${UNITS[unit] ?? unit}）`
      : `${done} ${UNITS[unit] ?? unit}`,
};
