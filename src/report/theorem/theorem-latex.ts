/**
 * A derived theorem in LaTeX: one align* display, the modified equation and then its definitions, that amsmath compiles,
 * KaTeX renders in strict mode, and modeq reads back as a claim.
 */
import type { PrintedPiece } from '../../latex/write/write-box.ts';
import type { Notation } from '../../optimizer/model.ts';
import { rateText } from './rate-text.ts';
import { printDefinitions, printEquation, printFurther, printModifiedLoss, printRange } from './theorem-parts.ts';
import type { PrintedEquation, Theorem } from './theorem-parts.ts';

/** In digits: a line of the article class has 69, one of a page with narrow margins has 94. */
const MARGINS = { width: 94, indent: 2 };

/** The theorem as one display, in the letters of `notation` (the optimizer's own unless others are given). Ends in a newline. */
export function theoremLatex(theorem: Theorem, notation: Notation = theorem.optimizer.notation): string {
  const range = printRange(theorem, notation, 'latex');
  const equation = printEquation(theorem, notation, 'latex', MARGINS);
  const further = printFurther(theorem, notation, 'latex', MARGINS);
  const definitions = printDefinitions(theorem, notation, 'latex', MARGINS).map(each => rows(each));
  const sides = [equation, ...further].map((side, position, all) => {
    // A chain is one statement after the other; the sides of a map are equal up to the order of the map only.
    const left = position === 0 || theorem.form === 'map' ? side.left.text : '';
    return range && position === all.length - 1 ? ranged(side, range, left) : rows(side, left);
  });
  const equations = theorem.form === 'map' ? sides : [sides.flat()];
  const loss = printModifiedLoss(theorem, notation, 'latex', MARGINS);
  const all = [...equations, ...(loss ? [rows(loss)] : []), ...definitions];
  const body = all
    .map((each, position) => `${each.join(' \\\\\n')}${position < all.length - 1 ? ', \\\\\n' : '.\n'}`)
    .join('');
  const rate = theorem.rate ? rateText(theorem.rate) : null;
  return `\\begin{align*}\n${body}\\end{align*}\n${rate === null ? '' : `% ${rate}\n`}${(theorem.notes ?? []).map(note => `% ${note}\n`).join('')}`;
}

/** A further side of a chain of equations has nothing on its left. */
function rows(equation: PrintedEquation, left = equation.left.text): string[] {
  return equation.lines.map((line, position) =>
    position === 0
      ? `  ${left === '' ? '' : `${left} `}&${equation.relation} ${line.text}`
      : `  &${indentation(line.indent)} ${line.text}`,
  );
}

/** Two blanks of math space a step. */
const indentation = (steps: number): string => `${'\\qquad'.repeat(steps >> 1)}${steps % 2 === 1 ? '\\quad' : ''}`;

/** The range stands behind the equation, or on a line of its own where there is no room. */
function ranged(equation: PrintedEquation, range: PrintedPiece, left: string): string[] {
  const [only, ...others] = equation.lines;
  const width = equation.left.width + (only?.width ?? 0) + range.width + 8;
  const all = rows(equation, left);
  if (others.length === 0 && width <= MARGINS.width) return all.map(line => `${line}, \\quad ${range.text}`);
  return [...all.slice(0, -1), `${all.at(-1) ?? ''},`, `  &\\qquad ${range.text}`];
}
