/** φ^{(r)}(x) for elementary functions, declared bodies and the abstract functions that an instance makes concrete. */
import { refuse } from '../base/problem.ts';
import { elementaryFunction } from '../formula/elementary.ts';
import { Rational } from '../number/rational.ts';
import { type Environment, liftEnvironment } from './environment.ts';
import type { Node } from './program/node.ts';
import { SeriesRing } from './ring/series-ring.ts';

const MOST_DERIVATIVES = 50;

type Call = Node & { readonly kind: 'call' };

/** The value of a declared function's body where its names stand for `environment`. */
export type BodyValue = <S>(environment: Environment<S>, body: Node) => S;

/** The value of the call's function (its `order`-th derivative) at `argument`. */
export function callFunction<T>(environment: Environment<T>, call: Call, argument: T, bodyValue: BodyValue): T {
  const { ring } = environment;
  const { order } = call;
  const elementary = call.body === null ? elementaryFunction(call.name) : null;
  if (call.body === null && elementary === null) {
    return environment.function(call.name, null).derivative(Array<number>(order).fill(1))(ring, [argument]);
  }
  if (order > MOST_DERIVATIVES)
    return refuse('too-many-derivatives', `more than ${MOST_DERIVATIVES} derivatives of ${call.name}`, call.span);
  const apply = <S>(inner: Environment<S>, x: S): S => {
    if (elementary !== null) return elementary.value(inner.ring, x);
    if (call.body === null) throw new Error('a function has neither a body nor a rule');
    const local = { ...inner, scalar: (name: string): S => (name === call.formal ? x : inner.scalar(name)) };
    return bodyValue(local, call.body);
  };
  if (order === 0) return apply(environment, argument);
  // φ(x + δ) = Σ φ^{(r)}(x) δ^r / r!.
  const series = new SeriesRing(ring, order + 1);
  const shifted = series.add(series.constant(argument), series.monomial(ring.one, 1));
  const value = apply(liftEnvironment(environment, series), shifted);
  let factorial = 1n;
  for (let r = 2n; r <= BigInt(order); r += 1n) factorial *= r;
  return ring.multiply(series.coefficient(value, order), ring.fromRational(Rational.of(factorial)));
}
