/** Sums of letters and numbers with one number. */
import { Rational } from '../number/rational.ts';
import { negation, number } from './build.ts';
import type { Formula } from './formula.ts';
import { children } from './walk.ts';

/** n − (k − 1) + 1 as n − k + 2: sums of letters and numbers with the numbers in one. */
export function collected(node: Formula): Formula {
  if (node.kind !== 'add') return node;
  let constant = Rational.zero;
  const letters: Formula[] = [];
  const visit = (term: Formula, sign: 1 | -1): void => {
    switch (term.kind) {
      case 'add':
        for (const each of term.terms) visit(each, sign);
        return;
      case 'negate':
        visit(term.argument, sign === 1 ? -1 : 1);
        return;
      case 'number':
        constant = constant.add(sign === 1 ? term.value : term.value.negate());
        return;
      default:
        letters.push(sign === 1 ? term : negation(term));
    }
  };
  visit(node, 1);
  const isOfLabels = letters.every(nodesAre);
  if (!isOfLabels || letters.length === 0) return node;
  if (constant.isZero()) return letters.length === 1 ? (letters[0] ?? node) : { ...node, terms: letters };
  const last = constant.sign() < 0 ? negation(number(constant.negate())) : number(constant);
  return { ...node, terms: [...letters, last] };
}

/** Of index letters and numbers alone. */
const nodesAre = (formula: Formula): boolean =>
  ['index', 'number', 'negate', 'multiply', 'add'].includes(formula.kind) && children(formula).every(nodesAre);
