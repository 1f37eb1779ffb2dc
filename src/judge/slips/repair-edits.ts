/**
 * What undoes an omission or an exchange: edits that put something in, turn a fraction round, or take 1 − β for β. Suggestions
 * alone search them; a wrong twin is made with the edits of node-edits.ts.
 */
import {
  addition,
  divide,
  multiplication,
  negation,
  number,
  parameter,
  toPower,
  root as rootOf,
  step,
  subtraction,
} from '../../formula/build.ts';
import { ITERATION, type Formula } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { Rational } from '../../number/rational.ts';
import type { FormulaPlace } from '../stated/formula-places.ts';
import { type NodeEdit, powersOf, type EditNames } from './node-edit.ts';

type Of<K extends Formula['kind']> = Extract<Formula, { readonly kind: K }>;
type Sum = Extract<Formula, { readonly kind: 'sum' | 'product' }>;

const one = number(1);
const isOne = (formula: Formula | undefined): boolean => formula?.kind === 'number' && formula.value.isOne();

/** A factor or a divisor more for a summand or a whole side, in front of what stands there. */
export function* summandRepairs(term: Formula, around: EditNames): Generator<NodeEdit> {
  if (term.kind === 'number') return;
  const [positive, wrap] =
    term.kind === 'negate'
      ? [term.argument, (by: Formula): Formula => negation(by)]
      : [term, (by: Formula): Formula => by];
  yield { kind: 'step', description: 'h put in', after: wrap(multiplication(step, positive)) };
  for (const factor of around.factors) {
    yield { kind: 'insert-factor', description: 'factor put in', after: wrap(multiplication(factor, positive)) };
    yield { kind: 'insert-factor', description: 'divisor put in', after: wrap(divide(positive, factor)) };
  }
}

/** The same for the summands of a sum; ε added to it; x for 1 − x. */
function* sumRepairs(node: Of<'add'>, around: EditNames): Generator<NodeEdit> {
  for (const [at, term] of node.terms.entries())
    for (const edit of summandRepairs(term, around))
      yield {
        ...edit,
        description: `summand ${at + 1}: ${edit.description}`,
        after: { ...node, terms: node.terms.with(at, edit.after) },
        focus: { before: term, after: edit.after },
      };
  const [first, second] = node.terms;
  if (node.terms.length === 2 && isOne(first) && second) {
    const bare = second.kind === 'negate' ? second.argument : second;
    if (bare.kind === 'parameter')
      yield { kind: 'complement', description: `1 ∓ ${bare.name} → ${bare.name}`, after: bare };
  }
  yield* addedTerms(node, around);
}

/** x + ε for x. */
function* addedTerms(node: Formula, around: EditNames): Generator<NodeEdit> {
  if (node.kind === 'number' || node.kind === 'parameter') return;
  const terms = node.kind === 'add' ? node.terms : [node];
  for (const name of around.positive) {
    if (terms.some(term => term.kind === 'parameter' && term.name === name)) continue;
    yield {
      kind: 'epsilon',
      description: `${name} added`,
      after: node.kind === 'add' ? { ...node, terms: [...terms, parameter(name)] } : addition(node, parameter(name)),
    };
  }
}

/** An edit of one child, seen as an edit of the node. */
function* ofChild(node: Formula, child: Formula, edits: Iterable<NodeEdit>): Generator<NodeEdit> {
  const parts = children(node);
  const at = parts.indexOf(child);
  for (const edit of edits)
    yield {
      ...edit,
      after: withChildren(node, parts.with(at, edit.after)),
      focus: { before: child, after: edit.after },
    };
}

const HOLDS_SQUARES: ReadonlySet<Formula['kind']> = new Set([
  'power',
  'absolute',
  'derivative',
  'sum',
  'quantity',
  'multiply',
]);

/** Every exchange of two hyperparameters within a part. */
function* exchanges(node: Formula, { unit }: EditNames): Generator<NodeEdit> {
  const present = new Set<string>();
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.kind === 'parameter') present.add(next.name);
    waiting.push(...children(next));
  }
  for (const [at, x] of unit.entries())
    for (const y of unit.slice(at + 1))
      if (present.has(x) && present.has(y))
        yield { kind: 'swap', description: `${x} ↔ ${y}`, after: exchanged(node, x, y) };
}

function exchanged(node: Formula, x: string, y: string): Formula {
  if (node.kind === 'parameter')
    return node.name === x ? { ...node, name: y } : node.name === y ? { ...node, name: x } : node;
  const parts = children(node);
  const changed = parts.map(part => exchanged(part, x, y));
  return changed.every((part, at) => part === parts[at]) ? node : withChildren(node, changed);
}

