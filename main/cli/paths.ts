import { dirname, isAbsolute, join, resolve } from 'node:path';

/** Relative FILEs stand against the caller's folder, which npm keeps in INIT_CWD. */
export function callerPath(file: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
}

/** Paths inside a plan stand against the plan. */
export function besidePlan(plan: string, file: string): string {
  return isAbsolute(file) ? file : join(dirname(plan), file);
}
