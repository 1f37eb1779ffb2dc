/** The author's own commands in a stretch of text, for whoever shows it as it was typed. */
import type { Source, Span } from '../../base/span.ts';
import { gather } from '../../document/scan/followed-files.ts';
import { MacroTable } from '../../latex/notation/macros.ts';
import type { Token } from '../../latex/notation/token.ts';

const TABLES = new WeakMap<Source, MacroTable>();
const MOST = 100;

/** The commands that `text` uses at its place and those that these use, by their names with a backslash; others than plain templates are left out. */
export function macrosIn(text: string, place: Span): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const open = commandsOf(text);
  for (let at = 0; at < open.length && Object.keys(found).length < MOST; at += 1) {
    const name = open[at] ?? '';
    const macro = name in found ? undefined : tableOf(place.source).get(name, place);
    if (macro?.kind !== 'template' || macro.optional !== null) continue;
    found[name] = textOf(macro.body);
    open.push(...commandsOf(found[name]));
  }
  return found;
}

const commandsOf = (text: string): string[] => [...new Set(text.match(/\\[A-Za-z]+/g) ?? [])];

function tableOf(source: Source): MacroTable {
  const known = TABLES.get(source);
  if (known !== undefined) return known;
  const table = gather(source, new MacroTable(), null).macros;
  TABLES.set(source, table);
  return table;
}

function textOf(body: readonly Token[]): string {
  const [first, last] = [body[0], body.at(-1)];
  return first === undefined || last === undefined ? '' : first.span.source.text.slice(first.span.start, last.span.end);
}
