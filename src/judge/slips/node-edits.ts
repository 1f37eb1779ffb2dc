/**
 * The table of small mistakes: what a slip of the pen makes of one node. Wrong twins are made with it, and suggestions
 * search it backwards. Purely mechanical; whether an edit changes the meaning is for the judge to find out.
 */
import { addition, index, multiplication, negation, number } from '../../formula/build.ts';
import { ITERATION, type Formula, type IndexSort } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import { type NodeEdit, powersOf, shifted, type EditNames } from './node-edit.ts';
import { repairEdits } from './repair-edits.ts';
import type { FormulaPlace } from '../stated/formula-places.ts';

const negated = (formula: Formula): Formula => (formula.kind === 'negate' ? formula.argument : negation(formula));
const half = number(Rational.of(1, 2));
const scaled = (by: Formula, formula: Formula): Formula =>
  formula.kind === 'negate' ? negation(multiplication(by, formula.argument)) : multiplication(by, formula);
const signed = (by: number): string => (by < 0 ? `− ${-by}` : `+ ${by}`);

/** Sign, ½ and 2 of a whole summand or body. */
export function* valueEdits(formula: Formula): Generator<NodeEdit> {
  if (formula.kind === 'number' && formula.value.isZero()) return;
  yield { kind: 'sign', description: 'sign flipped', after: negated(formula) };
  yield { kind: 'half', description: 'times ½', after: scaled(half, formula) };
  yield { kind: 'double', description: 'times 2', after: scaled(number(2), formula) };
}

function* termEdits(node: Extract<Formula, { kind: 'add' }>, place: FormulaPlace): Generator<NodeEdit> {
  for (const [at, term] of node.terms.entries()) {
    const rest = node.terms.toSpliced(at, 1);
    const only = rest.length === 1 ? rest[0] : undefined;
    yield {
      kind: 'drop-term',
      description: `summand ${at + 1} dropped`,
      after: only ?? { ...node, terms: rest },
      focus: { before: term, after: null },
    };
    const edits =
      place.role === 'value'
        ? valueEdits(term)
        : [{ kind: 'sign' as const, description: 'sign flipped', after: negated(term) }];
    for (const edit of edits)
      yield {
        ...edit,
        description: `summand ${at + 1}: ${edit.description}`,
        after: { ...node, terms: node.terms.with(at, edit.after) },
        focus: { before: term, after: edit.after },
      };
  }
}

function* factorEdits(node: Extract<Formula, { kind: 'multiply' }>): Generator<NodeEdit> {
  for (const [at, factor] of node.factors.entries()) {
    const rest = node.factors.toSpliced(at, 1);
    const only = rest.length === 1 ? rest[0] : undefined;
    yield {
      kind: 'drop-factor',
      description: `factor ${at + 1} dropped`,
      after: only ?? { ...node, factors: rest },
      focus: { before: factor, after: null },
    };
  }
}

function* exponentEdits(node: Extract<Formula, { kind: 'power' }>): Generator<NodeEdit> {
  for (const by of [1, -1, 2, -2]) {
    const exponent = shifted(node.exponent, by);
    const isOne = exponent.kind === 'number' && exponent.value.isOne();
    yield { kind: 'exponent', description: `exponent ${signed(by)}`, after: isOne ? node.base : { ...node, exponent } };
  }
}

function* boundEdits(node: Extract<Formula, { kind: 'sum' | 'product' }>): Generator<NodeEdit> {
  // E_{-1} and the coordinates 0 and p+1 do not exist, so these bounds have no meaning to be wrong about.
  const fixedLower = node.lower.kind === 'number';
  const lower = fixedLower ? [1] : [1, -1];
  const upper = node.sort === 'coordinate' ? [-1] : [1, -1];
  for (const by of lower)
    yield {
      kind: 'bound',
      description: `lower bound of ${node.index} ${signed(by)}`,
      after: { ...node, lower: shifted(node.lower, by) },
    };
  for (const by of upper)
    yield {
      kind: 'bound',
      description: `upper bound of ${node.index} ${signed(by)}`,
      after: { ...node, upper: shifted(node.upper, by) },
    };
}

