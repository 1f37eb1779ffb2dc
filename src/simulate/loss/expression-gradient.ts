/**
 * Losses typed by a user, in Float64: mathjs' exact derivatives compiled once to a list of operations on jets.
 *
 * Parts that the components of the gradient have in common are computed once. Undefined values become NaN or infinite.
 */
import type { Span } from '../../base/span.ts';
import type { GraphNode } from '../../evaluate/loss/expression-graph.ts';
import type { LossReader } from '../../evaluate/loss/expression-loss.ts';
import type { FloatLoss } from './float-loss.ts';
import { applyElementary, addJet, divideJets, type Jet, jetOf, multiplyJets, powerJet } from '../jet/jet.ts';

type Operation = (point: Jet, terms: number) => void;

class Tape {
  readonly #capacity: number;
  readonly #operations: Operation[] = [];
  readonly #places = new Map<GraphNode, Jet>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  run(point: Jet, terms: number): void {
    for (const operation of this.#operations) operation(point, terms);
  }

  /** Where the value of a node will be. */
  add(node: GraphNode): Jet {
    const known = this.#places.get(node);
    if (known) return known;
    const jet = jetOf(1, this.#capacity);
    const operation = this.#operation(node, jet);
    if (operation !== null) this.#operations.push(operation);
    this.#places.set(node, jet);
    return jet;
  }

  #operation(node: GraphNode, jet: Jet): Operation | null {
    switch (node.kind) {
      case 'number':
        jet.data[0] = node.value.toNumber();
        return null;
      case 'variable':
        return (point, terms) => {
          jet.degree = Math.min(point.degree, terms - 1);
          for (let q = 0; q <= jet.degree; q += 1)
            jet.data[q] = point.data[q * point.width + node.index - 1] ?? Number.NaN;
        };
      case 'add': {
        const parts = node.terms.map(term => this.add(term));
        return (_, terms) => {
          jet.data[0] = 0;
          jet.degree = 0;
          for (const part of parts) addJet(jet, part, 1, terms);
        };
      }
      case 'multiply':
        return this.#product(
          jet,
          node.factors.map(factor => this.add(factor)),
        );
      case 'divide': {
        const [above, below] = [this.add(node.numerator), this.add(node.denominator)];
        return (_, terms) => divideJets(jet, above, below, terms);
      }
      case 'power':
        return this.#power(jet, this.add(node.base), node.exponent.toNumber(), node.exponent.isInteger());
      case 'real-power': {
        const [base, exponent] = [this.add(node.base), this.add(node.exponent)];
        const [log, product] = [jetOf(1, this.#capacity), jetOf(1, this.#capacity)];
        return (_, terms) => {
          applyElementary(log, 'log', base, terms);
          multiplyJets(product, log, exponent, terms);
          applyElementary(jet, 'exp', product, terms);
        };
      }
      case 'function': {
        const argument = this.add(node.argument);
        return (_, terms) => applyElementary(jet, node.name, argument, terms);
      }
    }
  }

  #product(jet: Jet, factors: readonly Jet[]): Operation {
    const scratch = [jetOf(1, this.#capacity), jetOf(1, this.#capacity)] as const;
    const [first = jetOf(1, 1), ...rest] = factors;
    return (_, terms) => {
      let product = first;
      rest.forEach((factor, place) => {
        const into = place === rest.length - 1 ? jet : scratch[place % 2 === 0 ? 0 : 1];
        multiplyJets(into, product, factor, terms);
        product = into;
      });
    };
  }

  /** Small whole powers are products, so that powers of zero have all their derivatives. */
  #power(jet: Jet, base: Jet, exponent: number, whole: boolean): Operation {
    if (whole && exponent >= 2 && exponent <= 16) return this.#product(jet, Array<Jet>(exponent).fill(base));
    const power = exponent === 0.5 ? Math.sqrt : (value: number): number => value ** exponent;
    return (_, terms) => powerJet(jet, base, exponent, power, terms);
  }
}

/** E(x1 … xp) as typed; `terms` is the most that will be asked for. Refuses what is not in the grammar of losses. */
export function expressionLoss(
  reader: LossReader,
  text: string,
  dimension: number,
  terms: number,
  span: Span | null = null,
): FloatLoss {
  const { value, derivative } = reader.graphs(text, dimension, span);
  const tape = new Tape(terms);
  // log x has a derivative where it has no value itself: the value has to exist too.
  const whole = value.partial ? tape.add(value) : null;
  const components = Array.from({ length: dimension }, (_, at) => tape.add(derivative(at + 1)));
  return {
    name: text,
    gradient: (target, point, count) => {
      tape.run(point, count);
      const undefinedHere = whole !== null && !Number.isFinite(whole.data[0] ?? Number.NaN);
      target.degree = Math.min(count - 1, Math.max(0, ...components.map(({ degree }) => degree)));
      components.forEach((component, at) => {
        for (let q = 0; q <= target.degree; q += 1)
          target.data[q * dimension + at] = undefinedHere
            ? Number.NaN
            : q > component.degree
              ? 0
              : (component.data[q] ?? Number.NaN);
      });
    },
  };
}
