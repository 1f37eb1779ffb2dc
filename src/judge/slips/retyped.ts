/** Writes formulas that are made of typed parts: those keep their text, the rest is written in the letters of the document. */
import type { Span } from '../../base/span.ts';
import { type StepLabels, withAuthorLabels } from '../../document/step-labels.ts';
import type { Formula } from '../../formula/formula.ts';
import { asPopulationMean } from '../../formula/population.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { writeFormula } from '../../latex/write/write-formula.ts';
import { latexStyle } from '../../latex/write/write-latex-style.ts';
import type { Notation } from '../../optimizer/model.ts';
import { foldedSum } from './node-edit.ts';
import { isLoose } from './typed-stretch.ts';

export class Retyped {
  readonly #typed = new Set<Formula>();
  readonly #notation: Notation;
  readonly #labels: StepLabels | null;
  /** The current point as it is written anew, and as it was typed where that is always the same. */
  /** The author writes points in plain letters. */
  readonly #isPlain: boolean;
  readonly #point: { readonly anew: string; readonly typed: string } | null;

  /** `from` is the formula as it was typed. */
  constructor(from: Formula, notation: Notation, labels: StepLabels | null = null) {
    this.#notation = notation;
    this.#labels = labels;
    const waiting = [from];
    const points = new Set<string>();
    const ofPoints: string[] = [];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (node.span) this.#typed.add(node);
      if (node.span && isCurrentPoint(node)) points.add(textOf(node.span));
      if (node.span && node.kind === 'iterate') ofPoints.push(textOf(node.span));
      waiting.push(...children(node));
    }
    this.#isPlain = ofPoints.length > 0 && !ofPoints.some(text => /\\(?:bold|mathbf|bm\b)/.test(text));
    const [point, ...others] = points;
    const anew = latexStyle.point(notation.parameters).text;
    this.#point = point !== undefined && others.length === 0 ? { anew, typed: point } : null;
  }

  /** `holder` is the node around what is written, for which it may be a label. */
  write(formula: Formula, holder: Formula | null = null): string {
    const { span } = formula;
    if (this.#labels !== null && !(span && this.#typed.has(formula)) && isOfLabels(formula))
      return this.#anew(formula, holder);
    if (span && this.#typed.has(formula)) return textOf(span);
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
      case 'sum': {
        const mean = asPopulationMean(formula);
        return mean === null
          ? this.#anew(formula)
          : `\\mathbb E_{${mean.letter}}\\left[${this.write(mean.body)}\\right]`;
      }
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

  #anew(formula: Formula, holder: Formula | null = null): string {
    const counted = this.#labels === null ? formula : withAuthorLabels(formula, this.#labels, holder);
    const text = writeFormula(withFoldedSums(counted), this.#notation, 'latex');
    const short = isOfLabels(formula) ? text.replace(/ ([+-]) /g, '$1') : text;
    const pointed = this.#point ? short.replaceAll(this.#point.anew, this.#point.typed) : short;
    const { parameters } = this.#notation;
    return this.#isPlain ? pointed.replaceAll(`\\boldsymbol{${parameters}}`, parameters) : pointed;
  }
}

/** Whether the letters in it count steps and nothing else is in it: n + 1, whose parts as typed may be called otherwise. */
const isOfLabels = (formula: Formula): boolean =>
  formula.kind === 'index' ||
  (formula.kind === 'add' && formula.terms.every(term => isOfLabels(term) || term.kind === 'number'));

const textOf = ({ source, start, end }: Span): string => source.text.slice(start, end).trim();

const isCurrentPoint = (formula: Formula): boolean => formula.kind === 'iterate' && formula.label === null;

const withFoldedSums = (formula: Formula): Formula =>
  foldedSum(withChildren(formula, children(formula).map(withFoldedSums)));
