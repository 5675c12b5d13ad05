export { errors } from './errors.ts';
export { commands } from './commands.ts';
export { charts } from './charts.ts';
export { screens } from './screens.ts';
export { problems, proposals } from './problems.ts';
export { protect } from './protect.ts';
export { report } from './report.ts';
export { demo } from './demo.ts';
export { review } from './review.ts';
