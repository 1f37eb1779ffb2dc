/** Writes formulas that are made of typed parts: those keep their text, the rest is written in the letters of the document. */
import type { Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import { writeFormula } from '../../latex/write/write-formula.ts';
import type { Notation } from '../../optimizer/model.ts';
import { isLoose } from './typed-stretch.ts';

export class Retyped {
  readonly #typed = new Set<Formula>();
  readonly #notation: Notation;

  /** `from` is the formula as it was typed. */
  constructor(from: Formula, notation: Notation) {
    this.#notation = notation;
    const waiting = [from];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (node.span) this.#typed.add(node);
      waiting.push(...children(node));
    }
  }

  write(formula: Formula): string {
    const { span } = formula;
    if (span && this.#typed.has(formula)) return span.source.text.slice(span.start, span.end).trim();
    switch (formula.kind) {
      case 'add':
        return formula.terms
          .map((term, at) => (at === 0 ? this.write(term) : this.nextTerm(term).trimStart()))
          .join(' ');
      case 'negate':
        return `-${this.factor(formula.argument)}`;
      case 'multiply':
        return formula.factors.map(factor => this.factor(factor)).join(' ');
      case 'divide':
        return `\\frac{${this.write(formula.numerator)}}{${this.write(formula.denominator)}}`;
      case 'power':
        return `${this.#base(formula.base)}^{${this.write(formula.exponent)}}`;
      case 'root':
        return formula.degree === 2 ? `\\sqrt{${this.write(formula.radicand)}}` : this.#anew(formula);
      default:
        return this.#anew(formula);
    }
  }

  /** As a factor. */
  factor(formula: Formula): string {
    const text = this.write(formula);
    return isLoose(formula) ? `\\left(${text}\\right)` : text;
  }

  /** With its sign, behind other summands. */
  nextTerm(term: Formula): string {
    if (term.kind !== 'negate') return ` + ${this.write(term)}`;
    const text = this.write(term);
    return text.startsWith('-') ? ` - ${text.slice(1).trimStart()}` : ` - ${this.factor(term.argument)}`;
  }

  #base(formula: Formula): string {
    const text = this.write(formula);
    const isAtom = ['parameter', 'step', 'index', 'number', 'norm', 'absolute'].includes(formula.kind);
    return isAtom ? text : `\\left(${text}\\right)`;
  }

  #anew(formula: Formula): string {
    return writeFormula(formula, this.#notation, 'latex');
  }
}
