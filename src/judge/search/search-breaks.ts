/**
 * Searches beside the places at which a statement breaks: zeros of what stands under a sign, a bar, max or min, of what is
 * compared in its conditions and, for an equivalence, of the difference of its sides. Both sides of such a zero are looked at
 * ever nearer, and the zero itself where it is rational. One that a sign may have and that was not met leaves it open.
 */
import { SeededNumbers } from '../../base/seeded-numbers.ts';
import { subtraction } from '../../formula/build.ts';
import { DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';
import { writeFormula } from '../../latex/write/write-formula.ts';
import { Rational } from '../../number/rational.ts';
import { Program } from '../../evaluate/program/program.ts';
import { compareSides } from '../numeric/compare-sides.ts';
import { Draw, drawSample } from '../sample/draw-sample.ts';
import { formulaKey } from '../stated/formula-key.ts';
import { integersAllowed } from '../stated/integer-conditions.ts';
import { isInOrder } from '../stated/sure-order.ts';
import { withDefinitions } from '../stated/stated-formulas.ts';
import type { Sample } from '../sample/sample.ts';
import { type Adjustable, lettersAt } from '../satisfy/adjustable.ts';
import { madeZero } from '../satisfy/make-zero.ts';
import { isNowhereZero } from '../satisfy/nowhere-zero.ts';
import { conditionsOf } from '../unsupported.ts';
import { type Break, breaksOf, isReached } from './breaks-of.ts';
import { crossingsOf } from './far-crossings.ts';
import { descend } from './descend.ts';
import { type Height, type Heights, heightsOf, negated } from './height.ts';
import { type AlsoAt, integersOf, isNowhereZeroAffine, zerosOnGrid } from './integer-grid.ts';
import { isZeroBetween } from './meet/between-integers.ts';
import { atClosedEnds, isTouch } from './meet/meeting.ts';
import type { Noted, Searched, SearchTask } from './search-task.ts';
import { simplified } from './simple-values.ts';
import { settableNumbers, withoutAnything } from './variables.ts';

const NOTHING: Searched = { found: null, open: null };
const MOST_BREAKS = 12;
const STARTS = 5;
/** Places at which what breaks has one sign. */
const EITHER_SIGN = 2;
/** Halvings of the way across a zero. */
const HALVINGS = 60;
/** Sizes at which a zero that ranges exclude is excluded. */
const SIZES = [0, 1, 2, 3, 5, 12, 40] as const;
const DIMENSIONS = [1, 2, 5] as const;
const HALF = Rational.of(1, 2);

export function searchBreaks(task: SearchTask, noted: Noted): Searched {
  for (const each of breaksOf(task).slice(0, MOST_BREAKS)) {
    const searched = searchBreak(each, task);
    if (searched.found) return searched;
    noted.open ??= searched.open;
  }
  return { found: null, open: noted.open };
}

function searchBreak(own: Break, task: SearchTask): Searched {
  const { question, claim } = task;
  const { formula, isNeeded } = own;
  const { space } = question;
  const program = new Program({ definitions: claim.definitions, declarations: space.declarations });
  const free = integersOf(formula, space);
  const text = `it was not looked at where ${writeFormula(formula, claim.notation, 'latex')} = 0`;
  if (free !== null) return atIntegers(formula, free, program, isNeeded ? text : null, task);
  if (isNeeded && isExcluded(formula, task)) return NOTHING;
  let isMet = false;
  let maybe = false;
  // A zero that no digits tell to be one is another one than those that were met.
  let remains = false;
  const isUntold = untoldBy(formula, program, task);
  const reaches = (sample: Sample): boolean => isReached(own, sample);
  /** A violation at one of these zeros. */
  const violatedAt = (zeros: readonly Sample[]): Sample | null => {
    for (const zero of zeros) {
      if (!task.holds(zero) || !reaches(zero)) continue;
      const { kind } = compareSides(question, zero, task.digits);
      if (kind === 'differ') return zero;
      if (kind !== 'unusable') isMet = true;
      else if (isUntold(zero)) remains = true;
    }
    return null;
  };
  const starts = task.samples.filter(reaches).slice(0, STARTS);
  const settable = withDefinitions([formula], claim.definitions);
  // These are cheap, and the work may end before the others.
  for (const start of starts) {
    const variables = settableNumbers(settable, space, start, start.theta.length);
    const ends = isNeeded ? [...atClosedEnds(start, variables)].filter(isUntold) : [];
    const found = violatedAt(ends);
    if (found) return { found, open: null };
    if (remains) return { found: null, open: text };
  }
  for (const start of starts) {
    const across = acrossZero(formula, program, start, own, task);
    if (across === null) continue;
    for (const sample of across.samples)
      if (task.holds(sample) && differs(task, sample)) return { found: sample, open: null };
    const found = violatedAt(across.zeros);
    if (found) return { found, open: null };
    maybe = true;
  }
  return { found: null, open: isNeeded && ((maybe && !isMet) || remains) ? text : null };
}

const differs = ({ question, digits }: SearchTask, sample: Sample): boolean =>
  compareSides(question, sample, digits).kind === 'differ';

const untoldBy =
  (formula: Formula, program: Program, { budget }: SearchTask): ((sample: Sample) => boolean) =>
  sample =>
    heightsOf(formula, program, sample.theta.length, budget)(sample)?.isUntold === true;

function atIntegers(
  formula: Formula,
  free: readonly string[],
  program: Program,
  text: string | null,
  task: SearchTask,
): Searched {
  if (isNowhereZeroAffine(formula) && text !== null) return NOTHING;
  const { places, others, changesSign, wasCutShort } = zerosOnGrid(
    formula,
    free,
    program,
    task.question.space,
    besideZeros(formula, task),
  );
  let isMet = false;
  let remains = false;
  const isUntold = untoldBy(formula, program, task);
  const draw = drawOf(task);
  for (const place of places) {
    const sample = drawSample(task.question.space, draw, place);
    if (!task.holds(sample)) continue;
    const { kind } = compareSides(task.question, sample, task.digits);
    if (kind === 'differ') return { found: sample, open: null };
    if (kind !== 'unusable') isMet = true;
    else if (isUntold(sample)) remains = true;
  }
  for (const place of others) {
    const sample = drawSample(task.question.space, draw, place);
    if (task.holds(sample) && differs(task, sample)) return { found: sample, open: null };
  }
  const [start] = task.samples;
  const far = start ? crossingsOf(formula, start, task) : { samples: [], mayChange: false };
  for (const sample of far.samples) {
    if (!task.holds(sample)) continue;
    const { kind } = compareSides(task.question, sample, task.digits);
    if (kind === 'differ') return { found: sample, open: null };
    // Between two neighbours of one letter there is no integer; on a curve of two there may be others than were met.
    if (kind !== 'unusable' && free.length === 1) isMet = true;
    else if (kind === 'unusable' && isUntold(sample)) remains = true;
  }
  const isOpen =
    remains ||
    far.mayChange ||
    (!isMet && (changesSign || wasCutShort || places.length > 0 || isZeroBetween(formula, free, task)));
  return { found: null, open: isOpen ? text : null };
}

/**
 * Where else to look than at zeros: where the gap of an inequality has the wrong sign, as far as its conditions allow, and at a few
 * places of either sign of what stands under a bar: 1 − |n − 7| − |p − 8| is positive at one.
 */
function besideZeros(formula: Formula, { claim, statement, question }: SearchTask): AlsoAt {
  const allows = integersAllowed(conditionsOf(claim, statement).flatMap(({ comparisons }) => comparisons));
  const isGap = formulaKey(formula) === formulaKey(subtraction(statement.left, statement.right));
  if (question.relationAt === undefined && question.relation !== '=' && isGap)
    return (sign, letters) => !isInOrder(question.relation, sign) && allows(letters);
  const left = new Map([-1, 1].map((sign): [number, number] => [sign, EITHER_SIGN]));
  return (sign, letters) => {
    const more = left.get(sign) ?? 0;
    if (more === 0 || !allows(letters)) return false;
    left.set(sign, more - 1);
    return true;
  };
}

const drawOf = ({ seed }: SearchTask): Draw => {
  const numbers = new SeededNumbers(seed);
  return new Draw({ nextInt: (from, to) => numbers.integer(from, to) });
};

/** By the ranges of its parts, at every size. */
function isExcluded(formula: Formula, { question: { space }, samples }: SearchTask): boolean {
  const [sample] = samples;
  if (!sample) return false;
  const sizes = SIZES.flatMap(n => DIMENSIONS.map((p): [number, number] => [n, p]));
  return sizes.every(([n, p]) => {
    const letters = new Map([...lettersAt(sample, 1), [ITERATION, n], [DIMENSION, p]]);
    return isNowhereZero(formula, { declarations: space.declarations, letters });
  });
}

interface Across {
  /** On both sides, ever nearer. */
  readonly samples: readonly Sample[];
  readonly zeros: readonly Sample[];
}

/** Changes a sample until the formula changes its sign, or touches zero; null where it does neither. */
function acrossZero(
  formula: Formula,
  program: Program,
  start: Sample,
  { isNeeded }: Break,
  task: SearchTask,
): Across | null {
  const { question, holds, budget, claim } = task;
  const component = start.theta.length;
  const heights = heightsOf(formula, program, component, budget);
  const first = heights(start);
  // Of a component that the conditions leave out nothing is said.
  const speaks = (sample: Sample): boolean => holds(sample) && question.speaksOf?.(sample, component) !== false;
  if (first === null || (isNeeded && !speaks(start))) return null;
  const variables = settableNumbers(withDefinitions([formula], claim.definitions), question.space, start, component);
  const towards: Heights = sample => {
    const height = heights(sample);
    return height && first.sign > 0 ? negated(height) : height;
  };
  const isFound = ({ sign }: Height): boolean => sign >= 0;
  const ground = { space: question.space, heights: towards, holds: isNeeded ? speaks : () => true, isFound };
  const zero = madeZero([formula], { claim, space: question.space }, start, component, drawOf(task));
  const bare = withoutAnything(start).find(sample => heights(sample)?.sign === 0);
  const zeros = [zero, bare].flatMap(each => (each ? [each] : []));
  if (first.sign === 0) return { samples: [], zeros: [start, ...zeros] };
  const reached =
    descend(start, ground, { variables, isInside: true }) ?? descend(start, ground, { variables, isInside: false });
  if (reached === null) return zeros.length > 0 ? { samples: [], zeros } : null;
  const last = reached.isFound ? reached : descend(start, ground, { variables, isInside: false });
  const end = last?.isFound ? last : reached;
  const near = [end.sample, ...simplified(end.sample, variables)];
  const exact = near.filter(sample => heights(sample)?.sign === 0);
  if (!end.isFound || end.before === null)
    return isTouch(end, variables, ground) || zeros.length + exact.length > 0
      ? { samples: [], zeros: [...zeros, ...exact] }
      : null;
  const samples = end.before.n === end.sample.n ? between(end.before, end.sample, variables, towards) : [end.before];
  const [closest] = samples.slice(-1);
  const simple = closest ? [...simplified(closest, variables)].filter(sample => heights(sample)?.sign === 0) : [];
  return { samples: [...samples, end.sample], zeros: [...zeros, ...exact, ...simple] };
}

/** Samples on both sides of the zero between two of them, ever nearer to it. */
function between(one: Sample, other: Sample, variables: readonly Adjustable[], heights: Heights): Sample[] {
  const found: Sample[] = [];
  let [before, after] = [one, other];
  for (let count = 0; count < HALVINGS; count += 1) {
    let middle: Sample = before;
    for (const variable of variables) {
      const [a, b] = [variable.value(before), variable.value(after)];
      if (a && b && !a.equals(b)) middle = variable.set(middle, a.add(b).multiply(HALF));
    }
    const height = heights(middle);
    if (height === null) break;
    found.push(middle);
    if (height.sign === 0) break;
    if (height.sign > 0) after = middle;
    else before = middle;
  }
  return found;
}
