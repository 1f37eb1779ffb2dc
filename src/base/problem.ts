/**
 * A user's mistake as a value: a stable code, a message, a place and a hint.
 *
 * Inside a room a mistake may travel as a thrown {@link Refusal}; every public function of a room turns it into a
 * {@link Result} with {@link attempt}. A broken invariant of the program is an ordinary Error and is never caught here.
 */
import type { Span } from './span.ts';

export interface Problem {
  /** Stable, kebab-case; listed in docs/reference/problems.md. */
  readonly code: string;
  readonly message: string;
  /** What to do about it, where there is something to say. */
  readonly hint?: string;
  /** A warning changes no verdict and no exit code; what says nothing is an error. */
  readonly severity?: 'warning';
  /** Where in the source; absent where the problem has no place (a missing file). */
  readonly span?: Span;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Carries one problem up to the boundary of a room. */
export class Refusal extends Error {
  readonly problem: Problem;
  /** Without a stack: it says something about the input, and thousands are made where points without a value are looked at. */
  constructor(problem: Problem) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(problem.message);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'Refusal';
    this.problem = problem;
  }
}

/** Throws a refusal; the return type lets it stand in an expression. */
export function refuse(code: string, message: string, span?: Span | null, hint?: string): never {
  throw new Refusal({ code, message, ...(span ? { span } : {}), ...(hint ? { hint } : {}) });
}

export const success = <T>(value: T): Result<T> => ({ ok: true, value });
export const failure = (...problems: Problem[]): Result<never> => ({ ok: false, problems });

/** Runs `action`; a Refusal becomes a failed result, every other error passes on. */
export function attempt<T>(action: () => T): Result<T> {
  try {
    return success(action());
  } catch (error) {
    if (error instanceof Refusal) return failure(error.problem);
    throw error;
  }
}

/** The value; throws the first problem as a Refusal where there is none. */
export function orRefuse<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const [problem] = result.problems;
  if (problem === undefined) throw new Error('a failure has a problem');
  throw new Refusal(problem);
}
