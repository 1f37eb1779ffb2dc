/**
 * The state of reading one formula: which index letters are known and what they count, fresh names, warnings, depth.
 * It knows no grammar; the grammar's entry is handed in.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Formula, IndexSort } from '../../formula/formula.ts';
import { BATCHES, COMPONENT, DIMENSION, ITERATION, TIME } from '../../formula/formula.ts';
import type { GroupItem, Item, Name, NameItem } from '../layout/item.ts';
import { spellName } from '../layout/item.ts';
import { letterRoles } from '../layout/letter-roles.ts';
import type { LetterRole } from '../layout/letter-roles.ts';
import type { FormalLetter, NameRole, NameScope } from './scope.ts';
import type { Algebra, Value } from './value.ts';

/** An index letter that is known here. `sort` is filled by its first use where nothing else decides it. */
export interface Letter {
  readonly name: string;
  sort: IndexSort | null;
  readonly origin: 'bound' | 'fixed' | 'free' | 'role';
}

/** Reads a whole row of items as one expression. */
export type ReadExpression = (items: readonly Item[], reading: Reading, place: Span) => Value;

/** Deeper recursion than this is refused; well below the end of the stack. */
const DEEPEST = 400;

export class Reading implements Algebra {
  readonly scope: NameScope;
  readonly expression: (items: readonly Item[], place: Span) => Value;
  readonly #letters = new Map<string, Letter>();
  /** Letters that a left side introduces; null where unknown letters are errors. */
  readonly #free: Map<string, Letter> | null;
  readonly #used: ReadonlySet<string>;
  readonly #roles: ReadonlyMap<string, string>;
  readonly #special: ReadonlyMap<string, LetterRole>;
  /** n and j where a left side has them. */
  readonly #leftRoles = new Map<string, FormalLetter>();
  /** Whether an argument of max or min is being read. */
  amongExtrema = false;
  /** |v|^2 of vectors, read as norms, where nothing yet shows that a number is meant and not a vector. */
  readonly bars: GroupItem[] = [];
  /** Component letters that a sum of this side has bound. */
  readonly #summed = new Set<string>();
  #depth = 0;
  #fresh = 0;

  constructor(scope: NameScope, expression: ReadExpression, used: ReadonlySet<string>, free: boolean) {
    this.scope = scope;
    this.expression = (items, place) => expression(items, this, place);
    this.#used = used;
    this.#free = free ? new Map() : null;
    for (const [letter, { name, sort }] of scope.fixed ?? [])
      this.#letters.set(letter, { name, sort, origin: 'fixed' });
    const { indices, special } = letterRoles(scope.notation);
    this.#roles = indices;
    this.#special = special;
  }

  get elementwise(): boolean {
    return this.scope.where === 'optimizer' || this.scope.componentwiseVectors;
  }
  get subscriptLabels(): boolean {
    return this.scope.notation.index === 'subscript';
  }

