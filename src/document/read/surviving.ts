/** Where the program itself is wrong about one entry of a document, the others are read all the same. */
import { type Problem, Refusal } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { TimeLimitReached } from '../../base/work.ts';

/** The code of a broken invariant of the program; it makes exit code 4. */
export const INTERNAL_ERROR = 'internal-error';

/** What `action` gives; where it throws anything but the end of the time, what `crashed` makes of a problem that says so. */
export function surviving<T>(span: Span, action: () => T, crashed: (problem: Problem) => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof TimeLimitReached) throw error;
    if (error instanceof Refusal) return crashed({ span, ...error.problem });
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return crashed({
      code: 'internal-error',
      message: `internal error: ${text}`,
      hint: 'This is a mistake in modeq, not in your input; please report it.',
      span,
    });
  }
}
