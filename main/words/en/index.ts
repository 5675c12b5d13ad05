export { errors } from './errors.ts';
export { commands } from './commands.ts';
