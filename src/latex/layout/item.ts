/**
 * The layout of a formula: what stands beside, above and inside what, with scripts attached and brackets matched. It
 * still says nothing about meaning; read-formula.ts gives it that.
 */
import type { Span } from '../../base/span.ts';
import type { DelimiterKind } from '../notation/notation-table.ts';

/** A name with its decorations. `\tilde{\boldsymbol\theta}` has core `\theta`, bold, accents [`\tilde`]. */
export interface Name {
  /** A letter, a Greek command or a letter of another alphabet: `m`, `\beta`, `\mathcal{L}`, `\mathrm{lr}`. */
  readonly core: string;
  readonly bold: boolean;
  /** Canonical accent commands, the outermost first. */
  readonly accents: readonly string[];
}

interface Laid {
  readonly span: Span;
  /** The place without a superscript: `\rho` of `\rho^{n}`; null where the rest is not in one piece, as in `\beta^n_1`. */
  readonly inner: Span | null;
  /** Superscript and subscript; null where there is none. */
  readonly sup: readonly Item[] | null;
  readonly sub: readonly Item[] | null;
  readonly primes: number;
}

export interface NumberItem extends Laid {
  readonly kind: 'number';
  readonly text: string;
  readonly bold: boolean;
}
export interface NameItem extends Laid {
  readonly kind: 'name';
  readonly name: Name;
}
/** `+`, `-`, `/`, `,`, `:=`, a relation, `\cdot`, `\odot`, … Scripts on an operator are refused. */
export interface OperatorItem extends Laid {
  readonly kind: 'operator';
  readonly text: string;
}
/** `\nabla`, `\partial`, `\sum`, `\prod`, `\max`, `\min`, `\infty`, `\top`, … */
export interface CommandItem extends Laid {
  readonly kind: 'command';
  readonly text: string;
}
/** A known elementary function, by its name in the tree. */
export interface FunctionItem extends Laid {
  readonly kind: 'function';
  readonly name: string;
}
export interface GroupItem extends Laid {
  readonly kind: 'group';
  readonly delimiter: 'brace' | DelimiterKind;
  readonly items: readonly Item[];
  /** A norm whose bars were typed as two absolute values, one in the other, which it is where a number stands in it. */
  readonly fromSingleBars?: boolean;
}
export interface FractionItem extends Laid {
  readonly kind: 'fraction';
  readonly numerator: readonly Item[];
  readonly denominator: readonly Item[];
}
export interface RootItem extends Laid {
  readonly kind: 'root';
  readonly degree: readonly Item[] | null;
  readonly radicand: readonly Item[];
}
/** `\left. … \right|_{…}` has items; `…|_{…}` after a factor has null. The condition is the subscript. */
export interface EvaluatedItem extends Laid {
  readonly kind: 'evaluated';
  readonly items: readonly Item[] | null;
}
export interface TextItem extends Laid {
  readonly kind: 'text';
  readonly text: string;
}

export type Item =
  | NumberItem
  | NameItem
  | OperatorItem
  | CommandItem
  | FunctionItem
  | GroupItem
  | FractionItem
  | RootItem
  | EvaluatedItem
  | TextItem;

/** The one spelling of a name: accents outside, bold inside: `\tilde{\boldsymbol{\theta}}`, `\bar{P}`, `m`. */
export function spellName(name: Name): string {
  const letter = name.bold ? `\\boldsymbol{${name.core}}` : name.core;
  return name.accents.reduceRight((inner, accent) => `${accent}{${inner}}`, letter);
}

/** Whether the item is this operator without scripts. */
export const isOperator = (item: Item | undefined, text: string): boolean =>
  item !== undefined && item.kind === 'operator' && item.text === text;

/** The spelling of items inside a name: `1` of `\beta_1`, `\max` of `\lambda_{\max}`; null where they are no part of a name. */
export function spellItems(items: readonly Item[]): string | null {
  let spelling = '';
  for (const item of items) {
    const piece = spellItem(item);
    if (piece === null) return null;
    spelling += /\\[A-Za-z]+$/.test(spelling) && /^[A-Za-z]/.test(piece) ? ` ${piece}` : piece;
  }
  return spelling === '' ? null : spelling;
}

/** `x`, `x_1`, `x_{ab}`: the full spelling of one item that is a name, or null. */
export function spellItem(item: Item): string | null {
  if (item.sup !== null) return null;
  const core = spellCore(item);
  if (core === null) return null;
  const primed = core + "'".repeat(item.primes);
  if (item.sub === null) return primed;
  const sub = spellItems(item.sub);
  return sub === null ? null : spellSubscript(primed, sub);
}

/** `\beta` and `1` make `\beta_1`; more than one letter or digit gets braces. */
export function spellSubscript(base: string, sub: string): string {
  return /^(.|\\[A-Za-z]+)$/s.test(sub) ? `${base}_${sub}` : `${base}_{${sub}}`;
}

function spellCore(item: Item): string | null {
  switch (item.kind) {
    case 'name':
      return spellName(item.name);
    case 'number':
      return item.bold ? null : item.text;
    case 'text':
      return `\\mathrm{${item.text}}`;
    case 'command':
      return item.text;
    case 'function':
      return `\\mathrm{${item.name}}`;
    case 'operator':
      return item.text === ',' || item.text === '+' || item.text === '-' || item.text === '*' ? item.text : null;
    case 'group':
    case 'fraction':
    case 'root':
    case 'evaluated':
      return null;
  }
}
