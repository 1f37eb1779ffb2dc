/** The values of a claim's keys that are formulas: `at=`, `assume=`, `rescale=`, `flow=`. */
import { attempt, orRefuse, refuse, type Result } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Formula } from '../../formula/formula.ts';
import { type TypedLoss, typedLoss, withoutPlaces } from '../../formula/typed-loss.ts';
import { canonicalNameOf } from '../../latex/layout/canonical-name.ts';
import { relationsIn } from '../../latex/display/condition.ts';
import { canonicalAccent } from '../../latex/notation/notation-table.ts';
import { readFormula } from '../../latex/read/read-formula.ts';
import { readLeftSide } from '../../latex/read/definition/read-left-side.ts';
import type { NameRole, NameScope } from '../../latex/read/scope.ts';
import type { Token } from '../../latex/notation/token.ts';
import { textOf } from '../annotation/annotation.ts';
import { list, type Placed } from '../annotation/keys.ts';
import type { TypedValue, ValueOfScalar } from '../changes.ts';
import { tokensAt } from '../author/display-text.ts';
import type { Condition } from '../model.ts';
import { type Outline, spellNameAt } from '../outline.ts';
import { readCondition } from './read-condition.ts';
import type { MeanOf } from '../../notation/settings.ts';
import { typedMean } from '../author/motion/averaged-left.ts';
import { modifiedLossName } from './statement/read-statement.ts';

/** The value of a key that changes the derived equation; what is refused in it is collected. */
export function typedValue(
  { value: word, span }: Placed<string>,
  scope: NameScope,
  outline: Outline,
  collect: <T>(action: () => T) => T | null,
): TypedValue {
  const values = (): ValueOfScalar[] => {
    const seen = new Set<string>();
    return list(span).flatMap(
      each =>
        collect(() => {
          const read = readValue(each, scope, outline);
          if (seen.has(read.name)) return refuse('bad-value', `${read.name} has two values`, each);
          seen.add(read.name);
          return read;
        }) ?? [],
    );
  };
  return {
    word,
    step: () => collect(() => readRescaling(span, scope, outline)),
    values,
    loss: () => collect(() => readLoss(span, scope, outline)),
  };
}

/** `\beta = 0` of `at=`. */
function readValue(span: Span, scope: NameScope, outline: Outline): ValueOfScalar {
  const { left, right } = splitEquation(span, outline);
  const name = canonicalNameOf(left);
  if (name === null || scope.names.get(name)?.kind !== 'scalar') {
    return refuse('bad-value', `expected a hyperparameter before "=" in ${textOf(span)}`, span);
  }
  return { name, value: readFormula(right, scope) };
}

function splitEquation(span: Span, outline: Outline): { left: Token[]; right: Token[] } {
  const tokens = tokensAt(span, outline);
  const [relation, second] = relationsIn(tokens);
  if (relation?.relation !== '=' || second) return refuse('bad-value', 'expected one name, "=" and one formula', span);
  return { left: tokens.slice(0, relation.at), right: tokens.slice(relation.at + relation.length) };
}

export function readAssumption(span: Span, scope: NameScope, outline: Outline): Condition[] {
  const result: Result<Condition | null> = attempt(() => readCondition(tokensAt(span, outline), scope, false));
  if (!result.ok) return [{ text: textOf(span), comparisons: [], span }];
  return result.value ? [result.value] : [];
}

/** `h \to …`: the formula that replaces the step size. */
function readRescaling(span: Span, scope: NameScope, outline: Outline): Formula {
  const tokens = tokensAt(span, outline);
  const [relation, second] = relationsIn(tokens);
  const { step } = scope.notation;
  const name = relation && canonicalNameOf(tokens.slice(0, relation.at));
  if (relation?.relation !== '\\to' || second || name !== step) {
    return refuse('bad-value', `expected ${step} \\to and a formula`, span);
  }
  return readFormula(tokens.slice(relation.at + relation.length), scope);
}

/** `E = \frac12(y-\theta_1\theta_2x)^2`: numbers under the parameters are components. */
function readLoss(span: Span, scope: NameScope, outline: Outline): TypedLoss {
  const { left, right } = splitEquation(span, outline);
  const { loss, parameters } = scope.notation;
  const open = left.findIndex(({ text }) => text === '(');
  const [name, argument] = open < 0 ? [left, []] : [left.slice(0, open), left.slice(open)];
  if (canonicalNameOf(name) !== loss || !isArgument(argument, parameters))
    return refuse('bad-value', `expected ${loss} = and a formula`, span);
  const typed = orRefuse(typedLoss(readFormula(right, { ...scope, numbered: true })));
  return { ...typed, formula: withoutPlaces(typed.formula) };
}

/** Nothing, or the parameters in parentheses. */
const isArgument = (tokens: readonly Token[], parameters: string): boolean =>
  tokens.length === 0 || canonicalNameOf(tokens.filter(({ text }) => text !== '(' && text !== ')')) === parameters;

/** `\dot\theta = -\nabla\widetilde E`: its right side, and the names with that of the modified loss. */
export function readFlow(
  span: Span,
  scope: NameScope,
  outline: Outline,
): { right: Formula; names: Map<string, NameRole>; mean: MeanOf | null } {
  const { left: typed, right } = splitEquation(span, outline);
  const { left, expectation, barred } = typedMean(typed);
  const mean = expectation !== null ? 'equation' : barred ? 'map' : null;
  if (readLeftSide(left, scope).kind !== 'flow') refuse('bad-value', 'expected \\dot\\theta = … here', span);
  const names = new Map(scope.names);
  const modified: NameRole = { kind: 'quantity', indices: 0, labels: 0, indexSorts: [] };
  if (right.some(token => canonicalAccent(token.text) === '\\tilde'))
    names.set(modifiedLossName(scope.notation), modified);
  const first = attempt(() => readFormula(right, { ...scope, names }));
  if (first.ok) return { right: first.value, names, mean };
  const [problem] = first.problems;
  const name = problem?.code === 'undefined-name' && problem.span ? spellNameAt(problem.span, outline.macros) : null;
  if (name !== null) names.set(name, modified);
  return { right: readFormula(right, { ...scope, names }), names, mean };
}
