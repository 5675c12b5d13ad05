/** What the command line says beside its answers. */
export const commands = {
  progress: (done: number, total: number, unit: string): string =>
    total > 0 ? `${Math.floor((100 * done) / total)}% (${unit})` : `${done} ${unit}`,
};
