/** The loss at a point, of a batch, with its primes: E_k(\theta), f(x; \xi_k), L^{(n)}, f'(x). */
import { refuse } from '../../base/problem.ts';
import type { Formula, Vector } from '../../formula/formula.ts';
import type { Notation } from '../../optimizer/model.ts';
import { parseLetter } from '../layout/canonical-name.ts';
import type { Cursor } from '../layout/cursor.ts';
import { spanWithArgument } from '../layout/cursor.ts';
import type { NameItem } from '../layout/item.ts';
import { spellName } from '../layout/item.ts';
import type { Primary, Trailing } from './primary.ts';
import { trailingOf } from './primary.ts';
import { withPower } from './read-factor.ts';
import { isListOfVectors, primed, readVectors, refuseEither } from './read-field.ts';
import type { Reading } from './reading.ts';
import { labelItems } from './script/read-index.ts';
import { readPoint } from './script/read-point.ts';
import { readBatch, sampleAlone, splitSample } from './script/read-sample.ts';
import { refusePlayers } from './script/two-players.ts';
import { asVector, scalar } from './value.ts';

/** \tilde E is another loss than E, a modified one as a rule, unless the document writes the losses of batches so. */
function refuseOtherLoss({ name, span }: NameItem, { scope }: Reading): void {
  const spelled = spellName(name);
  if (name.accents.length === 0 || scope.batchLosses?.has(spelled) || isNotationLoss(spelled, scope.notation)) return;
  refuse(
    'other-loss',
    `${spelled} is another loss than ${scope.notation.loss}, and nothing defines it here`,
    span,
    `Define it in the claim, ${spelled} = …, or name the claim that does with given=ID. If it is the loss, say so: notation loss={${spelled}}.`,
  );
}

function isNotationLoss(spelled: string, { loss }: Notation): boolean {
  const own = parseLetter(loss);
  return own !== null && spellName(own) === spelled;
}

/** E_k(point); without parentheses the current point. */
export function readNamedLoss(cursor: Cursor, item: NameItem, reading: Reading): Primary {
  const start = cursor.at;
  cursor.next();
  if (item.name.accents.includes('\\dot'))
    return refuse('undefined-name', 'the derivative of the loss in time is not defined', item.span);
  const isClaim = reading.scope.where === 'claim';
  if (isClaim && item.sub === null && labelItems(item.sup) === null) refuseOtherLoss(item, reading);
  // f'(x) is the gradient of the loss, f''(x) in a claim its Hessian.
  const isDerived = item.primes === 1 || (item.primes > 0 && isClaim);
  if (item.primes > 0 && !isDerived) refuse('unexpected-prime', 'a prime is read only after a function', item.span);
  const label = labelItems(item.sup);
  const isNumber = label?.length === 1 && label[0]?.kind === 'number';
  let batch = item.sub === null ? null : readBatch(item.sub, item.span, reading);
  // L^{(n)}; L^{(2)} could be a derivative.
  if (batch === null && label !== null && !isNumber) batch = readBatch(label, item.span, reading);
  const power = { ...item, primes: 0, sup: label === null ? item.sup : null };
  const group = cursor.peek();
  let at: Vector = {
    index: '#c',
    body: { kind: 'iterate', span: null, component: { kind: 'index', span: null, name: '#c' }, label: null },
  };
  let trailing: Trailing | null = null;
  let span = item.inner ?? item.span;
  if (
    group?.kind === 'group' &&
    group.delimiter === 'paren' &&
    !(isDerived && isClaim && isListOfVectors(group, reading))
  ) {
    if (
      isDerived &&
      isClaim &&
      item.primes > 1 &&
      !group.items.some(part => part.kind === 'name' && reading.isPointName(part.name))
    )
      refuseEither(group, `${spellName(item.name)}${"'".repeat(item.primes)}`);
    cursor.next();
    const sampled = splitSample(group.items, group.span, reading);
    if (sampled === null && !isClaim) refusePlayers(group.items, reading);
    const alone = sampled === null ? sampleAlone(group.items, group.span, reading) : null;
    batch ??= sampled?.batch ?? alone;
    if (alone === null) at = asVector(readPoint(sampled?.point ?? group.items, reading, group.span));
    trailing = trailingOf(group);
    span = spanWithArgument(item.span, group.inner);
  }
  const argument: Formula = { kind: 'loss', span, batch, at };
  const value = isDerived ? primed(scalar(argument, span), item.primes, span) : scalar(argument, span);
  if (label !== null && batch === null)
    return refuse(
      'label-misplaced',
      'a parenthesised superscript is an iteration label; expected the number of a batch as a subscript of the loss',
      item.span,
    );
  if (isDerived && isClaim && trailing === null && power.sup === null)
    return readVectors(cursor, value, start, reading);
  return { value: withPower(value, power, reading), trailing };
}
