/**
 * What a left side defines or states, read before names are known: a name with formal letters, an update of the
 * parameters, the flow, a bound of a norm. It guesses no meaning; `other` is read as a formula.
 */
import { layOut } from '../../layout/layout.ts';
import type { Token } from '../../notation/token.ts';
import { readExpression } from '../read-expression.ts';
import { Reading } from '../reading.ts';
import type { NameScope } from '../scope.ts';
import type { LeftSide } from './left-side.ts';
import { OTHER } from './left-side.ts';
import { NameSide } from './name-side.ts';
import { ParametersSide } from './parameters-side.ts';

/** Classifies a left side. Refuses what cannot be laid out; whatever is no single name is `other`. */
export function readLeftSide(tokens: readonly Token[], scope: NameScope): LeftSide {
  const { fixed: _fixed, ...open } = scope;
  const reading = new Reading(open, readExpression, new Set(), true);
  const items = layOut(tokens);
  const parameters = new ParametersSide(items, reading, scope);
  const [first, second, third] = items;
  if (first === undefined) return OTHER;
  if (first.kind === 'group' && first.delimiter === 'norm' && items.length === 1)
    return parameters.isBound(first) ? { kind: 'norm-bound' } : OTHER;
  if (first.kind === 'fraction') return parameters.fractionFlow(first, second, third);
  if (
    first.kind === 'command' &&
    first.text === '\\partial' &&
    first.sub !== null &&
    parameters.isTimeScript(first.sub) &&
    second?.kind === 'name'
  )
    return parameters.flow(second, items.slice(2));
  if (first.kind !== 'name') return OTHER;
  if (parameters.isParameters(first.name)) {
    if (first.name.accents.includes('\\dot') || first.primes === 1) return parameters.flow(first, items.slice(1));
    return items.length === 1 || items.length === 2 ? parameters.update(first, second) : OTHER;
  }
  if (items.length > 2 || first.primes > 0) return OTHER;
  return new NameSide(reading, scope).read(first, second);
}
