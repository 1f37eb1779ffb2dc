/**
 * The dot between two vectors in an optimizer's rows: (w \cdot g) w with the inner product, or the product component by component.
 * Nothing else there says which, unless something in the term is taken component by component already.
 */
import { refuse } from '../../../base/problem.ts';
import type { Span } from '../../../base/span.ts';
import type { Formula } from '../../../formula/formula.ts';
import { children } from '../../../formula/walk.ts';
import type { Item } from '../../layout/item.ts';
import type { Reading } from '../reading.ts';
import { isScalarValue, type Tensor, type Value } from '../value.ts';

/** Whether the sign of multiplication was typed as a dot, not as * or \times. */
export const isTypedDot = ({ span: { source, start, end } }: Item): boolean =>
  /^(?:\\cdot|·|⋅)/.test(source.text.slice(start, end));

/** Refuses the product of `run` where one of the `dots`, by the number of factors before it, has two readings. */
export function refuseDotOfVectors(run: readonly Value[], dots: readonly number[], span: Span, reading: Reading): void {
  if (reading.scope.where !== 'optimizer') return;
  const isBetween = dots.some(at => run.slice(0, at).some(isVector) && run.slice(at).some(isVector));
  if (!isBetween) return;
  const vectors = run.filter(isVector);
  if (vectors.some(isByComponents)) return;
  // \theta_t - \eta_t \cdot m_t: a number is not what is added to the parameters.
  if (reading.scope.ofParameters && reading.depth === 2 && vectors.length === 2) return;
  refuse(
    'two-readings',
    'the dot between two vectors is the inner product, or the product component by component',
    span,
    'Write \\langle u, v\\rangle or u^\\top v for the inner product, u \\odot v for the product component by component; where one of the two is a number, leave the dot out.',
  );
}

const isVector = (value: Value): value is Tensor => !isScalarValue(value) && value.rank === 1 && !value.row;

const PROBE = '#dot';

/** Whether a function, a power or a quotient by a vector is taken in the value, as in 1/\sqrt{v_t} and g_t^2. */
const isByComponents = (value: Tensor): boolean =>
  takesComponents(value.component([{ kind: 'index', span: null, name: PROBE }]));

function takesComponents(formula: Formula): boolean {
  switch (formula.kind) {
    case 'power':
    case 'root':
    case 'absolute':
    case 'call':
    case 'extremum':
      return hasComponent(formula);
    case 'divide':
      return hasComponent(formula.denominator) || takesComponents(formula.numerator);
    case 'multiply':
      return formula.factors.filter(hasComponent).length > 1 || formula.factors.some(takesComponents);
    case 'add':
    case 'negate':
      return children(formula).some(takesComponents);
    default:
      return false;
  }
}

const hasComponent = (formula: Formula): boolean =>
  (formula.kind === 'index' && formula.name === PROBE) || children(formula).some(hasComponent);