const display = (letter: string): string => letter.replace(/^#/, '');

function* indexEdits(
  node: Extract<Formula, { kind: 'index' }>,
  place: FormulaPlace,
  breadth: EditNames['breadth'],
): Generator<NodeEdit> {
  const own: IndexSort | undefined =
    place.role === 'coordinate' ? 'coordinate' : place.role === 'history' ? 'history' : place.letters.get(node.name);
  if (own === undefined) return;
  for (const [letter, sort] of place.letters) {
    if (letter === node.name || sort !== own) continue;
    yield {
      kind: own === 'coordinate' ? 'component' : 'history',
      description: `${display(node.name)} → ${display(letter)}`,
      after: { ...node, name: letter },
    };
  }
  if (own === 'history' && (node.name === ITERATION || breadth === 'suggestions')) {
    for (const by of [1, -1])
      yield {
        kind: 'shift',
        description: `${display(node.name)} → ${display(node.name)} ${signed(by)}`,
        after: shifted(index(node.name), by),
      };
  }
}

const isParameter = (formula: Formula, names: readonly string[]): boolean =>
  formula.kind === 'parameter' && names.includes(formula.name);

/** ε dropped is a dropped summand; here it is put in, or moved out of the root. */
function* epsilonEdits(node: Extract<Formula, { kind: 'root' }>, around: EditNames): Generator<NodeEdit> {
  const { radicand } = node;
  const summands = radicand.kind === 'add' ? radicand.terms : [radicand];
  for (const name of around.positive) {
    const parameter: Formula = { kind: 'parameter', span: null, name };
    const inside = summands.find(term => isParameter(term, [name]));
    if (!inside) {
      yield {
        kind: 'epsilon',
        description: `${name} added under the root`,
        after: { ...node, radicand: addition(radicand, parameter) },
      };
      continue;
    }
    const rest = summands.filter(term => term !== inside);
    const only = rest.length === 1 ? rest[0] : undefined;
    if (rest.length > 0)
      yield {
        kind: 'epsilon',
        description: `${name} moved out of the root`,
        after: addition({ ...node, radicand: only ?? addition(...rest) }, parameter),
      };
  }
}

/** All edits of one node at its place; none for a node in a role where the edit has no sense (half an index). */
export function* nodeEdits(place: FormulaPlace, around: EditNames): Generator<NodeEdit> {
  const { node, role } = place;
  const wide = around.breadth === 'suggestions';
  if (wide) yield* repairEdits(place, around);
  switch (node.kind) {
    case 'add':
      if (role === 'value' || role === 'exponent') yield* termEdits(node, place);
      return;
    case 'multiply':
      if (role === 'value') yield* factorEdits(node);
      return;
    case 'number':
      if (role !== 'value' || node.value.isZero()) return;
      yield {
        kind: 'double',
        description: `${node.value} → ${node.value.multiply(Rational.of(2))}`,
        after: number(node.value.multiply(Rational.of(2))),
      };
      yield {
        kind: 'half',
        description: `${node.value} → ${node.value.divide(Rational.of(2))}`,
        after: number(node.value.divide(Rational.of(2))),
      };
      return;
    case 'power':
      if (role === 'value') yield* exponentEdits(node);
      return;
    case 'sum':
    case 'product':
      yield* boundEdits(node);
      return;
    case 'index':
      yield* indexEdits(node, place, around.breadth);
      return;
    case 'parameter':
      for (const name of around.scalars)
        if (name !== node.name)
          yield { kind: 'parameter', description: `${node.name} → ${name}`, after: { ...node, name } };
      return;
    case 'root':
      yield* epsilonEdits(node, around);
      return;
    case 'quantity':
      for (const name of around.namesLike(node.name))
        yield { kind: 'name', description: `${node.name} → ${name}`, after: { ...node, name } };
      if (role === 'value') yield* powersOf(node);
      return;
    case 'absolute':
    case 'negate':
      if (role === 'value') yield { kind: 'sign', description: 'sign dropped', after: node.argument };
      return;
    default:
      return;
  }
}
