/** What stands beside what in the formulas of a statement, where it depends on n: terms of sums, and 1 beside what moves a value from it. */
import { ARITHMETIC_KINDS, setOfKinds } from '../../../formula/arithmetic.ts';
import { addition, index, multiplication, number, subtraction } from '../../../formula/build.ts';
import { COMPONENT, type Definition, type Formula, ITERATION } from '../../../formula/formula.ts';
import { substituteLetters } from '../../../formula/substitute.ts';
import { nodes } from '../../../optimizer/replace.ts';
import type { QuestionTask } from '../../question-task.ts';
import { atEnds } from '../../stated/at-ends.ts';
import { formulaKey } from '../../stated/formula-key.ts';
import { statedFormulas } from '../../stated/stated-formulas.ts';

export interface Beside {
  readonly parts: readonly Formula[];
  /** Whether the parts have values at any n, however large. */
  readonly isClosed: boolean;
  /** Of tanh x, the part x: beside 1 stands e^{−2|x|}. */
  readonly isExponent: boolean;
  /** Of exp x and cosh x, whose distance from 1 is x or x²/2. */
  readonly isSquared: boolean;
}

type Asked = Pick<QuestionTask, 'claim' | 'statement' | 'optimizer' | 'other'>;

const OPEN: ReadonlySet<Formula['kind']> = new Set(['sum', 'product', 'quantity', 'schedule']);
const FIXED = setOfKinds(...ARITHMETIC_KINDS, 'parameter', 'call');

export function besidesOf(asked: Asked): readonly Beside[] {
  const { statement } = asked;
  const gap = statement.kind === 'identity' ? [subtraction(statement.left, statement.right)] : [];
  const definitions = definitionsOf(asked);
  const found = new Map<string, Beside>();
  for (const formula of [...statedFormulas(asked), ...gap])
    for (const { node } of atEnds(withoutFormal(formula, definitions)))
      for (const beside of besidesIn(node))
        if (beside.parts.some(dependsOnN)) found.set(beside.parts.map(formulaKey).join('|'), beside);
  return [...found.values()];
}

/** All that a statement may reach by a name. */
export const definitionsOf = ({ claim, other, optimizer }: Asked): readonly Definition[] => [
  ...claim.definitions,
  ...(other?.claim.definitions ?? []),
  ...(optimizer?.quantities ?? []),
];

/** What multiplies or is added in the rows of the optimizer and is the same at every n: its powers are what a state becomes. */
export function fixedFactorsOf({ statement, optimizer }: Asked): readonly Formula[] {
  if (optimizer === null || statement.kind === 'identity' || statement.kind === 'given-quantity') return [];
  const rows = [optimizer.update, ...optimizer.states.map(({ right }) => right)];
  return rows.flatMap(row =>
    [...nodes(row)].flatMap(node => {
      if (node.kind === 'multiply') return [multiplication(...node.factors.filter(isFixed))];
      return isFixed(node) ? [node] : [];
    }),
  );
}

const isFixed = (formula: Formula): boolean => {
  const all = [...nodes(formula)];
  return all.every(({ kind }) => FIXED.has(kind)) && all.some(({ kind }) => kind === 'parameter');
};

function besidesIn(node: Formula): Beside[] {
  switch (node.kind) {
    case 'add':
      return [beside(summands(node))];
    case 'power':
      return dependsOnN(node.exponent) ? [fromOne(multiplication(node.exponent, fromOneBy(node.base)))] : [];
    case 'product':
      return [node.lower, node.upper].map(end => {
        const factor = substituteLetters(node.body, new Map([[node.index, end]]));
        return fromOne(multiplication(addition(node.upper, number(1)), fromOneBy(factor)));
      });
    case 'call':
      if (node.name === 'tanh') return [{ ...beside([node.argument]), isExponent: true }];
      return ['exp', 'cosh', 'cos'].includes(node.name) ? [{ ...fromOne(node.argument), isSquared: true }] : [];
    default:
      return [];
  }
}

const fromOneBy = (formula: Formula): Formula => subtraction(formula, number(1));
const fromOne = (part: Formula): Beside => beside([number(1), part]);
const beside = (parts: readonly Formula[]): Beside => ({
  parts,
  isClosed: parts.every(part => [...nodes(part)].every(({ kind }) => !OPEN.has(kind))),
  isExponent: false,
  isSquared: false,
});

function summands(formula: Formula): Formula[] {
  if (formula.kind === 'add') return formula.terms.flatMap(summands);
  return formula.kind === 'negate' ? summands(formula.argument) : [formula];
}

const dependsOnN = (formula: Formula): boolean =>
  [...nodes(formula)].some(node => (node.kind === 'index' && node.name === ITERATION) || node.kind === 'quantity');

/** The body of a definition with n for the labels that it is given, and j for coordinates; any other formula as it is. */
function withoutFormal(formula: Formula, definitions: readonly Definition[]): Formula {
  const definition = definitions.find(({ body }) => body === formula);
  if (definition === undefined) return formula;
  const { labels, indices, indexSorts } = definition;
  return substituteLetters(
    formula,
    new Map([
      ...labels.map(name => [name, index(ITERATION)] as const),
      ...indices.map((name, at) => [name, index(indexSorts[at] === 'history' ? ITERATION : COMPONENT)] as const),
    ]),
  );
}
