/**
 * 1 − α as a letter of its own. A memory that fades like (1 − α)^n has powers of a sum, which no closed form is found for; with
 * r = 1 − α it has powers of a letter. α ↦ 1 − α maps the one domain onto the other, so that a claim holds for every α if and
 * only if it holds for every r when 1 − r is written for α throughout: in the claim, in the definitions that it is given and in
 * the optimizer. The new letter is called `(1-\alpha)`, which is how it is printed and what it is.
 */
import { statesBound } from '../../notation/kinds.ts';
import { mapChanges } from '../../document/changes.ts';
import type { Claim, Condition, Statement } from '../../document/model.ts';
import { negation, number, parameter, subtraction } from '../../formula/build.ts';
import type { Declaration } from '../../formula/declaration.ts';
import type { Definition, Formula } from '../../formula/formula.ts';
import { children, withChildren } from '../../formula/walk.ts';
import { Rational } from '../../number/rational.ts';
import type { Optimizer } from '../../optimizer/model.ts';
import type { ResolvedClaim } from '../claim-context.ts';
import { uses } from './complement-uses.ts';

/** The name of 1 − α. */
export const complementName = (name: string): string => `(1-${name})`;

/** Hyperparameters α between 0 and 1 of which the claim has powers of 1 − α with an index, and none of α itself. */
export function complementedScalars(
  { claim, optimizer }: ResolvedClaim,
  declarations: readonly Declaration[],
): ReadonlySet<string> {
  if (claim.sameAs !== null || claim.statements.some(statesBound)) return new Set();
  const unit = declarations.filter(
    each => each.kind === 'scalar' && each.domain.lower?.isZero() && each.domain.upper?.isOne(),
  );
  const found = unit
    .map(({ name }) => name)
    .filter(name => {
      const { ofComplement, ofItself } = uses(name, claim, optimizer);
      return ofComplement && !ofItself;
    });
  return new Set(found);
}

/** The same claim about the same optimizer, written with 1 − α as a letter. */
export function withComplements(resolved: ResolvedClaim, names: ReadonlySet<string>): ResolvedClaim {
  if (names.size === 0) return resolved;
  const { claim, optimizer } = resolved;
  return { ...resolved, claim: claimWith(claim, names), optimizer: optimizer && optimizerWith(optimizer, names) };
}

const isOne = (formula: Formula | undefined): boolean => formula?.kind === 'number' && formula.value.isOne();

/** The scalar α where the formula is 1 − α as typed; null where it is anything else. */
function complemented(formula: Formula): string | null {
  if (formula.kind !== 'add' || formula.terms.length !== 2) return null;
  const [first, second] = formula.terms;
  const [one, other] = isOne(first) ? [first, second] : [second, first];
  const isComplement = isOne(one) && other?.kind === 'negate' && other.argument.kind === 'parameter';
  return isComplement ? other.argument.name : null;
}

/** The formula with r for 1 − α and 1 − r for any other α. */
export function formulaWith(formula: Formula, names: ReadonlySet<string>): Formula {
  const complement = complemented(formula);
  if (complement !== null && names.has(complement))
    return { ...parameter(complementName(complement)), span: formula.span };
  if (formula.kind === 'parameter')
    return names.has(formula.name)
      ? { ...subtraction(number(1), parameter(complementName(formula.name))), span: formula.span }
      : formula;
  const parts = children(formula);
  const changed = parts.map(part => formulaWith(part, names));
  const same = changed.every((part, at) => part === parts[at]) ? formula : withChildren(formula, changed);
  if (same.kind !== 'parameter-derivative' || !names.has(same.by)) return same;
  return negation({ ...same, by: complementName(same.by) });
}

const definitionWith = (definition: Definition, names: ReadonlySet<string>): Definition => ({
  ...definition,
  body: formulaWith(definition.body, names),
});

function declarationWith(declaration: Declaration, names: ReadonlySet<string>): Declaration {
  if (declaration.kind !== 'scalar') {
    if (declaration.kind !== 'function' || declaration.body === null) return declaration;
    return { ...declaration, body: formulaWith(declaration.body, names) };
  }
  if (!names.has(declaration.name)) return declaration;
  const { lower, lowerOpen, upper, upperOpen } = declaration.domain;
  const mirrored = (end: Rational | null): Rational | null => end && Rational.one.subtract(end);
  const domain = { lower: mirrored(upper), lowerOpen: upperOpen, upper: mirrored(lower), upperOpen: lowerOpen };
  return { ...declaration, name: complementName(declaration.name), domain };
}

const conditionWith = (condition: Condition, names: ReadonlySet<string>): Condition => ({
  ...condition,
  comparisons: condition.comparisons.map(({ left, relation, right }) => ({
    left: formulaWith(left, names),
    relation,
    right: formulaWith(right, names),
  })),
});

const statementWith = (statement: Statement, names: ReadonlySet<string>): Statement => ({
  ...statement,
  left: formulaWith(statement.left, names),
  right: formulaWith(statement.right, names),
  condition: statement.condition && conditionWith(statement.condition, names),
});

function claimWith(claim: Claim, names: ReadonlySet<string>): Claim {
  const optional = (formula: Formula | null): Formula | null => formula && formulaWith(formula, names);
  return {
    ...claim,
    ...mapChanges(claim, formula => formulaWith(formula, names)),
    at: claim.at.map(({ name, value }) => {
      const changed = formulaWith(value, names);
      return names.has(name)
        ? { name: complementName(name), value: subtraction(number(1), changed) }
        : { name, value: changed };
    }),
    assume: claim.assume.map(each => conditionWith(each, names)),
    ...(claim.flow === undefined ? {} : { flow: optional(claim.flow) }),
    declarations: claim.declarations.map(each => declarationWith(each, names)),
    definitions: claim.definitions.map(each => definitionWith(each, names)),
    statements: claim.statements.map(each => statementWith(each, names)),
  };
}

/** One object for one optimizer and its names: what is derived of it is remembered by it. */
const rewritten = new WeakMap<Optimizer, Map<string, Optimizer>>();

function optimizerWith(optimizer: Optimizer, names: ReadonlySet<string>): Optimizer {
  const known = rewritten.get(optimizer) ?? new Map<string, Optimizer>();
  rewritten.set(optimizer, known);
  const key = [...names].sort().join();
  const made = known.get(key) ?? {
    ...optimizer,
    declarations: optimizer.declarations.map(each => declarationWith(each, names)),
    states: optimizer.states.map(state => ({
      ...state,
      right: formulaWith(state.right, names),
      initial: formulaWith(state.initial, names),
    })),
    quantities: optimizer.quantities.map(each => definitionWith(each, names)),
    update: formulaWith(optimizer.update, names),
  };
  known.set(key, made);
  return made;
}
