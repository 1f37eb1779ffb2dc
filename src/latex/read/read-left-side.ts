/**
 * What a left side defines or states, read before names are known: a name with formal letters, an update of the
 * parameters, the flow, a bound of a norm. It guesses no meaning; `other` is read as a formula.
 */
import { Refusal, refuse } from '../../base/problem.ts';
import type { Formula, IndexSort } from '../../formula/formula.ts';
import { BATCHES, COMPONENT, DIMENSION, ITERATION } from '../../formula/formula.ts';
import type { FractionItem, GroupItem, Item, Name, NameItem } from '../layout/item.ts';
import { isOperator, spellItem, spellName } from '../layout/item.ts';
import { layOut } from '../layout/layout.ts';
import { readExpression } from './read-expression.ts';
import { labelItems, readIndex, sortOfEntry, splitCommas, splitIndices } from './script/read-index.ts';
import { readsAsTime } from './script/read-point.ts';
import { Reading } from './reading.ts';
import type { FormalLetter, NameScope } from './scope.ts';
import type { Token } from '../notation/token.ts';

export type LeftSide =
  | {
      readonly kind: 'name';
      /** Canonical; an accented loss such as `\tilde{E}` is a name too. */
      readonly name: string;
      /** Stored names of the subscripts: role names where a letter has a role. A number is kept as its digits. */
      readonly indices: readonly string[];
      /** `coordinate` unless the letter is known to count iterations; see readDefinition for letters that do not say. */
      readonly indexSorts: readonly IndexSort[];
      /** Labels as index formulas: n+1, 0, l. */
      readonly labels: readonly Formula[];
      readonly hasPoint: boolean;
      /** The canonical letter of the argument, `\theta` or another formal one; null without an argument. */
      readonly argument: string | null;
      /** Index letters as typed with the names that they are stored under. */
      readonly letters: ReadonlyMap<string, FormalLetter>;
    }
  /** \theta_j^{(n+1)}; `component` is the letter as typed. */
  | {
      readonly kind: 'parameters-update';
      readonly label: Formula;
      readonly component: string | null;
      /** The number of the component where one alone is meant: \theta_1^{(n+1)}. */
      readonly only?: number;
      readonly letters: ReadonlyMap<string, FormalLetter>;
    }
  /** \dot{\tilde\theta}_j(t), \frac{d\theta_j}{dt}, \dot\theta_1. */
  | {
      readonly kind: 'flow';
      readonly component: string | null;
      readonly only?: number;
      readonly letters: ReadonlyMap<string, FormalLetter>;
    }
  | { readonly kind: 'norm-bound' }
  | { readonly kind: 'other' };

const OTHER: LeftSide = { kind: 'other' };

/** Classifies a left side. Refuses what cannot be laid out; whatever is no single name is `other`. */
export function readLeftSide(tokens: readonly Token[], scope: NameScope): LeftSide {
  const { fixed: _fixed, ...open } = scope;
  const reading = new Reading(open, readExpression, new Set(), true);
  return new LeftReader(layOut(tokens), reading, scope).read();
}

class LeftReader {
  readonly #items: readonly Item[];
  readonly #reading: Reading;
  readonly #scope: NameScope;

  constructor(items: readonly Item[], reading: Reading, scope: NameScope) {
    this.#items = items;
    this.#reading = reading;
    this.#scope = scope;
  }

  read(): LeftSide {
    const [first, second, third] = this.#items;
    if (first === undefined) return OTHER;
    if (first.kind === 'group' && first.delimiter === 'norm' && this.#items.length === 1)
      return this.#isBound(first) ? { kind: 'norm-bound' } : OTHER;
    if (first.kind === 'fraction') return this.#fractionFlow(first, second, third);
    if (
      first.kind === 'command' &&
      first.text === '\\partial' &&
      first.sub !== null &&
      this.#isTimeScript(first.sub) &&
      second?.kind === 'name'
    )
      return this.#flow(second, this.#items.slice(2));
    if (first.kind !== 'name') return OTHER;
    if (this.#isParameters(first.name)) {
      if (first.name.accents.includes('\\dot') || first.primes === 1) return this.#flow(first, this.#items.slice(1));
      return this.#items.length === 1 || this.#items.length === 2 ? this.#update(first, second) : OTHER;
    }
    if (this.#items.length > 2 || first.primes > 0) return OTHER;
    return this.#name(first, second);
  }

  #isParameters(name: Name): boolean {
    return this.#reading.special(name) === 'parameters' && this.#reading.role(spellName(name)) === undefined;
  }
  #isTimeScript(sub: readonly Item[]): boolean {
    return sub.length === 1 && this.#reading.isTime(sub[0]);
  }

