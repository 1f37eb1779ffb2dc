/**
 * Parts that are divided by or rooted, and that n brings near to zero whatever the losses are: β^n, 1/(n+1), ρ^n v + ε^n. That such a part stays
 * away from zero is no hypothesis about the losses.
 */
import { number } from '../../../formula/build.ts';
import { type Definition, type Formula, ITERATION } from '../../../formula/formula.ts';
import { Rational } from '../../../number/rational.ts';
import { genericValues } from '../../generic/generic-values.ts';
import type { Optimizer } from '../../model.ts';
import { rewrite } from '../../replace.ts';
import { inserted, nodesInserted } from '../linear-coefficient.ts';
import { scalarValue } from '../scalar-value.ts';

type Quantities = ReadonlyMap<string, Definition>;

export const isNoHypothesis = (part: Formula, optimizer: Optimizer, quantities: Quantities): boolean =>
  goesWithN(part, optimizer, quantities) || vanishesFarOut(part, optimizer, quantities);

/** What depends on points, batches or what is declared about a sequence. */
const POINTED: ReadonlySet<string> = new Set(['iterate', 'loss', 'derivative', 'vector-call', 'norm', 'schedule']);

/** Numbers alone that depend on n: through the letter or through a state such as a counter. */
function goesWithN(part: Formula, { states }: Optimizer, quantities: Quantities): boolean {
  let depends = false;
  const pending = [part];
  const seen = new Set<string>();
  for (let next = pending.pop(); next; next = pending.pop())
    for (const node of nodesInserted(next, quantities)) {
      if (POINTED.has(node.kind)) return false;
      if (node.kind === 'index' && node.name === ITERATION) depends = true;
      const state = node.kind === 'quantity' && states.find(({ name }) => name === node.name);
      if (!state || seen.has(state.name)) continue;
      depends = true;
      seen.add(state.name);
      pending.push(state.initial, state.right);
    }
  return depends;
}

const STEPS = [50, 5_000, 500_000] as const;
/** Slower than n^{-1/3} is not seen. */
const FALL = 1 / 4;
const SEEDS = [1, 2, 3];

/** Whether it falls towards zero while all that depends on points is a number of ordinary size. */
function vanishesFarOut(part: Formula, { declarations }: Optimizer, quantities: Quantities): boolean {
  return SEEDS.every(seed => {
    const values = genericValues(declarations, seed);
    const plain = withPlainNumbers(part, quantities, seed, 0);
    const [near, far, farther] = STEPS.map(n => {
      const value = scalarValue(plain, n, values);
      return value === null ? null : Math.abs(value);
    });
    if (near == null || far == null || farther == null) return false;
    return near > 0 && far < FALL * near && (farther === 0 || farther < FALL * far);
  });
}

const DEEPEST = 30;

/** Points, gradients and states replaced by one positive number, quantities inserted. */
const withPlainNumbers = (part: Formula, quantities: Quantities, seed: number, depth: number): Formula =>
  rewrite(part, node => {
    if (POINTED.has(node.kind)) return number(Rational.of(2 + seed, 3));
    if (node.kind !== 'quantity') return node;
    const body = depth > DEEPEST ? null : inserted(node, quantities);
    return body === null ? number(Rational.of(2 + seed, 3)) : withPlainNumbers(body, quantities, seed, depth + 1);
  });
