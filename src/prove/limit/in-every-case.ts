/**
 * A statement that is shown off the zeros of what was divided by on the way is shown by itself at those zeros: the symbol's
 * value is put into the sides as they were before any limit or expansion, and the whole is done again there. A limit of
 * continuous functions need not be continuous, so nothing is concluded from the neighbourhood.
 */
import type { Budget } from '../../base/budget.ts';
import { attempt, refuse } from '../../base/problem.ts';
import { RememberedOf } from '../../base/work.ts';
import { type Assumptions, assumptionsKey } from '../../expression/arithmetic/assumptions.ts';
import { asNumber, type Expression, expressionKey } from '../../expression/core/expression.ts';
import { substituteSymbol } from '../../expression/calculus/substitute-symbol.ts';
import { type Zero, zerosOf } from './zeros-of.ts';

export interface Evaluated<T> {
  readonly result: T;
  /** What must not vanish for the result to hold. */
  readonly divisors: readonly Expression[];
}

export interface Case<T> {
  /** `, where \rho = \beta`; empty in general. */
  readonly where: string;
  readonly result: T;
}

/** Cases inside cases, and all of them, beyond which the statement is left undecided. */
const MOST_NESTED = 3;
const MOST_CASES = 16;

/**
 * The result in general and in each special case. `evaluate` gives null where the statement says nothing. Refuses where the
 * zeros of a divisor are not found.
 */
export function inEveryCase<T>(
  sides: readonly Expression[],
  assumptions: Assumptions,
  budget: Budget,
  evaluate: (sides: readonly Expression[], assumptions: Assumptions) => Evaluated<T> | null,
): Case<T>[] {
  const cases: Case<T>[] = [];
  const seen = new Set<string>();
  const visit = (own: readonly Expression[], given: Assumptions, where: readonly string[]): void => {
    budget.spend();
    const found = evaluate(own, given);
    if (found === null) return;
    if (cases.length >= MOST_CASES) refuse('limit-cases', 'too many special cases of the limit');
    cases.push({ where: where.length === 0 ? '' : `, where ${where.join(' and ')}`, result: found.result });
    for (const zero of found.divisors.flatMap(divisor => zerosOrRefuse(divisor, given))) {
      const said = [...where, described(zero)];
      const key = [...said].sort().join();
      if (seen.has(key)) continue;
      seen.add(key);
      if (said.length > MOST_NESTED) refuse('limit-cases', 'too many special cases of the limit');
      const special = attempt(() => own.map(side => substituted(side, zero)));
      if (special.ok) visit(special.value, zero.assumptions, said);
      else if (special.problems[0]?.code !== NO_VALUE)
        refuse('limit-cases', `what holds at ${described(zero)} is not covered by the normal form`);
    }
  };
  visit(sides, assumptions, []);
  return cases;
}

/** A side that has no value there says nothing. */
const NO_VALUE = 'division-by-zero';

function zerosOrRefuse(divisor: Expression, assumptions: Assumptions): readonly Zero[] {
  return (
    zerosOf(divisor, assumptions) ??
    refuse('limit-cases', 'the limit is not shown where something that it is divided by vanishes')
  );
}

const images = new RememberedOf<Expression, Expression>();

/** The side at the zero; several claims ask for one side of a derived equation. */
function substituted(side: Expression, { symbol, by, assumptions }: Zero): Expression {
  const key = `${symbol}|${expressionKey(by)}|${assumptionsKey(assumptions)}`;
  return images.get(side, key, () => substituteSymbol(side, symbol, by, assumptions));
}

function described({ symbol, by }: Zero): string {
  const number = asNumber(by);
  if (number !== null) return `${symbol} = ${number}`;
  const [only, ...more] = by.terms;
  if (only === undefined || more.length > 0 || !only.factors.every(({ factor }) => factor.kind === 'symbol'))
    return `${symbol} = ${expressionKey(by)}`;
  const factors = only.factors.map(({ factor, exponent }) =>
    factor.kind === 'symbol' ? `${factor.name}${exponent.constant.isOne() ? '' : `^{${exponent.constant}}`}` : '',
  );
  return `${symbol} = ${only.coefficient.isOne() ? '' : only.coefficient.toString()}${factors.join(' ')}`;
}
