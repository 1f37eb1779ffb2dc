/** A derived theorem as plain text for a terminal, wrapped at 80 columns. */
import type { Notation } from '../../optimizer/model.ts';
import { plainFormulas } from '../text/plain-formulas.ts';
import { wrapLines } from '../text/wrap.ts';
import { rateText } from './rate-text.ts';
import { printDefinitions, printEquation, printFurther, printModifiedLoss, printRange } from './theorem-parts.ts';
import type { PrintedEquation, Theorem } from './theorem-parts.ts';

const MARGINS = { width: 78, indent: 2 };

/** The equation, where it holds, and its definitions, one a paragraph. Ends in a newline. */
export function theoremText(theorem: Theorem, notation: Notation = theorem.optimizer.notation): string {
  const range = printRange(theorem, notation, 'text');
  const equation = paragraph(printEquation(theorem, notation, 'text', MARGINS));
  const further = printFurther(theorem, notation, 'text', MARGINS).map(each => paragraph(each, '   '));
  const definitions = printDefinitions(theorem, notation, 'text', MARGINS).map(each => paragraph(each));
  const validity = range
    ? [`for ${range.text}${definitions.length > 0 ? ', where' : ''}`]
    : definitions.length > 0
      ? ['where']
      : [];
  const loss = printModifiedLoss(theorem, notation, 'text', MARGINS);
  const descent = loss ? ['the gradient flow of the modified loss', paragraph(loss)] : [];
  const rate = theorem.rate ? rateText(theorem.rate) : null;
  const speed = rate === null ? [] : [sentence(rate)];
  const notes = (theorem.notes ?? []).map(sentence);
  return `${[equation, ...further, ...validity, ...definitions, ...descent, ...speed, ...notes].join('\n\n')}\n`;
}

const sentence = (text: string): string => wrapLines(plainFormulas(text), MARGINS.width).join('\n');

function paragraph(equation: PrintedEquation, left = equation.left.text): string {
  return equation.lines
    .map((line, position) =>
      position === 0 ? `${left} ${equation.relation} ${line.text}` : `${'  '.repeat(line.indent + 1)}${line.text}`,
    )
    .join('\n');
}
