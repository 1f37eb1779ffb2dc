/** How many factors of a term are derivatives of a single batch's loss: two for a covariance, four for its square. */
import type { Definition, Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';

/** The largest number in a term; infinite where one stands under a root, a fraction line, bars or a function. */
export function batchFactors(formula: Formula, definitions: readonly Definition[]): number {
  const bodies = new Map(definitions.map(({ name, body }) => [name, body]));
  const counts = new Map<string, number>();
  const count = (part: Formula): number => {
    const inner = (): number => Math.max(0, ...children(part).map(count));
    switch (part.kind) {
      case 'loss':
        return part.batch === null ? 0 : 1;
      case 'multiply':
        return part.factors.reduce((sum, factor) => sum + count(factor), 0);
      case 'power':
        return power(part);
      case 'divide':
        return count(part.denominator) > 0 ? Number.POSITIVE_INFINITY : count(part.numerator);
      case 'add':
      case 'negate':
      case 'sum':
      case 'derivative':
      case 'parameter-derivative':
        return inner();
      case 'norm':
        return inner() > 0 ? Number.POSITIVE_INFINITY : 0;
      case 'quantity':
        return Math.max(inner(), named(part.name));
      default:
        return inner() > 0 ? Number.POSITIVE_INFINITY : 0;
    }
  };
  const power = ({ base, exponent }: Formula & { readonly kind: 'power' }): number => {
    const own = count(base);
    if (own === 0) return 0;
    if (exponent.kind !== 'number' || !exponent.value.isInteger() || exponent.value.sign() < 0)
      return Number.POSITIVE_INFINITY;
    // ‖v‖^2 is a sum of products of two.
    const isNorm = base.kind === 'norm' && base.order === 2 && base.perturbation === null;
    if (isNorm && exponent.value.toNumber() % 2 === 0) return count(base.argument.body) * exponent.value.toNumber();
    return own * exponent.value.toNumber();
  };
  const named = (name: string): number => {
    const body = bodies.get(name);
    if (body === undefined) return 0;
    const known = counts.get(name);
    if (known !== undefined) return known;
    counts.set(name, Number.POSITIVE_INFINITY);
    const found = count(body);
    counts.set(name, found);
    return found;
  };
  return count(formula);
}
