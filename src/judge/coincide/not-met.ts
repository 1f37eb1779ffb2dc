/**
 * Why samples that agree support nothing: what is typed may turn where two things coincide, and samples do not get there. Asked
 * where nothing is proved and nothing was found.
 */
import { index, parameter } from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import { writeFormula } from '../../latex/write/write-formula.ts';
import { isAlongRuns } from '../../notation/kinds.ts';
import { nodes } from '../../optimizer/replace.ts';
import type { Notation } from '../../optimizer/model.ts';
import type { Question } from '../question.ts';
import type { QuestionTask } from '../question-task.ts';
import { integersOf } from '../search/integer-grid.ts';
import { isSearched } from '../search/search.ts';
import { constantsOf } from '../stated/constants.ts';
import { statedFormulas, withDefinitions } from '../stated/stated-formulas.ts';
import { conditionsOf } from '../unsupported.ts';
import { jointZeros } from './joint-zeros.ts';
import { besideIntegers, freeIntegers, lettersTogether, type ValuesRead, valuesReadBy } from './letters-of.ts';

type Asked = Pick<QuestionTask, 'claim' | 'statement' | 'optimizer' | 'other' | 'declarations'>;

/** The first thing that was not met; null where there is none. */
export function notMet(asked: Asked, question: Question): string | null {
  const { claim, statement } = asked;
  const formulas = statedFormulas(asked);
  const definitions = [...claim.definitions, ...(asked.optimizer?.quantities ?? [])];
  const known = { definitions, declarations: question.space.declarations };
  const isGoneTo = (part: Formula): boolean =>
    isSearched({ statement, question }) && integersOf(part, question.space) !== null && isPlainProduct(part);
  const zero = jointZeros(formulas, known).find(part => !isGoneTo(part));
  if (zero) return `it was not looked at where ${writeFormula(zero, claim.notation, 'latex')} = 0`;
  if (isAlongRuns(statement)) return atKink(formulas, claim) ?? beyondRuns(asked, question);
  return question.relation === '=' ? null : jointGap(asked);
}

/** Runs start where they were drawn: a value of the point under a sign, a bar, max or min is zero at none of them. */
function atKink(formulas: readonly Formula[], { definitions, notation }: Asked['claim']): string | null {
  for (const node of formulas.flatMap(formula => [...nodes(formula)])) {
    const argument = node.kind === 'absolute' || (node.kind === 'call' && node.name === 'sign') ? node.argument : null;
    if (argument !== null && valuesReadBy([argument], definitions).others)
      return `it was not looked at where ${writeFormula(argument, notation, 'latex')} = 0`;
    if (node.kind === 'extremum' && valuesReadBy([node], definitions).others)
      return `it was not looked at where two of what stands under ${node.which === 'max' ? '\\max' : '\\min'} are equal`;
  }
  return null;
}

/** np − 12 has all its zeros and both its signs at integers that are searched; 1 − (n − 7)² − (p − 8)² may be positive at one point. */
const isPlainProduct = (part: Formula): boolean =>
  [...nodes(part)].every(
    ({ kind }) => kind !== 'power' && kind !== 'absolute' && kind !== 'extremum' && kind !== 'call',
  );

/** An inequality between several integers, or integers and hyperparameters, with numbers beside them: (n − 27)² + (β − ρ)² > 0. */
function jointGap({ claim, statement }: Asked): string | null {
  const sides = withDefinitions([statement.left, statement.right], claim.definitions);
  const read = valuesReadBy(sides, claim.definitions);
  const own: ValuesRead = { ...read, integers: freeIntegers(sides, read) };
  const compared = conditionsOf(claim, statement).flatMap(({ comparisons }) =>
    comparisons.flatMap(({ left, right }) => [left, right]),
  );
  if (sumsCoordinates(sides)) {
    const [first] = valuesReadBy([...sides, ...compared], claim.definitions).numbers;
    return first === undefined
      ? null
      : `it was not looked at wherever ${claim.notation.dimension} and equal components coincide beside ${first.toString()}`;
  }
  const [first] = besideIntegers([...sides, ...compared], claim.definitions);
  return first === undefined || own.integers.size === 0 || lettersTogether(own) < 2
    ? null
    : `it was not looked at wherever ${listed(own, claim.notation)} coincide beside ${first.toString()}`;
}

const sumsCoordinates = (formulas: readonly Formula[]): boolean =>
  formulas.some(formula =>
    [...nodes(formula)].some(
      node => node.kind === 'norm' || ((node.kind === 'sum' || node.kind === 'product') && node.sort === 'coordinate'),
    ),
  );

function listed({ integers, scalars, others }: ValuesRead, notation: Notation): string {
  const names = [...integers].map(name => writeFormula(index(name), notation, 'latex'));
  const all = [...names, ...[...scalars].map(name => writeFormula(parameter(name), notation, 'latex'))];
  return [...all, ...(others ? ['the rest'] : [])].join(', ');
}

/** Runs are short: what is typed beside n or a label may begin after their end. */
function beyondRuns(asked: Asked, { space: { largestN } }: Question): string | null {
  if (largestN === undefined) return null;
  const { claim, statement } = asked;
  const compared = conditionsOf(claim, statement).flatMap(({ comparisons }) => comparisons);
  const formulas = withDefinitions([statement.left, statement.right], claim.definitions);
  const { history, coordinates } = constantsOf(
    formulas,
    compared.map(({ left, right }) => [left, right]),
  );
  const under = formulas.flatMap(formula => [...nodes(formula)].filter(isUnder));
  const read = valuesReadBy([...under, ...compared.flatMap(({ left, right }) => [left, right])], claim.definitions);
  const numbers = read.integers.size === 0 ? [] : read.numbers.map(each => Math.abs(each.toNumber()));
  // min(k, n − k) − 3 changes its sign at n = 6.
  const largest = Math.max(0, ...history, ...coordinates, ...numbers);
  const { iteration } = claim.notation;
  return 2 * largest > largestN
    ? `it was not looked at beyond ${iteration} = ${largestN}, and ${largest} is typed beside a label`
    : null;
}

/** Under which integers decide. */
const isUnder = (node: Formula): boolean =>
  node.kind === 'absolute' || node.kind === 'extremum' || (node.kind === 'call' && node.name === 'sign');
