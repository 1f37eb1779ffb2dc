/**
 * Formulas in LaTeX and in plain text, in the letters of a notation.
 *
 * What is written in LaTeX is read back as the same formula, up to the nesting of sums and products.
 */
import type { Definition, Formula } from '../../formula/formula.ts';
import { index as letterOf, number } from '../../formula/build.ts';
import { recursionStep } from '../../formula/recursion-step.ts';
import { children } from '../../formula/walk.ts';
import type { Notation } from '../../optimizer/model.ts';
import { isOperatorText } from './differential.ts';
import { latexStyle } from './write-latex-style.ts';
import { LetterBook } from './write-letters.ts';
import type { WrittenFormal } from './write-letters.ts';
import { writeHead } from './write-names.ts';
import { write } from './write-node.ts';
import { Ink } from './write-ink.ts';
import type { CurrentPoint } from './write-ink.ts';
import type { PrintedPiece } from './write-box.ts';
import type { Style } from './write-style.ts';
import { textStyle } from './write-text-style.ts';

export type Format = 'latex' | 'text';

export interface WriteOptions {
  /** How the current point is written; `plain` if left out. */
  readonly current?: CurrentPoint;
}

const styleOf = (format: Format): Style => (format === 'latex' ? latexStyle : textStyle);

/** Everything needed to write `formulas` together in one display. */
export function inkFor(
  formulas: readonly Formula[],
  notation: Notation,
  format: Format,
  options: WriteOptions = {},
  formal: readonly WrittenFormal[] = [],
): Ink {
  const current = options.current ?? 'plain';
  return Ink.of(styleOf(format), LetterBook.of(notation, formulas, formal, current === 'moving'), current);
}

/**
 * One formula. Example: β^{n−k} with β a hyperparameter is `\beta^{n-k}` in LaTeX and `β^{n-k}` in text.
 * Refuses (`too-deep`) what is nested beyond reason.
 */
export function writeFormula(formula: Formula, notation: Notation, format: Format, options: WriteOptions = {}): string {
  return write(formula, inkFor([formula], notation, format, options)).text;
}

/** The two sides of a definition and the sign between them. */
export interface WrittenDefinition {
  readonly left: PrintedPiece;
  readonly relation: string;
  readonly ink: Ink;
  /** What stands on the right. */
  readonly body: Formula;
  /** Of a recursion the first value, with its own left side. */
  readonly start: { readonly left: PrintedPiece; readonly body: Formula } | null;
}

export interface DefinitionStyle {
  readonly asOperators?: boolean;
  readonly withoutPoint?: boolean;
}

/**
 * The left side R_j^{(n)}(θ) of a definition; the point is shown where the body depends on it. With `asOperators` a vector of elementary
 * differentials is R^{(n)}; with `withoutPoint` the current point is written nowhere.
 */
export function writeLeftSide(
  definition: Definition,
  notation: Notation,
  format: Format,
  { asOperators = false, withoutPoint = false }: DefinitionStyle = {},
): WrittenDefinition {
  const formal: WrittenFormal[] = [
    ...definition.indices.map((name, position) => ({ name, sort: definition.indexSorts[position] ?? 'coordinate' })),
    ...definition.labels.map((name): WrittenFormal => ({ name, sort: 'history' })),
  ];
  const withPoint = inkFor([definition.body], notation, format, {}, formal);
  const components = withoutPoint ? withPoint.withoutPoint() : withPoint;
  const [index] = definition.indices;
  const isVector = asOperators && index !== undefined && definition.indices.length === 1;
  const ink = isVector && isOperatorText(definition.body, index) ? components.asOperators(index) : components;
  const { labels, body } = recursionStep(definition);
  const hasPoint = !ink.bare && dependsOnPoint(definition.body);
  const leftAt = (own: readonly Formula[]): PrintedPiece => {
    const head = writeHead(definition.name, definition.indices.map(letterOf), own, ink);
    return hasPoint ? ink.style.apply(head, ink.style.point(notation.parameters)) : head;
  };
  const { recursion } = definition;
  const start =
    recursion === undefined ? null : { left: leftAt([number(recursion.first ?? 0)]), body: recursion.start };
  return { left: leftAt(labels), relation: ink.style.defines, ink, body, start };
}

/** A definition. Example: `M_{j}^{(n)}(\boldsymbol{\theta}) := \nabla_{j} E(\boldsymbol{\theta})`. */
export function writeDefinition(definition: Definition, notation: Notation, format: Format): string {
  const { left, relation, ink, body, start } = writeLeftSide(definition, notation, format);
  const step = `${left.text} ${relation} ${write(body, ink).text}`;
  return start === null ? step : `${step}, ${start.left.text} ${relation} ${write(start.body, ink).text}`;
}

/** Whether the current point occurs: in a loss, a component of θ, or as the argument of another name. */
function dependsOnPoint(formula: Formula): boolean {
  const seen = new Set<Formula>();
  const waiting: Formula[] = [formula];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.kind === 'iterate' && next.label === null) return true;
    waiting.push(...children(next));
  }
  return false;
}
