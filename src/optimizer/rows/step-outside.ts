/**
 * min(ha, hb) = h min(a, b), |ha| = h|a|, ‖hv‖ = h‖v‖ and sign(ha) = sign(a) for a step h > 0: what a piece of a rule is taken of does not vanish
 * with h then. Source: positive homogeneity.
 */
import { multiplication, number } from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import { rewrite } from '../replace.ts';

/** The formula with common factors h in front of its maxima, minima, bars, norms and signs. */
export const stepOutside = (formula: Formula): Formula => rewrite(formula, outside);

function outside(node: Formula): Formula {
  switch (node.kind) {
    case 'extremum': {
      const parts = node.arguments.map(withoutStep);
      const free = parts.filter(part => part !== null);
      return free.length < parts.length ? node : multiplication(STEP, outside({ ...node, arguments: free }));
    }
    case 'absolute': {
      const inner = withoutStep(node.argument);
      return inner === null ? node : multiplication(STEP, outside({ ...node, argument: inner }));
    }
    case 'norm': {
      const body = node.perturbation === null ? withoutStep(node.argument.body) : null;
      return body === null ? node : multiplication(STEP, outside({ ...node, argument: { ...node.argument, body } }));
    }
    case 'call': {
      const inner = node.name === 'sign' && node.derivative === 0 ? withoutStep(node.argument) : null;
      return inner === null ? node : outside({ ...node, argument: inner });
    }
    default:
      return node;
  }
}

const STEP: Formula = { kind: 'step', span: null };

/** The formula divided by h where a factor h can be seen in all of it; null where it cannot, and for zero. */
function withoutStep(formula: Formula): Formula | null {
  switch (formula.kind) {
    case 'step':
      return number(1);
    case 'negate': {
      const inner = withoutStep(formula.argument);
      return inner === null ? null : { ...formula, argument: inner };
    }
    case 'multiply': {
      for (const [at, factor] of formula.factors.entries()) {
        const inner = withoutStep(factor);
        if (inner !== null) return { ...formula, factors: formula.factors.with(at, inner) };
      }
      return null;
    }
    case 'divide': {
      const inner = withoutStep(formula.numerator);
      return inner === null ? null : { ...formula, numerator: inner };
    }
    case 'add': {
      const parts = formula.terms.map(term => (isZero(term) ? term : withoutStep(term))).filter(part => part !== null);
      return parts.length < formula.terms.length || parts.every(isZero) ? null : { ...formula, terms: parts };
    }
    case 'sum': {
      const inner = withoutStep(formula.body);
      return inner === null ? null : { ...formula, body: inner };
    }
    default:
      return null;
  }
}

const isZero = (formula: Formula): boolean => formula.kind === 'number' && formula.value.isZero();