function* lossRepairs(node: Of<'loss'>, { letters }: FormulaPlace): Generator<NodeEdit> {
  if (node.batch !== null) return;
  for (const [name, sort] of letters)
    if (sort === 'history' && name !== ITERATION)
      yield {
        kind: 'batch',
        description: `E → E_${name}`,
        after: { ...node, batch: { kind: 'index', span: null, name } },
      };
}

function* numberRepairs(node: Of<'number'>): Generator<NodeEdit> {
  for (const by of [1, -1]) {
    const value = node.value.add(Rational.of(by));
    if (value.sign() > 0 && !node.value.isOne())
      yield { kind: 'number', description: `${node.value} → ${value}`, after: number(value) };
  }
}

/** Numbers within exponents: the halves of 3/2, the 2 of β^{2n}. */
function* exponentNumbers(node: Of<'number'>): Generator<NodeEdit> {
  if (node.value.isOne()) return;
  for (const value of [node.value.multiply(Rational.of(2)), node.value.divide(Rational.of(2))])
    if (value.isInteger()) yield { kind: 'exponent', description: `${node.value} → ${value}`, after: number(value) };
  for (const edit of numberRepairs(node)) yield { ...edit, kind: 'exponent' };
}

/** What undoes an omission at this place. */
export function* repairEdits(place: FormulaPlace, around: EditNames): Generator<NodeEdit> {
  const { node, role, path } = place;
  if (node.kind === 'loss') yield* lossRepairs(node, place);
  if (role === 'exponent' && node.kind === 'number') yield* exponentNumbers(node);
  if (role !== 'value') return;
  if (path.length === 0) {
    if (node.kind !== 'add') yield* summandRepairs(node, around);
    yield* exchanges(node, around);
  }
  switch (node.kind) {
    case 'add':
      yield* sumRepairs(node, around);
      for (const term of node.terms) yield* ofChild(node, term, exchanges(term, around));
      return;
    case 'multiply':
      for (const factor of node.factors) {
        if (HOLDS_SQUARES.has(factor.kind)) yield* ofChild(node, factor, addedTerms(factor, around));
        if (factor.kind === 'add') yield* ofChild(node, factor, exchanges(factor, around));
      }
      return;
    case 'divide':
      yield { kind: 'drop-factor', description: 'divisor dropped', after: node.numerator };
      if (!isOne(node.numerator))
        yield {
          kind: 'fraction',
          description: 'fraction turned round',
          after: divide(node.denominator, node.numerator),
        };
      if (node.denominator.kind !== 'add') yield* ofChild(node, node.denominator, addedTerms(node.denominator, around));
      yield* exchanges(node, around);
      return;
    case 'root':
      yield { kind: 'exponent', description: 'root dropped', after: node.radicand };
      if (node.radicand.kind !== 'add') yield* ofChild(node, node.radicand, summandRepairs(node.radicand, around));
      return;
    case 'power':
      yield { kind: 'exponent', description: 'power dropped', after: node.base };
      if (HOLDS_SQUARES.has(node.base.kind)) yield* ofChild(node, node.base, addedTerms(node.base, around));
      return;
    case 'sum':
      yield* ofChild(node, node.body, dependentRepairs(node, around));
      return;
    case 'number':
      yield* numberRepairs(node);
      return;
    case 'parameter':
      if (around.unit.includes(node.name))
        yield { kind: 'complement', description: `${node.name} → 1 − ${node.name}`, after: subtraction(one, node) };
      return;
    case 'absolute':
    case 'derivative':
      yield* powersOf(node);
      return;
    case 'norm':
      yield* powersOf(node);
      yield { kind: 'epsilon', description: 'root put around', after: rootOf(node) };
      if (node.order === 1 && node.perturbation === null)
        for (const name of around.positive)
          yield { kind: 'epsilon', description: `${name} put in`, after: { ...node, perturbation: parameter(name) } };
      return;
    default:
      return;
  }
}

/** Factors that depend on the summed letter: those outside of the sum are put in there. */
function* dependentRepairs(node: Sum, around: EditNames): Generator<NodeEdit> {
  if (node.sort !== 'history' || node.body.kind === 'add') return;
  for (const name of around.unit)
    yield {
      kind: 'insert-factor',
      description: `power of ${name} put in`,
      after: multiplication(
        toPower(parameter(name), subtraction(node.upper, { kind: 'index', span: null, name: node.index })),
        node.body,
      ),
    };
}
