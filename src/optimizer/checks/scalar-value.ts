/** A formula of numbers, hyperparameters and n in Float64, for h → 0. */
import { elementaryFunction } from '../../formula/elementary.ts';
import { type Formula, ITERATION } from '../../formula/formula.ts';

/** Null where something else stands in it, as a state, a gradient or a schedule, or where it has no value. */
export function scalarValue(formula: Formula, n: number, parameter: (name: string) => number): number | null {
  const value = evaluate(formula, n, parameter);
  return Number.isFinite(value) ? value : null;
}

function evaluate(formula: Formula, n: number, parameter: (name: string) => number): number {
  const inner = (part: Formula): number => evaluate(part, n, parameter);
  switch (formula.kind) {
    case 'number':
      return formula.value.toNumber();
    case 'parameter':
      return parameter(formula.name);
    case 'step':
      return 0;
    case 'index':
      return formula.name === ITERATION ? n : Number.NaN;
    case 'add':
      return formula.terms.reduce((sum, term) => sum + inner(term), 0);
    case 'negate':
      return -inner(formula.argument);
    case 'multiply':
      return formula.factors.reduce((product, factor) => product * inner(factor), 1);
    case 'divide':
      return inner(formula.numerator) / inner(formula.denominator);
    case 'power':
      return inner(formula.base) ** inner(formula.exponent);
    case 'root':
      return inner(formula.radicand) ** (1 / formula.degree);
    case 'absolute':
      return Math.abs(inner(formula.argument));
    case 'extremum':
      return Math[formula.which](...formula.arguments.map(inner));
    case 'call':
      return formula.derivative === 0
        ? (elementaryFunction(formula.name)?.float(inner(formula.argument)) ?? Number.NaN)
        : Number.NaN;
    default:
      return Number.NaN;
  }
}
