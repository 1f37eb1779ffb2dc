/** Where powers with an index come from: typed ones, and the factor with which a state is kept from step to step. */
import type { Claim } from '../../document/model.ts';
import type { Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import type { Optimizer } from '../../optimizer/model.ts';

export interface Uses {
  /** (1 − α)^n, or a state times 1 − α. */
  readonly ofComplement: boolean;
  /** α^n, or a state times α. */
  readonly ofItself: boolean;
}

const isOne = (formula: Formula | undefined): boolean => formula?.kind === 'number' && formula.value.isOne();

const isComplementOf = (formula: Formula, name: string): boolean =>
  formula.kind === 'add' &&
  formula.terms.length === 2 &&
  isOne(formula.terms[0]) &&
  formula.terms[1]?.kind === 'negate' &&
  formula.terms[1].argument.kind === 'parameter' &&
  formula.terms[1].argument.name === name;

const isItself = (formula: Formula, name: string): boolean => formula.kind === 'parameter' && formula.name === name;

function contains(
  formula: Formula,
  wanted: (node: Formula) => boolean,
  closed: Formula['kind'] | null = null,
): boolean {
  const waiting = [formula];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (wanted(node)) return true;
    if (node.kind !== closed) waiting.push(...children(node));
  }
  return false;
}

/** How the powers and states of everything that the claim is about use the hyperparameter. */
export function uses(name: string, claim: Claim, optimizer: Optimizer | null): Uses {
  const rows = optimizer
    ? [optimizer.update, ...optimizer.states.flatMap(({ right, initial }) => [right, initial])]
    : [];
  const bodies = [...claim.definitions, ...(optimizer?.quantities ?? [])].map(({ body }) => body);
  const sides = claim.statements.flatMap(({ left, right }) => [left, right]);
  const states = new Set(optimizer?.states.map(state => state.name));
  const hasIndex = (node: Formula): boolean => node.kind === 'index';
  const isState = (node: Formula): boolean => node.kind === 'quantity' && states.has(node.name);
  const found = { ofComplement: false, ofItself: false };
  const see = (factor: Formula): void => {
    if (isComplementOf(factor, name)) found.ofComplement = true;
    if (isItself(factor, name)) found.ofItself = true;
  };
  for (const formula of [...rows, ...bodies, ...sides])
    contains(formula, node => {
      if (node.kind === 'power' && contains(node.exponent, hasIndex)) see(node.base);
      return false;
    });
  // Iterates are kept as well, as in β(θ^{(n)} − θ^{(n−1)}); the points of losses are not.
  const isKept = (node: Formula): boolean => isState(node) || (node.kind === 'iterate' && node.label !== null);
  for (const row of optimizer ? [optimizer.update, ...optimizer.states.map(({ right }) => right)] : [])
    contains(row, node => {
      if (node.kind === 'multiply' && node.factors.some(factor => contains(factor, isKept, 'loss')))
        for (const factor of node.factors) see(factor);
      return false;
    });
  return found;
}
