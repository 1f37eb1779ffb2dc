/**
 * Whether a formula stays bounded for h → 0, as far as its form shows it: what is h² times such a formula is O(h²). Of
 * h²·(1/h) and h²·log h it is not known, so that they are worked out, and refused where they have no series.
 */
import { elementaryFunction } from '../../formula/elementary.ts';
import type { Formula } from '../../formula/formula.ts';
import { formulasMeant, type NamesMeant, reachesStep, withMeanings } from '../../formula/reaches-step.ts';
import { children } from '../../formula/walk.ts';

/** Told of samples at which a formula that is not regular in this sense has no value. */
export const NO_SERIES = 'it has no series in h there';

/** Elementary functions that have a series at every argument. */
const ENTIRE: ReadonlySet<string> = new Set(['exp', 'tanh', 'sin', 'cos', 'sinh', 'cosh', 'arctan']);

/** Whether no part can have a pole, a kink or a root at h = 0. Parts without h count as having a value. */
export function isRegularInStep(formula: Formula, names: NamesMeant): boolean {
  for (const each of withMeanings(formula, names))
    for (const node of suspectsIn(each)) if (isSingular(node, names)) return false;
  return true;
}

const NONE: readonly Formula[] = [];

/** The nodes in a formula that may be singular, whatever its names stand for. Edited claims share most of their formulas. */
const suspects = new WeakMap<Formula, readonly Formula[]>();

function suspectsIn(formula: Formula): readonly Formula[] {
  const known = suspects.get(formula);
  if (known !== undefined) return known;
  const parts = children(formula).map(suspectsIn);
  const found = isSuspect(formula) ? [formula, ...parts.flat()] : joined(parts);
  suspects.set(formula, found);
  return found;
}

function joined(parts: readonly (readonly Formula[])[]): readonly Formula[] {
  const [first = NONE, ...others] = parts.filter(({ length }) => length > 0);
  return others.length === 0 ? first : [first, ...others].flat();
}

/** A power with a whole exponent is a polynomial of its base. */
const isPolynomial = (exponent: Formula): boolean =>
  exponent.kind === 'number' && exponent.value.isInteger() && exponent.value.sign() >= 0;

function isSuspect(node: Formula): boolean {
  if (node.kind === 'power') return !isPolynomial(node.exponent);
  return ['divide', 'root', 'absolute', 'extremum', 'norm', 'call'].includes(node.kind);
}

/** Whether this node may be singular where its parts are regular. */
function isSingular(node: Formula, names: NamesMeant): boolean {
  const has = (part: Formula): boolean => reachesStep(part, names);
  switch (node.kind) {
    case 'divide':
      return has(node.denominator);
    case 'power':
      return !isPolynomial(node.exponent) && has(node.base);
    case 'root':
      return has(node.radicand);
    case 'absolute':
      return has(node.argument);
    case 'extremum':
      return node.arguments.some(has);
    case 'norm':
      return has(node.argument.body) || (node.perturbation !== null && has(node.perturbation));
    case 'call': {
      const declared = names.declarations.find(each => each.kind === 'function' && each.name === node.name);
      const isSmooth =
        declared === undefined
          ? elementaryFunction(node.name) !== null && ENTIRE.has(node.name)
          : formulasMeant(node, names).length === 0;
      return !isSmooth && has(node.argument);
    }
    default:
      return false;
  }
}
