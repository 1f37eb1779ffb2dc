/** A left side that is a name, with its formal letters, labels and argument. */
import { Refusal, refuse } from '../../../base/problem.ts';
import type { Formula, IndexSort } from '../../../formula/formula.ts';
import { BATCHES, COMPONENT, DIMENSION, ITERATION } from '../../../formula/formula.ts';
import type { GroupItem, Item, NameItem } from '../../layout/item.ts';
import { isOperator, spellItem, spellName } from '../../layout/item.ts';
import type { Reading } from '../reading.ts';
import type { FormalLetter, NameScope } from '../scope.ts';
import { labelItems, readIndex, sortOfEntry, splitCommas, splitIndices } from '../script/read-index.ts';
import { readsAsTime } from '../script/read-point.ts';
import type { LeftSide } from './left-side.ts';
import { OTHER } from './left-side.ts';

/** Left sides that begin with another name than the parameters. */
export class NameSide {
  readonly #reading: Reading;
  readonly #scope: NameScope;

  constructor(reading: Reading, scope: NameScope) {
    this.#reading = reading;
    this.#scope = scope;
  }

  /** The name at the cursor, behind it perhaps an argument; `other` where it is no definable name. */
  read(item: NameItem, argument: Item | undefined): LeftSide {
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

  /** One formal index: a letter, or a number kept as its digits, with its sign. */
  #formal(entry: readonly Item[], sort: IndexSort | null): { name: string; sort: IndexSort; letter: string | null } {
    const only = entry[0];
    const letter = entry.length === 1 && only?.kind === 'name' ? spellItem(only) : null;
    if (letter === null) {
      const [, second, ...more] = entry;
      const isNegative = only !== undefined && isOperator(only, '-') && second?.kind === 'number' && more.length === 0;
      if (isNegative) return { name: `-${second.text}`, sort: 'coordinate', letter: null };
      if (entry.length === 1 && only?.kind === 'number') return { name: only.text, sort: 'coordinate', letter: null };
      return refuse('left-side', 'expected a formal index letter', only?.span);
    }
    const role = this.#reading.roleName(letter);
    if (role === COMPONENT || role === ITERATION || role === BATCHES || role === DIMENSION)
      return { name: role, sort: role === COMPONENT ? 'coordinate' : 'history', letter };
    return { name: letter, sort: sort ?? 'coordinate', letter };
  }
}
