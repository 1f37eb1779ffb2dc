/**
 * The items of a file with those of the files that it brings in by `\input`, `\include` or `\subfile`, each in the place of the
 * command, and the macros of all of them in the order of the text. Every item keeps the place in the file where it stands.
 */
import type { Problem, Result } from '../../base/problem.ts';
import type { Source } from '../../base/span.ts';
import { gatherMacros, gatheringOf, type LeftOut } from '../../latex/notation/gather-macros.ts';
import { MacroTable } from '../../latex/notation/macros.ts';
import type { InputItem, DocumentItem } from '../item.ts';
import { scanMarkdown } from './scan-markdown.ts';
import type { Formulas } from './scan-state.ts';
import { ALONE, type Around } from './scan-state.ts';
import { scanTex } from './scan-tex.ts';

/** The file that a command brings in: `root` is the file that was given, `from` the one in which the command stands. */
export type Follow = (item: InputItem, root: Source) => Result<Source>;

/** Files within files, and files that one document may be made of. */
const DEEPEST = 20;
const MOST_FILES = 500;

export interface Gathered {
  readonly items: readonly Exclude<DocumentItem, InputItem>[];
  /** What the texts of all files are made of; each file knows the macros up to its end. */
  readonly macros: MacroTable;
  readonly sources: readonly Source[];
  readonly problems: readonly Problem[];
}

/** `macros` are those of the files before it; without `follow` nothing is brought in. */
export function gather(
  root: Source,
  macros: MacroTable,
  follow: Follow | null,
  formulas: Formulas = 'annotated',
): Gathered {
  const gatherer = new Gatherer(root, MacroTable.copy(macros), follow, formulas);
  const { items } = gatherer.visit(root);
  return { items, macros: gatherer.macros, sources: gatherer.sources, problems: gatherer.problems };
}

interface Visited {
  readonly items: Gathered['items'];
  /** Whether text stands behind the last of them. */
  readonly afterText: boolean;
}

/** The name under which standard input is shown. */
export const STANDARD_INPUT = '<stdin>';

/** By the name of the file; standard input has none, and is Markdown where its magic comments are. */
export const isMarkdown = ({ name, text }: Source): boolean =>
  name === STANDARD_INPUT
    ? /<!--\s*!modeq\b/.test(text) && !/^[^\S\n]*%\s*!modeq\b/m.test(text)
    : /\.(?:md|markdown)$/i.test(name);

/** A command of the user's that stands for `\begin{…}` or `\end{…}` may be defined here. */
const DEFINES_ENVIRONMENT = /\\[A-Za-z]*(?:newcommand|providecommand|def)\b[^\n]{0,80}\{\s*\\(?:begin|end)\s*\{/;

class Gatherer {
  readonly macros: MacroTable;
  readonly sources: Source[] = [];
  readonly problems: Problem[] = [];
  readonly #root: Source;
  readonly #follow: Follow | null;
  readonly #formulas: Formulas;
  readonly #open: string[] = [];
  /** Where the files that are open bring in the next one. */
  #broughtIn: ReadonlyMap<Source, number> = new Map();

  constructor(root: Source, macros: MacroTable, follow: Follow | null, formulas: Formulas) {
    this.#root = root;
    this.macros = macros;
    this.#follow = follow;
    this.#formulas = formulas;
  }

  visit(source: Source): Visited {
    this.sources.push(source);
    this.#open.push(source.name);
    const known = MacroTable.copy(this.macros);
    const ahead = MacroTable.copy(this.macros);
    if (DEFINES_ENVIRONMENT.test(source.text)) gatherMacros(gatheringOf(source), ahead);
    const leftOut: LeftOut[] = [];
    const broughtIn = this.#broughtIn;
    const gathering = gatheringOf(source, { broughtIn, leftOut, isGrouped: !isMarkdown(source) });
    const leavesOut = (start: number, end: number): void => void leftOut.push({ start, end });
    let cursor = 0;
    const inner = new Map<InputItem, Visited>();
    // A file is brought in before what stands behind it is scanned, since that may use its commands.
    const bringsIn = (item: InputItem): void => {
      gatherMacros(gathering, this.macros, cursor, item.span.start);
      cursor = item.span.end;
      this.#broughtIn = new Map([...broughtIn, [source, item.span.start]]);
      inner.set(item, this.#visitInput(item));
      this.#broughtIn = broughtIn;
    };
    const scanned = isMarkdown(source)
      ? { items: scanMarkdown(source, this.#formulas, { ...ALONE, leavesOut }), afterText: true }
      : scanTex(source, this.#formulas, {
          environment: command => this.#environment(command, ahead),
          bringsIn,
          leavesOut,
        });
    const items: Exclude<DocumentItem, InputItem>[] = [];
    let afterText = false;
    for (const item of scanned.items) {
      if (item.kind !== 'input') {
        items.push(afterText ? { ...item, afterText } : item);
        afterText = false;
        continue;
      }
      const brought: Visited = inner.get(item) ?? { items: [], afterText: true };
      const [first, ...more] = brought.items;
      const before: boolean = afterText || item.afterText;
      if (first) items.push({ ...first, afterText: before || first.afterText }, ...more);
      afterText = first ? brought.afterText : before || brought.afterText;
    }
    gatherMacros(gathering, this.macros, cursor, source.text.length);
    this.#open.pop();
    if (source !== this.#root) {
      this.macros.keepFor(source, known);
      this.macros.leave(source);
    }
    return { items, afterText: afterText || scanned.afterText };
  }

  /** `\\begin{equation}` or `\\end{equation}`, where a command of the user's is that and nothing else. */
  #environment(command: string, ahead: MacroTable): ReturnType<Around['environment']> {
    const macro = ahead.get(command) ?? this.macros.get(command);
    if (macro?.kind !== 'template' || macro.parameters > 0) return null;
    const body = macro.body.map(({ text }) => text).join('');
    const found = /^\s*\\(begin|end)\s*\{([A-Za-z]+)\*?\}\s*$/.exec(body);
    if (!found) return null;
    return { mark: found[1] === 'begin' ? 'begin' : 'end', name: found[2] ?? '' };
  }

  /** What a command brings in; a file that cannot be read counts as text. */
  #visitInput(item: InputItem): Visited {
    const nothing: Visited = { items: [], afterText: true };
    if (this.#follow === null || isMarkdown(item.span.source)) return nothing;
    const found = this.#follow(item, this.#root);
    if (!found.ok) {
      this.problems.push(...found.problems);
      return nothing;
    }
    const { name } = found.value;
    if (this.#open.includes(name)) {
      const message = `${name} is brought in by itself: ${[...this.#open.slice(this.#open.indexOf(name)), name].join(', ')}`;
      this.problems.push({ code: 'input-circle', message, span: item.span });
      return nothing;
    }
    // Read once, in its first place: its claims are the same at every place.
    if (this.sources.some(source => source.name === name)) return nothing;
    if (this.#open.length > DEEPEST || this.sources.length >= MOST_FILES) {
      const message =
        this.#open.length > DEEPEST
          ? `more than ${DEEPEST} files are brought in by one another`
          : `more than ${MOST_FILES} files are brought in; the others are not read`;
      this.problems.push({ code: 'too-many-inputs', message, span: item.span });
      return nothing;
    }
    return this.visit(found.value);
  }
}
