/** Left sides about the parameters: the next iterate, the flow, and the distance of the solution from the iterate. */
import { refuse } from '../../../base/problem.ts';
import type { Formula } from '../../../formula/formula.ts';
import { COMPONENT, ITERATION } from '../../../formula/formula.ts';
import type { FractionItem, GroupItem, Item, Name, NameItem } from '../../layout/item.ts';
import { isOperator, spellItem, spellName } from '../../layout/item.ts';
import type { Reading } from '../reading.ts';
import type { FormalLetter, NameScope } from '../scope.ts';
import { labelItems, readIndex, sortOfEntry, splitIndices } from '../script/read-index.ts';
import { readsAsTime } from '../script/read-point.ts';
import type { LeftSide } from './left-side.ts';
import { OTHER } from './left-side.ts';

interface OneComponent {
  readonly component: string;
  readonly only?: number;
  readonly letters: Map<string, FormalLetter>;
}

/** Left sides that begin with the parameters, or with a sign of their derivative in time. */
export class ParametersSide {
  readonly #items: readonly Item[];
  readonly #reading: Reading;
  readonly #scope: NameScope;

  constructor(items: readonly Item[], reading: Reading, scope: NameScope) {
    this.#items = items;
    this.#reading = reading;
    this.#scope = scope;
  }

  /** Whether a name is the parameters'. */
  isParameters(name: Name): boolean {
    return this.#reading.special(name) === 'parameters' && this.#reading.role(spellName(name)) === undefined;
  }

  /** Whether a subscript of \partial is the time. */
  isTimeScript(sub: readonly Item[]): boolean {
    return sub.length === 1 && this.#reading.isTime(sub[0]);
  }

  /** ‖\tilde\theta(nh) − \theta^{(n)}‖: the solution at nh and the iterate n. Refuses other points of the two. */
  isBound(group: GroupItem): boolean {
    const at = group.items.findIndex(item => isOperator(item, '-'));
    const sides = [group.items.slice(0, at), group.items.slice(at + 1)];
    const parts = sides.map(([first]) => first);
    const isDifference = at > 0 && parts.every(first => first?.kind === 'name' && this.isParameters(first.name));
    if (!isDifference) return false;
    const points = sides.map(([first, argument, ...rest]) =>
      first?.kind === 'name' && rest.length === 0
        ? { isSolution: argument !== undefined, point: this.update(first, argument) }
        : null,
    );
    const isAtN = points.every(
      each =>
        each?.point.kind === 'parameters-update' &&
        each.point.component === null &&
        each.point.label.kind === 'index' &&
        each.point.label.name === ITERATION,
    );
    if (!isAtN || points[0]?.isSolution === points[1]?.isSolution)
      return refuse(
        'global-bound',
        'a global bound compares the solution at nh with the iterate n',
        group.span,
        'Write \\|\\tilde\\theta(nh) - \\theta^{(n)}\\| \\le C h^{q+1}.',
      );
    return true;
  }

  /** \frac{d\theta_j}{dt}, \frac{d}{dt}\theta_j(t). */
  fractionFlow(fraction: FractionItem, second: Item | undefined, third: Item | undefined): LeftSide {
    const [sign, time, ...more] = fraction.denominator;
    if (!isDifferential(sign) || !this.#reading.isTime(time) || more.length > 0 || fraction.sup !== null) return OTHER;
    const [head, parameters, argument, ...rest] = fraction.numerator;
    if (!isDifferential(head) || rest.length > 0) return OTHER;
    if (parameters === undefined)
      return second?.kind === 'name' && this.isParameters(second.name)
        ? this.flow(second, third === undefined ? [] : [third])
        : OTHER;
    if (parameters.kind !== 'name' || !this.isParameters(parameters.name)) return OTHER;
    return this.flow(parameters, [...(argument === undefined ? [] : [argument]), ...this.#items.slice(1)]);
  }

  /** \dot\theta_j(t), the rest behind the name. */
  flow(item: NameItem, rest: readonly Item[]): LeftSide {
    const [argument, ...more] = rest;
    const isTime =
      argument === undefined ||
      (argument.kind === 'group' && argument.delimiter === 'paren' && readsAsTime(argument.items, this.#reading));
    if (!isTime || more.length > 0 || item.sup !== null) return OTHER;
    if (item.sub === null) return { kind: 'flow', component: null, letters: new Map() };
    return { kind: 'flow', ...this.#component(item.sub) };
  }

  /** The one component letter of θ_j; it is stored as COMPONENT whatever it is called. */
  #component(sub: readonly Item[]): OneComponent {
    const only = sub[0];
    if (sub.length === 1 && only?.kind === 'number' && /^[1-9]\d?$/.test(only.text) && this.#scope.where === 'claim')
      return { component: only.text, only: Number(only.text), letters: new Map() };
    const letter = sub.length === 1 && only?.kind === 'name' ? spellItem(only) : null;
    if (letter === null)
      return refuse(
        'left-side',
        'expected one component letter on the left side',
        only?.span,
        `Count all parameters with one letter, as ${this.#scope.notation.parameters}_${this.#scope.notation.component}, or leave it out.`,
      );
    if (this.#reading.roleName(letter) === ITERATION)
      refuse(
        'index-sort',
        `${letter} counts iterations; expected a component`,
        only?.span,
        'labels in subscripts need `notation index=subscript`',
      );
    return { component: letter, letters: new Map([[letter, { name: COMPONENT, sort: 'coordinate' }]]) };
  }

  /** \theta_j^{(n+1)}, \theta_{t+1}, \tilde\theta^{(n+1)}, \tilde\theta(t_{n+1}). */
  update(item: NameItem, argument: Item | undefined): LeftSide {
    const subscript = this.#scope.notation.index === 'subscript';
    const labelParts = labelItems(item.sup);
    if (item.sup !== null && labelParts === null) return OTHER;
    let label: Formula | null = null;
    let component: OneComponent | null = null;
    for (const [part, isSuper] of [
      ...(labelParts === null ? [] : [[labelParts, true] as const]),
      ...(item.sub === null
        ? []
        : subscript
          ? splitIndices(item.sub, true).map(entry => [entry, false] as const)
          : [[item.sub, false] as const]),
    ]) {
      const sort = sortOfEntry(part, this.#reading);
      const isLabel = subscript ? sort !== 'coordinate' && !(isSuper && label !== null) : isSuper;
      if (isLabel && label === null) label = readIndex(part, 'history', this.#reading, item.span);
      else component = this.#component(part);
    }
    if (argument !== undefined) {
      if (
        label !== null ||
        argument.kind !== 'group' ||
        argument.delimiter !== 'paren' ||
        !readsAsTime(argument.items, this.#reading)
      )
        return OTHER;
      const [only, step] = argument.items;
      const timeLabel = only?.kind === 'name' && step === undefined ? only.sub : argument.items.slice(0, -1);
      if (timeLabel === null || timeLabel === undefined) return OTHER;
      label = readIndex(timeLabel, 'history', this.#reading, item.span);
    }
    if (label === null) return OTHER;
    const letters = new Map([...this.#reading.introduced(), ...(component?.letters ?? [])]);
    const single = component?.only === undefined ? {} : { only: component.only };
    return { kind: 'parameters-update', label, component: component?.component ?? null, ...single, letters };
  }
}

const isDifferential = (item: Item | undefined): boolean =>
  item !== undefined &&
  ((item.kind === 'name' && (item.name.core === 'd' || item.name.core === '\\mathrm{d}') && item.sub === null) ||
    (item.kind === 'command' && item.text === '\\partial')) &&
  item.sup === null;
