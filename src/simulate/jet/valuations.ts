/** The lowest power of h that a formula of an optimizer can begin with: h·m has 1, a state with v = βv − h∇E too. */
import type { Formula } from '../../formula/formula.ts';
import { children } from '../../formula/walk.ts';
import type { Optimizer } from '../../optimizer/model.ts';

/** The valuation of zero, large enough. */
export const NO_POWER = 1000;

export class Valuations {
  readonly #optimizer: Optimizer;
  /** Whether h is the variable of a series; else it is a number, and every valuation is 0. */
  readonly #inSeries: boolean;
  readonly #states = new Map<string, number>();

  constructor(optimizer: Optimizer, inSeries: boolean) {
    this.#optimizer = optimizer;
    this.#inSeries = inSeries;
    for (const { name } of optimizer.states) this.#states.set(name, NO_POWER);
    // Valuations only fall, and a state needs itself and those before it.
    for (let changed = true; changed; ) {
      changed = false;
      for (const { name, right, initial } of optimizer.states) {
        const lowest = Math.min(this.of(right), this.of(initial));
        if (lowest >= (this.#states.get(name) ?? 0)) continue;
        this.#states.set(name, lowest);
        changed = true;
      }
    }
  }

  /**
   * By how many terms less than the update each state is needed, since h stands in front of it; states that the update does
   * not need are left out.
   */
  deficits(): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    this.#demand(this.#optimizer.update, 0, found);
    return found;
  }

  #demand(formula: Formula, deficit: number, found: Map<string, number>): void {
    if (formula.kind === 'multiply') {
      const powers = formula.factors.map(factor => this.of(factor));
      const total = powers.reduce((sum, power) => sum + power, 0);
      formula.factors.forEach((factor, place) => {
        this.#demand(factor, deficit + total - (powers[place] ?? 0), found);
      });
    } else if (formula.kind === 'divide') {
      this.#demand(formula.numerator, deficit, found);
      this.#demand(formula.denominator, deficit + this.of(formula.numerator), found);
    } else if (formula.kind === 'quantity') this.#demandName(formula.name, deficit, found);
    else for (const child of children(formula)) this.#demand(child, deficit, found);
  }

  #demandName(name: string, deficit: number, found: Map<string, number>): void {
    const definition = this.#optimizer.quantities.find(each => each.name === name);
    if (definition !== undefined) this.#demand(definition.body, deficit, found);
    const row = this.#optimizer.states.find(each => each.name === name);
    if (row === undefined || (found.get(name) ?? Number.POSITIVE_INFINITY) <= deficit) return;
    found.set(name, deficit);
    this.#demand(row.right, deficit, found);
    this.#demand(row.initial, deficit, found);
  }

  of(formula: Formula): number {
    if (!this.#inSeries) return 0;
    switch (formula.kind) {
      case 'step':
        return 1;
      case 'number':
        return formula.value.isZero() ? NO_POWER : 0;
      case 'add':
        return formula.terms.reduce((lowest, term) => Math.min(lowest, this.of(term)), NO_POWER);
      case 'negate':
      case 'absolute':
        return this.of(formula.argument);
      case 'multiply':
        return Math.min(
          NO_POWER,
          formula.factors.reduce((sum, factor) => sum + this.of(factor), 0),
        );
      case 'divide':
        return this.of(formula.numerator);
      case 'power': {
        const { exponent } = formula;
        const isCount = exponent.kind === 'number' && exponent.value.isInteger() && exponent.value.sign() > 0;
        return isCount ? Math.min(NO_POWER, exponent.value.toNumber() * this.of(formula.base)) : 0;
      }
      case 'sum':
        return this.of(formula.body);
      case 'quantity': {
        const state = this.#states.get(formula.name);
        if (state !== undefined) return state;
        const definition = this.#optimizer.quantities.find(({ name }) => name === formula.name);
        return definition === undefined ? 0 : this.of(definition.body);
      }
      default:
        return 0;
    }
  }
}
