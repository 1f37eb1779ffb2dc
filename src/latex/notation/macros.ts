/**
 * A user's own commands: `\newcommand`, `\renewcommand`, `\providecommand`, `\def`, `\DeclareMathOperator`,
 * `\DeclarePairedDelimiter`. A definition that cannot be followed is kept as a problem that shows only where the command
 * is used. They are found by gather-macros.ts and expanded by expand-macros.ts.
 */
import type { Problem } from '../../base/problem.ts';
import type { Source, Span } from '../../base/span.ts';
import type { Token } from './token.ts';

export type Macro =
  | {
      readonly kind: 'template';
      readonly parameters: number;
      readonly optional: readonly Token[] | null;
      readonly body: readonly Token[];
    }
  /** `\norm{x}` and `\norm*{x}` become \left OPEN x \right CLOSE. */
  | { readonly kind: 'delimiters'; readonly open: readonly Token[]; readonly close: readonly Token[] }
  | { readonly kind: 'broken'; readonly problem: Problem };

/** A group or an environment in a text: what is defined in it holds up to its end. */
export interface MacroGroup {
  readonly mark: string;
  /** Infinite while it is open. */
  end: number;
}

/** Where a definition holds. */
export interface MacroPlace {
  readonly source: Source;
  readonly start: number;
  /** Where the files that bring its own one in do so. */
  readonly broughtIn: ReadonlyMap<Source, number>;
  /** Null where it holds up to the end. */
  readonly group: MacroGroup | null;
}

interface Definition extends MacroPlace {
  readonly macro: Macro;
}

/** More definitions of one name are not followed. */
const MOST_DEFINITIONS = 1_000;

/** Names (with backslash) and what they stand for, at every place of the text. */
export class MacroTable {
  readonly #definitions = new Map<string, Definition[]>();
  /** Names with more definitions than are kept. */
  readonly #crowded = new Set<string>();
  readonly #ofFiles = new Map<Source, MacroTable>();

  /** A table that starts with everything in `other` that no group has ended for whoever reads on. */
  static copy(other: MacroTable): MacroTable {
    const table = new MacroTable();
    for (const [name, all] of other.#definitions) {
      const lasting = all.filter(({ group }) => group === null || group.end === Number.POSITIVE_INFINITY);
      if (lasting.length > 0) table.#definitions.set(name, lasting);
    }
    for (const name of other.#crowded) table.#crowded.add(name);
    return table;
  }
  /** What a file knows that another one brings in: what is defined up to its end, not what comes later. */
  keepFor(source: Source, known: MacroTable): void {
    const table = new MacroTable();
    // What a group had ended before the file was brought in does not hold in it.
    for (const [name, all] of this.#definitions) {
      const before = new Set(known.#definitions.get(name));
      const lasting = all.filter(
        each => each.group === null || each.source === source || each.broughtIn.has(source) || before.has(each),
      );
      if (lasting.length > 0) table.#definitions.set(name, lasting);
    }
    for (const name of this.#crowded) table.#crowded.add(name);
    this.#ofFiles.set(source, table);
  }
  /** Forgets what stands in groups of a file that has ended. */
  leave(source: Source): void {
    for (const [name, all] of this.#definitions) {
      const lasting = all.filter(each => each.source !== source || each.group === null);
      if (lasting.length > 0) this.#definitions.set(name, lasting);
      else this.#definitions.delete(name);
    }
  }
  /** The macros that hold in a file. */
  at(source: Source): MacroTable {
    return this.#ofFiles.get(source) ?? this;
  }
  get size(): number {
    return this.#definitions.size;
  }
  /**
   * What a name stands for at the place of `use`; without one, behind all definitions. A name whose only definition stands further down, or
   * in a group, is taken as that; one with several is broken there.
   */
  get(name: string, use?: Span): Macro | undefined {
    const all = this.#definitions.get(name);
    const last = all?.at(-1);
    if (all === undefined || last === undefined || use === undefined) return last?.macro;
    if (this.#crowded.has(name)) return brokenAt(use, `${name} is defined more than ${MOST_DEFINITIONS} times`);
    const found = all.findLast(each => holdsAt(each, use));
    if (found !== undefined) return found.macro;
    if (all.every(each => haveSameMeaning(each.macro, last.macro))) return last.macro;
    const hint = 'A definition holds from where it stands up to the end of its group.';
    return brokenAt(use, `${name} is defined in several ways, none of which holds here`, hint);
  }
  /** With their backslashes. */
  names(): readonly string[] {
    return [...this.#definitions.keys()];
  }
  define(name: string, macro: Macro, place: MacroPlace): void {
    const all = this.#definitions.get(name);
    const { source, start, broughtIn, group } = place;
    const definition = { macro, source, start, broughtIn, group };
    if (all === undefined) this.#definitions.set(name, [definition]);
    else if (all.length < MOST_DEFINITIONS) all.push(definition);
    else this.#crowded.add(name);
  }
}

const brokenAt = (span: Span, message: string, hint?: string): Macro => ({
  kind: 'broken',
  problem: { code: 'macro-definition', message, span, ...(hint === undefined ? {} : { hint }) },
});

function holdsAt({ source, start, broughtIn, group }: Definition, use: Span): boolean {
  const place = source === use.source ? start : broughtIn.get(use.source);
  if (place !== undefined && place > use.start) return false;
  return group === null || source !== use.source || use.start < group.end;
}

function haveSameMeaning(one: Macro, other: Macro): boolean {
  if (one === other) return true;
  if (one.kind !== 'template' || other.kind !== 'template') return false;
  const text = (tokens: readonly Token[] | null): string => (tokens ?? []).map(token => token.text).join(' ');
  return (
    one.parameters === other.parameters &&
    (one.optional === null) === (other.optional === null) &&
    text(one.optional) === text(other.optional) &&
    text(one.body) === text(other.body)
  );
}
