/**
 * e^{−λ} as a letter of its own, for the prover. Where a claim's λ > 0 stands in exponentials e^{λ f} with whole f of index letters alone, r = e^{−λ}
 * maps its domain onto (0, 1), and e^{λ f + g} is r^{−f} e^{g}: the claim holds for every λ if and only if it holds for every r. What fades
 * like e^{−λ(n−k)} then has closed forms and limits as what fades like ρ^{n−k}. The letter is called `e^{-\lambda}`, which is what it is.
 */
import { statesBound } from '../../notation/kinds.ts';
import type { Claim, Condition, Statement } from '../../document/model.ts';
import { addition, call, multiplication, negation, number, parameter, toPower } from '../../formula/build.ts';
import type { Declaration } from '../../formula/declaration.ts';
import type { Formula } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { Rational } from '../../number/rational.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import { nodes, rewrite } from '../../optimizer/replace.ts';
import { integerFormOf } from './integer-form.ts';

/** The name of e^{−λ}. */
export const exponentialName = (name: string): string => `e^{-${name}}`;

/** Thrown where λ stands elsewhere. */
class Elsewhere extends Error {}

/** The claim and its statement with such letters; null where there is none. */
export function withExponentialLetters(
  claim: Claim,
  statement: Statement,
  optimizer: Optimizer | null,
): { readonly claim: Claim; readonly statement: Statement } | null {
  if (claim.sameAs !== null || statesBound(statement) || claim.flow != null || claim.rescale !== null) return null;
  const ofOptimizer = new Set(optimizer?.declarations.map(({ name }) => name));
  const names = claim.declarations.flatMap(each =>
    isPositiveScalar(each) && !ofOptimizer.has(each.name) && isInExponentials(each.name, claim, statement)
      ? [each.name]
      : [],
  );
  let written = { claim, statement };
  let changed = false;
  for (const name of names) {
    try {
      written = withLetter(name, written.claim, written.statement);
      changed = true;
    } catch (error) {
      if (!(error instanceof Elsewhere)) throw error;
    }
  }
  return changed ? written : null;
}

const isPositiveScalar = (each: Declaration): boolean =>
  each.kind === 'scalar' && each.domain.lower?.isZero() === true && each.domain.upper === null;

const isNamed = (formula: Formula, name: string): boolean => formula.kind === 'parameter' && formula.name === name;
const mentions = (formula: Formula, name: string): boolean =>
  [...nodes(formula)].some(node => isNamed(node, name) || (node.kind === 'parameter-derivative' && node.by === name));

const isExponential = (formula: Formula): formula is Extract<Formula, { readonly kind: 'call' }> =>
  formula.kind === 'call' && formula.name === 'exp' && formula.derivative === 0;

/** Whether an exponential of it with an index letter is typed, which alone has sums and limits. */
const isInExponentials = (name: string, claim: Claim, { left, right }: Statement): boolean =>
  [left, right, ...claim.definitions.map(({ body }) => body)].some(formula =>
    [...nodes(formula)].some(
      node =>
        isExponential(node) &&
        mentions(node.argument, name) &&
        [...nodes(node.argument)].some(({ kind }) => kind === 'index'),
    ),
  );

function withLetter(name: string, claim: Claim, statement: Statement): { claim: Claim; statement: Statement } {
  const of = (formula: Formula): Formula => formulaWithLetter(formula, name);
  const condition = (each: Condition): Condition => ({
    ...each,
    comparisons: each.comparisons.map(({ left, relation, right }) => ({ left: of(left), relation, right: of(right) })),
  });
  const ofStatement = (each: Statement): Statement => ({
    ...each,
    left: of(each.left),
    right: of(each.right),
    condition: each.condition && condition(each.condition),
  });
  if (claim.at.some(each => each.name === name || mentions(each.value, name))) throw new Elsewhere();
  return {
    claim: {
      ...claim,
      declarations: claim.declarations.map(each => declarationWithLetter(each, name)),
      definitions: claim.definitions.map(each => ({ ...each, body: of(each.body) })),
      assume: claim.assume.map(condition),
      statements: claim.statements.map(ofStatement),
    },
    statement: ofStatement(statement),
  };
}

function declarationWithLetter(each: Declaration, name: string): Declaration {
  if (each.kind === 'function' && each.body !== null && mentions(each.body, name)) throw new Elsewhere();
  if (each.kind !== 'scalar' || each.name !== name) return each;
  const { lowerOpen } = each.domain;
  const domain = { lower: Rational.zero, lowerOpen: true, upper: Rational.one, upperOpen: lowerOpen };
  return { ...each, name: exponentialName(name), domain };
}

/** The formula with r for e^{−λ}; throws where λ stands anywhere but in an exponential, times a whole form of index letters. */
export function formulaWithLetter(formula: Formula, name: string): Formula {
  if (!mentions(formula, name)) return formula;
  if (isExponential(formula)) {
    const terms = termsOf(formula.argument);
    const [own, others] = [terms.filter(term => mentions(term, name)), terms.filter(term => !mentions(term, name))];
    const powers = own.map(term => toPower(parameter(exponentialName(name)), negation(formBeside(term, name))));
    return multiplication(...powers, ...(others.length === 0 ? [] : [call('exp', addition(...others))]));
  }
  const parts = children(formula);
  if (parts.length === 0 || formula.kind === 'parameter-derivative') throw new Elsewhere();
  return withChildren(
    formula,
    parts.map(part => formulaWithLetter(part, name)),
  );
}

const termsOf = (formula: Formula): Formula[] => {
  if (formula.kind === 'add') return formula.terms.flatMap(termsOf);
  return formula.kind === 'negate' ? termsOf(formula.argument).map(negation) : [formula];
};

/** f of a term λ f. */
function formBeside(term: Formula, name: string): Formula {
  const form = divided(term, name);
  const read = integerFormOf(form);
  if (read === null || ![read.constant, ...read.terms.values()].every(each => each.isInteger())) throw new Elsewhere();
  return form;
}

function divided(term: Formula, name: string): Formula {
  if (isNamed(term, name)) return number(1);
  if (term.kind === 'negate') return negation(divided(term.argument, name));
  if (term.kind === 'divide' && !mentions(term.denominator, name))
    return { ...term, numerator: divided(term.numerator, name) };
  if (term.kind !== 'multiply') throw new Elsewhere();
  const at = term.factors.findIndex(factor => mentions(factor, name));
  return multiplication(...term.factors.map((factor, place) => (place === at ? divided(factor, name) : factor)));
}

/** A formula with e^{−λ} for its letter. */
export const inOriginalExponentials = (formula: Formula, claim: Claim): Formula =>
  rewrite(formula, node => {
    if (node.kind !== 'parameter') return node;
    const own = claim.declarations.find(({ name }) => exponentialName(name) === node.name);
    return own ? call('exp', negation(parameter(own.name))) : node;
  });
