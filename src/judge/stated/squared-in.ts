/** What is squared in a formula: bases of even powers, and A in A·A, in A(A − 2) + 1 = (A − 1)² and in A(2 − A). */
import { addition, number } from '../../formula/build.ts';
import type { Formula } from '../../formula/formula.ts';
import { Rational } from '../../number/rational.ts';
import { nodes } from '../../optimizer/replace.ts';
import { formulaKey } from './formula-key.ts';

export const squaredIn = (formula: Formula): Formula[] =>
  [...nodes(formula)].flatMap(node => {
    if (node.kind === 'multiply') return meansOf(node.factors.flatMap(factorsOf));
    const isEven = node.kind === 'power' && node.exponent.kind === 'number' && node.exponent.value.num % 2n === 0n;
    return isEven && node.base.kind !== 'index' ? [node.base] : [];
  });

const factorsOf = (formula: Formula): Formula[] => {
  if (formula.kind === 'negate') return factorsOf(formula.argument);
  return formula.kind === 'multiply' ? formula.factors.flatMap(factorsOf) : [formula];
};

/** The mean of two factors that differ by a number: their product is its square less a number. Letters alone change no sign. */
function meansOf(factors: readonly Formula[]): Formula[] {
  const forms = factors.filter(({ kind }) => kind !== 'index' && kind !== 'number').map(formOf);
  return forms.flatMap((one, at) =>
    forms.slice(at + 1).flatMap(other => {
      const constant =
        other.key === one.key ? other.constant : other.negatedKey === one.key ? other.constant.negate() : null;
      if (constant === null) return [];
      return [addition(one.formula, number(constant.subtract(one.constant).multiply(HALF)))];
    }),
  );
}

const HALF = Rational.of(1, 2);

/** A sum as a number and the rest, told from others by its terms with their signs. */
interface Form {
  readonly formula: Formula;
  readonly constant: Rational;
  readonly key: string;
  readonly negatedKey: string;
}

function formOf(formula: Formula): Form {
  let constant = Rational.zero;
  const terms: { readonly key: string; readonly sign: 1 | -1 }[] = [];
  const add = (part: Formula, sign: 1 | -1): void => {
    if (part.kind === 'add') for (const term of part.terms) add(term, sign);
    else if (part.kind === 'negate') add(part.argument, sign === 1 ? -1 : 1);
    else if (part.kind === 'number') constant = sign === 1 ? constant.add(part.value) : constant.subtract(part.value);
    else terms.push({ key: formulaKey(part), sign });
  };
  add(formula, 1);
  const keyWith = (by: 1 | -1): string =>
    terms
      .map(({ key, sign }) => `${sign * by}${key}`)
      .toSorted()
      .join('+');
  return { formula, constant, key: keyWith(1), negatedKey: keyWith(-1) };
}
