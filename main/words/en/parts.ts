/** What the parts of the window say by themselves, whatever the page. */
export const parts = {
  optional: (label: string) => `${label} (optional)`,
  states: {
    'not-started': 'Not yet started',
    'in-progress': 'In progress',
    done: 'Completed',
    attention: 'Needs attention',
    'cannot-start': 'Cannot start yet',
  },
  change: 'Change',
  changeLabel: (what: string) => `Change: ${what}`,
  pages: (table: string) => `Pages of: ${table}`,
  rowsShown: (first: string, last: string, total: string) => `${first} to ${last} of ${total}`,
  previous: 'Previous',
  next: 'Next',
  announce: (percent: string) => `${percent} done`,
  leftSoon: 'Less than a minute left',
  leftMinutes: (low: string, high: string, count: number) => {
    if (low !== high) return `About ${low} to ${high} minutes left`;
    return count === 1 ? `About ${low} minute left` : `About ${high} minutes left`;
  },
  leftHours: (low: string, high: string, count: number) => {
    if (low !== high) return `About ${low} to ${high} hours left`;
    return count === 1 ? `About ${low} hour left` : `About ${high} hours left`;
  },
  saved: (time: string) => `Saved ${time}`,
  gallery: 'Every part on one page',
  undo: 'Undo',
  close: 'Close',
};