  /** ‖\tilde\theta(nh) − \theta^{(n)}‖: the solution at nh and the iterate n. Refuses other points of the two. */
  #isBound(group: GroupItem): boolean {
    const at = group.items.findIndex(item => isOperator(item, '-'));
    const sides = [group.items.slice(0, at), group.items.slice(at + 1)];
    const parts = sides.map(([first]) => first);
    const isDifference = at > 0 && parts.every(first => first?.kind === 'name' && this.#isParameters(first.name));
    if (!isDifference) return false;
    const points = sides.map(([first, argument, ...rest]) =>
      first?.kind === 'name' && rest.length === 0
        ? { isSolution: argument !== undefined, point: this.#update(first, argument) }
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
  #fractionFlow(fraction: FractionItem, second: Item | undefined, third: Item | undefined): LeftSide {
    const [sign, time, ...more] = fraction.denominator;
    if (!isDifferential(sign) || !this.#reading.isTime(time) || more.length > 0 || fraction.sup !== null) return OTHER;
    const [head, parameters, argument, ...rest] = fraction.numerator;
    if (!isDifferential(head) || rest.length > 0) return OTHER;
    if (parameters === undefined)
      return second?.kind === 'name' && this.#isParameters(second.name)
        ? this.#flow(second, third === undefined ? [] : [third])
        : OTHER;
    if (parameters.kind !== 'name' || !this.#isParameters(parameters.name)) return OTHER;
    return this.#flow(parameters, [...(argument === undefined ? [] : [argument]), ...this.#items.slice(1)]);
  }

  #flow(item: NameItem, rest: readonly Item[]): LeftSide {
    const [argument, ...more] = rest;
    const isTime =
      argument === undefined ||
      (argument.kind === 'group' && argument.delimiter === 'paren' && readsAsTime(argument.items, this.#reading));
    if (!isTime || more.length > 0 || item.sup !== null) return OTHER;
    if (item.sub === null) return { kind: 'flow', component: null, letters: new Map() };
    return { kind: 'flow', ...this.#component(item.sub) };
  }

  /** The one component letter of θ_j; it is stored as COMPONENT whatever it is called. */
  #component(sub: readonly Item[]): { component: string; only?: number; letters: Map<string, FormalLetter> } {
    const only = sub[0];
    if (sub.length === 1 && only?.kind === 'number' && /^[1-9]\d?$/.test(only.text) && this.#scope.where === 'claim')
      return { component: only.text, only: Number(only.text), letters: new Map() };
    const letter = sub.length === 1 && only?.kind === 'name' ? spellItem(only) : null;
    if (letter === null) return refuse('left-side', 'expected one component letter on the left side', only?.span);
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
  #update(item: NameItem, argument: Item | undefined): LeftSide {
    const subscript = this.#scope.notation.index === 'subscript';
    const labelParts = labelItems(item.sup);
    if (item.sup !== null && labelParts === null) return OTHER;
    let label: Formula | null = null;
    let component: { component: string; only?: number; letters: Map<string, FormalLetter> } | null = null;
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

  #name(item: NameItem, argument: Item | undefined): LeftSide {
    const special = this.#reading.special(item.name);
    const full = spellItem({ ...item, sup: null });
    const isKnown = full !== null && this.#reading.role(full) !== undefined;
    const plainLoss = special === 'loss' && item.name.accents.length === 0 && !isKnown;
    // \eta_t = \eta/\sqrt t in an optimizer gives the step a label.
    const isLabelled = this.#scope.where === 'optimizer' && (item.sub !== null || item.sup !== null);
    if (plainLoss || (special === 'step' && !isLabelled) || special === 'time') return OTHER;
    if (
      argument !== undefined &&
      (argument.kind !== 'group' || argument.delimiter !== 'paren' || argument.sup !== null || argument.sub !== null)
    )
      return OTHER;
    const point = argument === undefined ? null : this.#argumentName(argument);
    if (argument !== undefined && point === null) return OTHER;
    try {
      return this.#scripts(item, point);
    } catch (error) {
      // A subscript that is no row of formal letters makes an ordinary formula, which is read (and refused) as such.
      if (error instanceof Refusal) return OTHER;
      throw error;
    }
  }

  /** The letter of an argument that holds just a point; null where it holds something else. */
  #argumentName(argument: GroupItem): string | null {
    const [only, time, ...more] = argument.items;
    if (only?.kind !== 'name' || only.sup !== null || only.sub !== null || more.length > 0) return null;
    if (time !== undefined && !(time.kind === 'group' && readsAsTime(time.items, this.#reading))) return null;
    return this.#reading.special(only.name) === 'parameters' ? this.#scope.notation.parameters : spellName(only.name);
  }

  #scripts(item: NameItem, point: string | null): LeftSide {
    const full = spellItem({ ...item, sup: null });
    const declared = full === null ? undefined : this.#reading.role(full);
    const ownSub = item.sub !== null && (declared !== undefined || this.#isWord(item.sub)) ? null : item.sub;
    const name = ownSub === item.sub ? spellName(item.name) : (full ?? spellName(item.name));
    const subscript = this.#scope.notation.index === 'subscript';
    const label = labelItems(item.sup);
    if (item.sup !== null && label === null) return OTHER;
    const indices: { name: string; sort: IndexSort; letter: string | null }[] = [];
    const labels: Formula[] = [];
    const entries = ownSub === null ? [] : splitIndices(ownSub, subscript);
    const plain = entries.filter(entry => sortOfEntry(entry, this.#reading) !== 'coordinate');
    // \\mu_{t,k} counts twice: neither is the label of a step.
    const isTable = plain.length > 1;
    for (const entry of entries) {
      const sort = sortOfEntry(entry, this.#reading);
      if (
        subscript &&
        !isTable &&
        sort !== 'coordinate' &&
        (sort === 'history' || (labels.length === 0 && entries.length === 1))
      )
        labels.push(readIndex(entry, 'history', this.#reading, item.span));
      else indices.push(this.#formal(entry, sort));
    }
    for (const part of label === null ? [] : splitCommas(label)) {
      if (subscript && sortOfEntry(part, this.#reading) === 'coordinate')
        indices.push(this.#formal(part, 'coordinate'));
      else labels.push(readIndex(part, 'history', this.#reading, item.span));
    }
    const letters = new Map<string, FormalLetter>(this.#reading.introduced());
    for (const entry of indices) {
      if (entry.letter === null) continue;
      letters.set(entry.letter, {
        name: entry.name,
        sort: entry.name.startsWith('#') ? entry.sort : (this.#reading.boundLetter(entry.letter)?.sort ?? null),
      });
    }
    return {
      kind: 'name',
      name,
      indices: indices.map(entry => entry.name),
      indexSorts: indices.map(entry => entry.sort),
      labels,
      hasPoint: point !== null,
      argument: point,
      letters,
    };
  }

  /** A number or an upright word is part of the name: c_1, \lambda_{\max}, E_{\text{SGD}}. */
  #isWord(sub: readonly Item[]): boolean {
    const only = sub[0];
    // Capitals side by side are an abbreviation: R_{IG}.
    if (sub.length > 1) return sub.every(item => item.kind === 'name' && /^[A-Z]$/.test(spellItem(item) ?? ''));
    if (only === undefined) return false;
    // A hyperparameter in the subscript is no index: \phi_\varepsilon.
    if (only.kind === 'name' && this.#reading.role(spellItem(only) ?? '')?.kind === 'scalar') return true;
    if (only.kind === 'number') return this.#scope.notation.index === 'superscript';
    return (
      only.kind === 'text' ||
      only.kind === 'command' ||
      (only.kind === 'name' && /^\\mathrm\{|^(?!\\[A-Za-z]+$)..+/.test(only.name.core))
    );
  }

  /** One formal index: a letter, or a number kept as its digits. */
  #formal(entry: readonly Item[], sort: IndexSort | null): { name: string; sort: IndexSort; letter: string | null } {
    const only = entry[0];
    const letter = entry.length === 1 && only?.kind === 'name' ? spellItem(only) : null;
    if (letter === null) {
      if (entry.length === 1 && only?.kind === 'number') return { name: only.text, sort: 'coordinate', letter: null };
      return refuse('left-side', 'expected a formal index letter', only?.span);
    }
    const role = this.#reading.roleName(letter);
    if (role === COMPONENT || role === ITERATION || role === BATCHES || role === DIMENSION)
      return { name: role, sort: role === COMPONENT ? 'coordinate' : 'history', letter };
    return { name: letter, sort: sort ?? 'coordinate', letter };
  }
}

const isDifferential = (item: Item | undefined): boolean =>
  item !== undefined &&
  ((item.kind === 'name' && (item.name.core === 'd' || item.name.core === '\\mathrm{d}') && item.sub === null) ||
    (item.kind === 'command' && item.text === '\\partial')) &&
  item.sup === null;
