/**
 * The arithmetic of jets as nodes: each holds its own memory, asks its arguments for no more terms than it needs, and knows from the
 * valuation of its formula the lowest power of h that it can have.
 */
import { refuse } from '../../base/problem.ts';
import type { Formula } from '../../formula/formula.ts';
import {
  addJet,
  copyJet,
  divideJets,
  entry,
  type Jet,
  jetOf,
  multiplyJets,
  powerJet,
  scaleJet,
  spreadJet,
} from './jet.ts';
import { type StepClock, JetNode } from './jet-node.ts';
import { NO_POWER, type Valuations } from './valuations.ts';

/** What all nodes of a row have in common. */
export interface JetShape {
  readonly clock: StepClock;
  readonly dimension: number;
  readonly terms: number;
}

export class JetOperations {
  readonly #source: JetShape;
  readonly #valuations: Valuations;

  constructor(source: JetShape, valuations: Valuations) {
    this.#source = source;
    this.#valuations = valuations;
  }

  node(formula: Formula, width: number, compute: (target: Jet, terms: number) => void): JetNode {
    const { clock, terms } = this.#source;
    const target = jetOf(width, terms);
    return new JetNode(clock, width, this.#valuations.of(formula), wanted => {
      compute(target, wanted);
      return target;
    });
  }
  /** A node whose value somebody else keeps. */
  leaf(formula: Formula, width: number, value: (terms: number) => Jet): JetNode {
    return new JetNode(this.#source.clock, width, this.#valuations.of(formula), value);
  }
  #widest(nodes: readonly JetNode[]): number {
    return Math.max(1, ...nodes.map(({ width }) => width));
  }
  #scratch(width: number): Jet {
    return jetOf(width, this.#source.terms);
  }

  constant(formula: Formula, value: () => number): JetNode {
    return this.node(formula, 1, target => {
      target.data[0] = value();
      target.degree = 0;
    });
  }
  add(formula: Formula, terms: readonly JetNode[]): JetNode {
    const nothing = jetOf(1, 1);
    return this.node(formula, this.#widest(terms), (target, count) => {
      const [first, ...rest] = terms;
      spreadJet(target, first?.value(count) ?? nothing, count);
      for (const term of rest) addJet(target, term.value(count), 1, count);
    });
  }

  multiply(formula: Formula, factors: readonly JetNode[]): JetNode {
    const width = this.#widest(factors);
    const total = factors.reduce((sum, { valuation }) => sum + valuation, 0);
    const [first, ...rest] = factors;
    if (first === undefined) return this.constant(formula, () => 1);
    const scratch = rest.map((_, place) => this.#scratch(this.#widest(factors.slice(0, place + 2))));
    const zero = this.#scratch(1);
    return this.node(formula, width, (target, terms) => {
      // A factor with h in front of it needs one term less.
      const factor = (node: JetNode): Jet => {
        const needed = terms - (total - node.valuation);
        return needed > 0 ? node.value(needed) : zero;
      };
      let product = factor(first);
      for (let place = 0; place < rest.length; place += 1) {
        const [node, into] = [rest[place], scratch[place]];
        if (node === undefined || into === undefined) continue;
        multiplyJets(into, product, factor(node), terms);
        product = into;
      }
      spreadJet(target, product, terms);
    });
  }

  divide(formula: Formula, numerator: JetNode, denominator: JetNode): JetNode {
    return this.node(formula, this.#widest([numerator, denominator]), (target, terms) => {
      const above = numerator.value(terms);
      divideJets(target, above, denominator.value(terms - Math.min(numerator.valuation, NO_POWER)), terms);
    });
  }

  power(formula: Formula, base: JetNode, exponent: JetNode): JetNode {
    if (exponent.width !== 1) refuse('not-simulated', 'an exponent with components is not simulated', formula.span);
    const scratch = [this.#scratch(base.width), this.#scratch(base.width)] as const;
    return this.node(formula, base.width, (target, terms) => {
      const e = exponent.value(1).data[0] ?? Number.NaN;
      const a = base.value(terms);
      // Small integer powers are products, so that powers of zero have their derivatives.
      if (Number.isInteger(e) && e >= 1 && e <= 8) {
        let product = a;
        for (let count = 2; count <= e; count += 1) {
          const into = count === e ? target : scratch[count % 2 === 0 ? 0 : 1];
          multiplyJets(into, product, a, terms);
          product = into;
        }
        if (e === 1) copyJet(target, a, terms);
      } else powerJet(target, a, e, value => value ** e, terms);
    });
  }

  absolute(formula: Formula, argument: JetNode): JetNode {
    return this.node(formula, argument.width, (target, terms) => {
      const a = argument.value(terms);
      copyJet(target, a, terms);
      for (let i = 0; i < target.width; i += 1) {
        const sign = Math.sign(entry(a, 0, i));
        // Where it is zero with a slope, there is a kink.
        const factor = sign === 0 && a.degree > 0 ? Number.NaN : sign;
        for (let q = 0; q <= target.degree; q += 1) target.data[q * target.width + i] = factor * entry(a, q, i);
      }
    });
  }

  /** Σ over the components. */
  total(formula: Formula, body: JetNode): JetNode {
    const { dimension } = this.#source;
    return this.node(formula, 1, (target, terms) => {
      const a = body.value(terms);
      target.degree = Math.min(a.degree, terms - 1);
      for (let q = 0; q <= target.degree; q += 1) {
        let sum = 0;
        for (let i = 0; i < dimension; i += 1) sum += entry(a, q, i);
        target.data[q] = sum;
      }
    });
  }

  negate(formula: Formula, argument: JetNode): JetNode {
    return this.node(formula, argument.width, (target, terms) => scaleJet(target, argument.value(terms), -1, terms));
  }

  root(formula: Formula, radicand: JetNode, degree: number): JetNode {
    const power = degree === 2 ? Math.sqrt : (value: number): number => value ** (1 / degree);
    return this.node(formula, radicand.width, (target, terms) =>
      powerJet(target, radicand.value(terms), 1 / degree, power, terms),
    );
  }
}