  /** Runs `action` one level deeper. */
  deeper<T>(place: Span, action: () => T): T {
    this.#depth += 1;
    if (this.#depth > DEEPEST) refuse('too-deep', `the formula is nested more than ${DEEPEST} deep`, place);
    const result = action();
    this.#depth -= 1;
    return result;
  }

  /** How deep the reading is: 2 in a term of a whole side. */
  get depth(): number {
    return this.#depth;
  }

  warn(code: string, message: string, span: Span, hint?: string): void {
    this.scope.warnings.push({ code, message, span, severity: 'warning', ...(hint === undefined ? {} : { hint }) });
  }

  role(name: string): NameRole | undefined {
    return this.scope.names.get(name);
  }

  /** The role of a letter that is no index: the loss and the parameters whatever their accents. */
  special(name: Name): LetterRole | null {
    const byCore = this.#special.get(name.core);
    if (byCore === 'loss' || byCore === 'parameters') return byCore;
    return this.#special.get(spellName(name)) ?? null;
  }

  isPointName(name: Name): boolean {
    return this.special(name) === 'parameters' || (this.scope.points?.has(spellName(name)) ?? false);
  }

  /** An index letter that a Σ binds or the left side fixes. */
  boundLetter(letter: string): Letter | undefined {
    return this.#letters.get(letter) ?? this.#free?.get(letter);
  }

  /** The role name of n, j, p, m; null for other letters. */
  roleName(letter: string): string | null {
    const role = this.#roles.get(letter);
    // An optimizer knows no number of batches: there a bare m is a state without its label.
    return role === undefined || (role === BATCHES && this.scope.where === 'optimizer') ? null : role;
  }

  /** The formula of a role letter as a number or an index; j only where the left side has it. */
  roleLetter(letter: string, span: Span): Letter | null {
    const name = this.roleName(letter);
    if (name === null) return null;
    if (name === COMPONENT && this.scope.fixed !== undefined && this.scope.where === 'claim' && this.#free === null) {
      return refuse(
        'unsummed-index',
        `the index ${letter} is neither summed nor on the left side`,
        span,
        'there is no sum over repeated indices: write \\sum',
      );
    }
    if (this.#summed.has(letter))
      refuse('index-fixed', `the index ${letter} is summed over on this side, and stands alone too`, span);
    const sort = name === COMPONENT ? 'coordinate' : name === DIMENSION ? null : 'history';
    if (this.#free !== null && (name === COMPONENT || name === ITERATION)) this.#leftRoles.set(letter, { name, sort });
    return { name, sort, origin: 'role' };
  }

  /** An index letter at a place that counts `sort` (null: either); refuses unknown letters and wrong sorts. */
  index(letter: string, sort: IndexSort | null, span: Span): Formula {
    const found = this.boundLetter(letter) ?? this.roleLetter(letter, span) ?? this.#introduce(letter, sort, span);
    if (sort !== null && found.sort !== null && found.sort !== sort) {
      const counts = found.sort === 'coordinate' ? 'components' : 'iterations';
      refuse(
        'index-sort',
        `${letter} counts ${counts}; expected an index that counts ${sort === 'coordinate' ? 'components' : 'iterations'}`,
        span,
        sort !== 'coordinate'
          ? this.scope.where === 'optimizer'
            ? `If ${letter} is the component, write it behind the label, as x_{${this.scope.notation.iteration},${letter}}; if it says which worker or layer, leave it out.`
            : undefined
          : isUnderNabla(span) && this.scope.where === 'optimizer'
            ? "If \\nabla with that label is the gradient of the step's own loss, say `notation gradient=\\nabla`."
            : found.origin === 'bound'
              ? `A sum up to ${this.scope.notation.batches} counts batches; where that is the number of parameters, write notation dimension=${this.scope.notation.batches}.`
              : this.subscriptLabels
                ? undefined
                : LABEL_HINT,
      );
    }
    if (found.sort === null && sort !== null && found.origin !== 'role') found.sort = sort;
    return { kind: 'index', span, name: found.name };
  }

  #introduce(letter: string, sort: IndexSort | null, span: Span): Letter {
    if (this.#free === null) {
      const hint =
        isUnderNabla(span) && this.scope.where === 'optimizer'
          ? `If ${letter} is the letter of the parameters, say \`notation parameters=${letter}\`.`
          : undefined;
      return refuse('undefined-name', `the index ${letter} is neither bound by a sum nor on the left side`, span, hint);
    }
    const introduced: Letter = { name: letter, sort, origin: 'free' };
    this.#free.set(letter, introduced);
    return introduced;
  }

  /** The letters that a left side introduced, with what they count. */
  introduced(): Map<string, FormalLetter> {
    return new Map([
      ...[...(this.#free ?? [])].map(([letter, { name, sort }]) => [letter, { name, sort }] as const),
      ...this.#leftRoles,
    ]);
  }
  /** What the fixed letters turned out to count. */
  sortOfFixed(letter: string): IndexSort | null {
    return this.#letters.get(letter)?.sort ?? null;
  }

  /** Binds letters while `action` runs. Refuses a letter that is bound already, fixed on the left, or taken. */
  bind<T>(letters: readonly { letter: string; known: Letter; span: Span }[], action: () => T): T {
    for (const { letter, known, span } of letters) {
      this.checkBindable(letter, span);
      this.#letters.set(letter, known);
    }
    const result = action();
    for (const { letter } of letters) this.#letters.delete(letter);
    return result;
  }

  checkBindable(letter: string, span: Span): void {
    const present = this.#letters.get(letter);
    if (present?.origin === 'bound')
      refuse(
        'index-bound-again',
        `the index ${letter} is bound again inside its own scope`,
        span,
        'rename one of the two',
      );
    const role = this.#roles.get(letter);
    // On a left side the component letter may be summed over where it does not stand alone too.
    const isFree = role === COMPONENT && this.#free !== null && !this.#leftRoles.has(letter);
    if (isFree) this.#summed.add(letter);
    const fixedRole = this.scope.fixed === undefined && (role === ITERATION || role === COMPONENT) && !isFree;
    if (present !== undefined || fixedRole)
      refuse('index-fixed', `the index ${letter} is fixed on the left side and cannot be summed over`, span);
    const kind = this.scope.names.get(letter)?.kind;
    if (kind === 'scalar' || kind === 'function' || kind === 'vector-function')
      refuse(
        'index-shadows',
        `${letter} is declared as a ${kind === 'scalar' ? 'number' : 'function'} and cannot be an index`,
        span,
      );
    const special = this.#special.get(letter);
    if (special !== undefined && special !== 'time')
      refuse('index-shadows', `${letter} is the letter of the ${special} and cannot be an index`, span);
  }

  /** A coordinate letter that occurs nowhere in the formula. */
  fresh(): string {
    for (;;) {
      const plain = FRESH[this.#fresh];
      const name = plain ?? `\\iota_{${10 + this.#fresh}}`;
      this.#fresh += 1;
      const taken =
        this.#used.has(name) ||
        this.scope.names.has(name) ||
        this.#roles.has(name) ||
        this.#special.has(name) ||
        this.#letters.has(name);
      if (!taken) return name;
    }
  }

  /** Name of the letter that time has; `t_k` is kh. */
  isTime(item: Item | undefined): item is NameItem {
    return (
      item !== undefined &&
      item.kind === 'name' &&
      this.#special.get(spellName(item.name)) === 'time' &&
      this.scope.names.get(spellName(item.name)) === undefined
    );
  }
  isStep(item: Item | undefined): boolean {
    return (
      item !== undefined &&
      item.kind === 'name' &&
      item.sub === null &&
      item.sup === null &&
      this.#special.get(spellName(item.name)) === 'step'
    );
  }
}

const LABEL_HINT = 'iteration labels in subscripts need `notation index=subscript`';

const FRESH = ['i', 's', 'r', 'q', 'u', 'w', 'a', 'b', 'c', 'd'];

export const timeIndex = (span: Span): Formula => ({ kind: 'index', span, name: TIME });

/** Whether the letter stands in the subscript of ∇. */
const isUnderNabla = ({ source, start }: Span): boolean =>
  /\\nabla\s*_\s*\{?\s*$/.test(source.text.slice(Math.max(0, start - 20), start));
