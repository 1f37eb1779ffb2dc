/**
 * A formula in the common notation of computer algebra programs, for one n: sums over iterations are written out, names
 * become x1, x2, …. It covers closed forms: hyperparameters, h, single gradient components and definitions made of these.
 */
import { type BigNode, COMPONENT, type Definition, type Formula, ITERATION } from '../../src/formula/formula.ts';

export interface Spelling {
  /** The letter for each name, in the order of their first use. */
  readonly letters: Map<string, string>;
  readonly definitions: readonly Definition[];
}

type Indices = ReadonlyMap<string, number>;

/** The formula at iteration n. Throws for what has no place in a closed form. */
export function plainAlgebra(formula: Formula, n: number, spelling: Spelling): string {
  return write(formula, new Map([[ITERATION, n]]), spelling);
}

function write(formula: Formula, indices: Indices, spelling: Spelling): string {
  const inner = (part: Formula): string => write(part, indices, spelling);
  switch (formula.kind) {
    case 'number':
      return formula.value.isInteger() && formula.value.sign() >= 0 ? `${formula.value}` : `(${formula.value})`;
    case 'parameter':
      return letter(formula.name, spelling);
    case 'step':
      return letter('h', spelling);
    case 'index':
      return `(${whole(formula, indices)})`;
    case 'add':
      return `(${formula.terms.map(inner).join('+')})`;
    case 'negate':
      return `(-1*${inner(formula.argument)})`;
    case 'multiply':
      return `(${formula.factors.map(inner).join('*')})`;
    case 'divide':
      return `(${inner(formula.numerator)}/${inner(formula.denominator)})`;
    case 'power':
      return power(formula.base, whole(formula.exponent, indices), inner);
    case 'sum':
      return sum(formula, indices, spelling);
    case 'derivative':
      return gradient(formula, spelling);
    case 'quantity':
      return defined(formula, indices, spelling);
    default:
      throw new Error(`${formula.kind} does not stand in a closed form`);
  }
}

/** |x|² is x²: other programs need not know that. */
function power(base: Formula, exponent: number, inner: (part: Formula) => string): string {
  const bare = base.kind === 'absolute' && exponent % 2 === 0 ? base.argument : base;
  return exponent === 0 ? '1' : `(${inner(bare)}^(${exponent}))`;
}

function sum(formula: BigNode, indices: Indices, spelling: Spelling): string {
  const [from, to] = [whole(formula.lower, indices), whole(formula.upper, indices)];
  const terms: string[] = [];
  for (let at = from; at <= to; at += 1)
    terms.push(write(formula.body, new Map([...indices, [formula.index, at]]), spelling));
  return terms.length === 0 ? '0' : `(${terms.join('+')})`;
}

/** ∇_jE is one more unknown. */
function gradient({ by, argument }: Extract<Formula, { kind: 'derivative' }>, spelling: Spelling): string {
  const [only, ...more] = by;
  if (argument.kind === 'loss' && more.length === 0 && only?.kind === 'index' && only.name === COMPONENT)
    return letter('gradient', spelling);
  throw new Error('only the gradient of component j is an unknown of a closed form');
}

function defined(
  { name, indices: given }: Extract<Formula, { kind: 'quantity' }>,
  indices: Indices,
  spelling: Spelling,
): string {
  const found = spelling.definitions.find(each => each.name === name);
  if (!found) throw new Error(`${name} is not defined`);
  const own = new Map(found.indices.map((formal, at) => [formal, given[at] ? whole(given[at], indices) : 0] as const));
  return write(found.body, new Map([...indices, ...own]), spelling);
}

function letter(name: string, { letters }: Spelling): string {
  const known = letters.get(name) ?? `x${letters.size + 1}`;
  letters.set(name, known);
  return known;
}

function whole(formula: Formula, indices: Indices): number {
  const inner = (part: Formula): number => whole(part, indices);
  switch (formula.kind) {
    case 'number':
      if (formula.value.isInteger()) return formula.value.toNumber();
      break;
    case 'index': {
      const value = indices.get(formula.name);
      if (value !== undefined) return value;
      break;
    }
    case 'add':
      return formula.terms.map(inner).reduce((total, term) => total + term, 0);
    case 'negate':
      return -inner(formula.argument);
    case 'multiply':
      return formula.factors.map(inner).reduce((total, factor) => total * factor, 1);
    default:
      break;
  }
  throw new Error(`a ${formula.kind} is not a whole number here`);
}
