/** Declarations and models of optimizers for the tests of the numeric route, built by hand, without the LaTeX reader. */
import type { Span } from '../../../src/base/span.ts';
import type { Definition, Formula } from '../../../src/formula/formula.ts';
import { number } from '../../../src/formula/build.ts';
import { Rational } from '../../../src/number/rational.ts';
import { DEFAULT_NOTATION, type Declaration, type Optimizer, type StateRow } from '../../../src/optimizer/model.ts';

export const NOWHERE: Span = { source: { name: 'test', text: '' }, start: 0, end: 0 };

export const between = (name: string): Declaration => ({
  kind: 'scalar',
  name,
  domain: { lower: Rational.zero, lowerOpen: true, upper: Rational.one, upperOpen: true },
  span: null,
});
export const positive = (name: string): Declaration => ({
  kind: 'scalar',
  name,
  domain: { lower: Rational.zero, lowerOpen: true, upper: null, upperOpen: true },
  span: null,
});

export const state = (name: string, right: Formula, initial: Formula = number(0)): StateRow => ({
  name,
  componentwise: true,
  right,
  initial,
  span: NOWHERE,
});

export function optimizer(
  id: string,
  parts: { declarations?: Declaration[]; states?: StateRow[]; quantities?: Definition[]; update: Formula },
): Optimizer {
  return {
    id,
    declarations: parts.declarations ?? [],
    states: parts.states ?? [],
    quantities: parts.quantities ?? [],
    update: parts.update,
    span: NOWHERE,
    notation: DEFAULT_NOTATION,
  };
}
