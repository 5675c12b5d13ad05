/** After how long without use the vault is locked. */
export const idle = {
  now: (shown: string, minutes: number) =>
    `The vault is locked after ${shown} ${minutes === 1 ? 'minute' : 'minutes'} without use.`,
  change: 'Change the time until the lock',
  title: 'After how long without use should the vault be locked?',
  hint: 'Short where others can get at this computer. Work that runs goes on behind the lock, and answers are saved. The lock of the screen and sleep lock the vault at once.',
  minutes: (shown: string, minutes: number) => `${shown} ${minutes === 1 ? 'minute' : 'minutes'}`,
  button: 'Save',
  kept: 'This is remembered on this computer, outside the vault, for everybody who uses it.',
};
