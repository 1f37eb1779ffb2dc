/** `% !modeq optimizer ID continue`: a display that goes on with the rows of the optimizer ID. */
import type { Problem } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Annotation } from './annotation.ts';
import type { Entry } from './entry.ts';

/** Adds the formulas, and what the comment declares, to the optimizer of `entries` that they belong to. */
export function continueEntry(
  annotation: Annotation,
  bodies: readonly Span[],
  entries: Entry[],
  problems: Problem[],
): void {
  const id = annotation.id?.text ?? '';
  const at = entries.findIndex(entry => entry.annotation.kind === 'optimizer' && entry.id === id);
  const begun = entries[at];
  if (!begun) {
    const near = entries.filter(entry => entry.annotation.kind === 'optimizer').map(entry => entry.id);
    problems.push(...annotation.problems, {
      code: 'nothing-to-continue',
      message: `there is no optimizer ${id} before this one that it could continue`,
      hint:
        near.length === 0
          ? `The first display has "!modeq optimizer ${id}", without "continue".`
          : `Before it stand ${near.join(', ')}.`,
      span: annotation.id?.span ?? annotation.span,
    });
    return;
  }
  entries[at] = {
    ...begun,
    continued: true,
    more: [...begun.more, ...bodies],
    annotation: {
      ...begun.annotation,
      keys: [...begun.annotation.keys, ...annotation.keys],
      wheres: [...begun.annotation.wheres, ...annotation.wheres],
      problems: [...begun.annotation.problems, ...annotation.problems],
    },
  };
}
