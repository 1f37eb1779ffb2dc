/** What the edits of a claim may put in: its scalars, names of one shape, factors that stand elsewhere in it. */
import type { Claim } from '../../document/model.ts';
import { number, parameter, subtraction } from '../../formula/build.ts';
import { type Definition, type Formula, ITERATION } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import type { Declaration } from '../../optimizer/model.ts';
import { formulaKey } from '../stated/formula-key.ts';
import { places } from '../stated/formula-places.ts';
import type { Body } from './bodies.ts';
import type { EditNames } from './node-edit.ts';

const scalarsOf = (declarations: readonly Declaration[]): string[] => [
  ...new Set(declarations.flatMap(each => (each.kind === 'scalar' ? [each.name] : []))),
];

/** Scalars such as β: between 0 and 1. */
const unitOf = (declarations: readonly Declaration[]): string[] => [
  ...new Set(
    declarations.flatMap(each =>
      each.kind === 'scalar' && each.domain.upper?.isOne() && each.domain.lower?.isZero() ? [each.name] : [],
    ),
  ),
];

/** Scalars such as ε: positive and unbounded. */
export const positiveScalars = (declarations: readonly Declaration[]): string[] => [
  ...new Set(
    declarations.flatMap(each =>
      each.kind === 'scalar' && each.domain.upper === null && each.domain.lower?.isZero() ? [each.name] : [],
    ),
  ),
];

/** Only hyperparameters and numbers and the iteration, at least one hyperparameter, at most `size` nodes. */
function isSmallFactor(formula: Formula, size: number): boolean {
  let parameters = 0;
  let nodes = 0;
  const waiting: Formula[] = [formula];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes += 1;
    if (nodes > size) return false;
    if (node.kind === 'parameter') parameters += 1;
    else if (
      node.kind === 'index'
        ? node.name !== ITERATION
        : !['number', 'add', 'negate', 'multiply', 'divide', 'power'].includes(node.kind)
    )
      return false;
    waiting.push(...children(node));
  }
  return parameters > 0;
}

const MAXIMAL_FACTORS = 10;

function factorsOf(all: readonly Body[], unit: readonly string[]): Formula[] {
  const likely = unit.map(name => subtraction(number(1), parameter(name)));
  const found = new Map(likely.map(each => [formulaKey(each), each]));
  for (const body of all) {
    for (const { node } of places(body.formula, body.letters, () => [])) {
      const candidates = node.kind === 'multiply' ? node.factors : node.kind === 'divide' ? [node.denominator] : [];
      for (const candidate of candidates) {
        if (found.size < MAXIMAL_FACTORS && candidate.kind !== 'divide' && isSmallFactor(candidate, 12))
          found.set(formulaKey(candidate), candidate);
      }
    }
  }
  return [...found.values()];
}

/** `\bar{P}` and `P` are one letter. */
const withoutAccent = (name: string): string =>
  name.replace(
    /^\\(?:bar|hat|tilde|overline|widetilde|widehat|check|breve|dot|ddot|vec|mathbf|boldsymbol|bm|mathcal|mathrm)\{(.*)\}(.*)$/,
    '$1$2',
  );

export function surroundingsOf(
  claim: Claim,
  declarations: readonly Declaration[],
  all: readonly Body[],
  breadth: EditNames['breadth'],
): EditNames {
  const every = [...declarations, ...claim.declarations];
  const shape = (definition: Definition): string => `${definition.indexSorts.join()}|${definition.labels.length}`;
  const byName = new Map(claim.definitions.map(definition => [definition.name, definition]));
  return {
    scalars: scalarsOf(every),
    positive: positiveScalars(every),
    namesLike: name => {
      const own = byName.get(name);
      return own
        ? claim.definitions.flatMap(other =>
            other.name !== name &&
            shape(other) === shape(own) &&
            (breadth === 'suggestions' || withoutAccent(other.name) === withoutAccent(name))
              ? [other.name]
              : [],
          )
        : [];
    },
    unit: unitOf(every),
    factors: breadth === 'suggestions' ? factorsOf(all, unitOf(every)) : [],
    breadth,
  };
}
