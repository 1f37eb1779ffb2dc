/** The library: names only, no logic. Everything here is what the commands use. */
export type { Problem, Result } from './base/problem.ts';
