/**
 * Writes what a derivation found, always with the same names: expressions to formula trees, and the definitions of every
 * quantity that has been named on the way.
 */
import { beforeFirstOf } from '../notation/before-first.ts';
import { Budget } from '../base/budget.ts';
import { assumptionsOf } from '../expression/arithmetic/assumptions.ts';
import type { Expression } from '../expression/core/expression.ts';
import { slot, ZERO } from '../expression/core/indices.ts';
import type { Template } from '../expression/core/template.ts';
import { pastLabelsOf } from '../expression/write/known-ranges.ts';
import { writeExpression, type WriterOptions } from '../expression/write/to-formula.ts';
import * as build from '../formula/build.ts';
import { COMPONENT, type Definition, type Formula, ITERATION } from '../formula/formula.ts';
import { children } from '../formula/walk.ts';
import { asShiftedVariable, constantForm, type LinearForm } from '../number/linear-form.ts';
import type { Optimizer } from '../optimizer/model.ts';
import { joinSignsAndSizes } from '../rewrite/rules/sign-times-size.ts';
import type { Names } from './names.ts';
import { reservedNames } from './reserved-names.ts';
import type { Sequence } from './unroll/sequences.ts';

export class EquationWriter {
  readonly #names: Names;
  readonly #templates = new Map<string, Template>();
  readonly #options: WriterOptions;
  readonly #sequences: ReadonlyMap<string, Sequence>;
  /** The same without names: everything is written out. */
  readonly #plain: WriterOptions;

  constructor(names: Names, optimizer: Optimizer, sequences: readonly Sequence[] = []) {
    this.#names = names;
    this.#sequences = new Map(sequences.map(each => [each.name, each]));
    const reserved = reservedNames(optimizer);
    const assumptions = assumptionsOf(optimizer.declarations);
    // sign(u) u is written |u|.
    const rewritten = (value: Expression): Expression => joinSignsAndSizes(value, assumptions, Budget.unlimited());
    const before = beforeFirstOf(optimizer);
    this.#plain = { reserved, ...before, nameOf: () => null, rewritten };
    this.#options = {
      reserved,
      ...before,
      rewritten,
      nameOf: (template, args) => {
        const name = names.nameOf(template, args);
        if (name === null || mayEndBefore(template, args, name.shift)) return null;
        if (!this.#templates.has(name.name)) this.#templates.set(name.name, template);
        return name;
      },
    };
  }

  /** The formula with named quantities; `letters` are those of free indices other than n, j and p, labels among them from 0 to n. */
  write(value: Expression, letters?: ReadonlyMap<number, Formula>): Formula {
    return writeExpression(value, this.#options, letters, letters && pastLabelsOf(letters));
  }

  /** The formula with every quantity written out. */
  writeOut(value: Expression, letters?: ReadonlyMap<number, Formula>): Formula {
    return writeExpression(value, this.#plain, letters, letters && pastLabelsOf(letters));
  }

  /** The first of the letters that nothing of the optimizer has; where there is none, the first with a number. */
  freeLetter(letters: readonly [string, ...string[]]): string {
    return letters.find(letter => !this.#plain.reserved.has(letter)) ?? `${letters[0]}_0`;
  }

  /** What the formulas use, in order of use, and what that uses. */
  definitions(formulas: readonly Formula[]): Definition[] {
    const definitions: Definition[] = [];
    const done = new Set<string>();
    const queue = formulas.flatMap(quantityNames);
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const template = this.#templates.get(name);
      const sequence = this.#sequences.get(name);
      if (done.has(name)) continue;
      const definition = sequence ? this.#ofSequence(sequence) : template && this.#define(name, template);
      if (definition === undefined) continue;
      done.add(name);
      definitions.push(definition);
      queue.push(
        ...[definition.body, ...(definition.recursion ? [definition.recursion.start] : [])].flatMap(quantityNames),
      );
    }
    return definitions;
  }

  #ofSequence({ name, id, componentwise, body, start }: Sequence): Definition {
    return {
      name,
      indices: componentwise ? [COMPONENT] : [],
      indexSorts: componentwise ? ['coordinate'] : [],
      labels: [ITERATION],
      body: this.write(body),
      recursion: { id, start: this.write(start) },
      span: null,
    };
  }

  #define(name: string, template: Template): Definition {
    const known = this.#names.knownName(template);
    if (known === null) throw new Error('a named template has a name');
    const componentwise = template.sorts.includes('coordinate');
    const label = build.index(ITERATION);
    const letters = new Map<number, Formula>();
    template.sorts.forEach((sort, position) => {
      letters.set(
        slot(position, sort),
        sort === 'coordinate'
          ? build.index(COMPONENT)
          : known.shift === 0
            ? label
            : build.addition(label, build.number(-known.shift)),
      );
    });
    const radicand = this.write(template.body, letters);
    const body = known.power.isOne() ? radicand : build.root(radicand, Number(known.power.den));
    return {
      name,
      indices: componentwise ? [COMPONENT] : [],
      indexSorts: componentwise ? ['coordinate'] : [],
      labels: [ITERATION],
      body,
      span: null,
    };
  }
}

/**
 * Whether the quantity is 0 before some label, and is asked for at one that may lie there, as g^{(n−1)} of a loss that is nothing before
 * the first: a definition says what holds from n = 0 on, so that it is written out there, with its condition.
 */
const mayEndBefore = (template: Template, args: readonly LinearForm[], shift: number): boolean =>
  template.sorts.some((sort, position) => {
    const { constant, terms } = args[position] ?? constantForm(0);
    // A label is n, the letter of a sum over times, or a number, and something added to it.
    if (sort !== 'history' || terms.length > 1 || constant + shift >= 0) return false;
    return endsBefore(template, position, constant);
  });

/** Whether something in the quantity is 0 where its label at `position` is `least`, itself or in a quantity that it is made of. */
function endsBefore({ sorts, body }: Template, position: number, least: number): boolean {
  const label = slot(position, sorts[position] ?? 'history');
  // A sum over times has an empty range there.
  return body.terms
    .filter(term => !term.sorts.includes('history'))
    .some(
      ({ constraints, factors }) =>
        constraints.some(({ left, right, bound }) => left === ZERO && right === label && least < -bound) ||
        factors.some(
          ({ factor }) =>
            factor.kind === 'template' &&
            factor.arguments.some((argument, at) => {
              const moved = asShiftedVariable(argument);
              return moved?.variable === label && endsBefore(factor.template, at, least + moved.shift);
            }),
        ),
    );
}

function quantityNames(formula: Formula): string[] {
  const own = formula.kind === 'quantity' ? [formula.name] : [];
  return [...own, ...children(formula).flatMap(quantityNames)];
}
