/** Commands with arguments: fractions, roots, accents, alphabets, braces with a label. What no table knows is refused. */
import { refuse } from '../../base/problem.ts';
import type { Item } from './item.ts';
import { bare, decorate, reframe, simpleItem } from './layout-items.ts';
import { readOperatorName, readWord } from './layout-words.ts';
import {
  BOLD_COMMANDS,
  canonicalAccent,
  canonicalAlphabet,
  FRACTION_COMMANDS,
  TRANSPARENT_COMMANDS,
} from '../notation/notation-table.ts';
import type { Token } from '../notation/token.ts';
import type { TokenReader } from '../notation/token-reader.ts';

/** What a command may ask of the layout around it. */
export interface Arguments {
  readonly reader: TokenReader;
  /** One argument: the content of braces, or a single token with its own arguments. */
  argument(command: Token, what: string): Item[];
  /** Tokens that were set aside, laid out at the present depth. */
  nested(tokens: readonly Token[], first: Token): Item[];
}

type CommandReader = (layout: Arguments, token: Token) => Item;

const READERS: ReadonlyMap<string, CommandReader> = new Map<string, CommandReader>([
  ...[...FRACTION_COMMANDS].map(command => [command, readFraction] as const),
  ...[...TRANSPARENT_COMMANDS].map(command => [command, readTransparent] as const),
  ...[...BOLD_COMMANDS].map(command => [command, readBold] as const),
  [':', readColon],
  ['\\sqrt', readRoot],
  ['\\operatorname', (layout, token) => readOperatorName(layout.reader, token)],
  ['\\underbrace', readLabelledBrace],
  ['\\overbrace', readLabelledBrace],
  ['\\textcolor', readColoured],
  ['\\norm', (layout, token) => readDelimited(layout, token, 'norm')],
  ['\\abs', (layout, token) => readDelimited(layout, token, 'abs')],
  ['\\stackrel', readStackedRelation],
  ['\\overset', readStackedRelation],
  ['\\underset', readStackedRelation],
  ['\\substack', readSubstack],
]);

/** Reads the command or character at the reader with its arguments. */
export function layOutCommand(layout: Arguments, token: Token): Item {
  layout.reader.at += 1;
  const simple = simpleItem(token);
  if (simple !== null) return simple;
  const accent = canonicalAccent(token.text);
  if (accent !== null) return readAccent(layout, token, accent);
  const alphabet = canonicalAlphabet(token.text);
  if (alphabet !== null) return readWord(layout.reader, token, alphabet);
  const reader = READERS.get(token.text);
  return reader === undefined ? refuseUnknown(token) : reader(layout, token);
}

/** Functions that the reader does not have. */
const FUNCTION_COMMANDS = /^\\(?:arc[a-z]+|arg|cot|sec|csc|coth|erf|gamma|lg|sinc|softplus|atan)$/;

function refuseUnknown(token: Token): never {
  if (token.kind !== 'command')
    return refuse('unexpected-symbol', `the character ${token.text} has no meaning here`, token.span);
  const hint =
    token.text === '\\otimes'
      ? 'Write \\odot for the product component by component; an outer product is a matrix, which rows do not have.'
      : FUNCTION_COMMANDS.test(token.text)
        ? 'Declare a function for it: `where \\phi smooth` (`\\phi odd smooth`), and write \\phi(x).'
        : 'define it with \\newcommand, or write the formula without it';
  return refuse('unknown-command', `unknown command ${token.text}`, token.span, hint);
}

function readColon(layout: Arguments, token: Token): Item {
  if (layout.reader.peek()?.text !== '=') return refuseUnknown(token);
  layout.reader.at += 1;
  return { kind: 'operator', text: ':=', ...bare(layout.reader.spanFrom(token)) };
}

function readFraction(layout: Arguments, token: Token): Item {
  const numerator = layout.argument(token, 'a numerator');
  const denominator = layout.argument(token, 'a denominator');
  return { kind: 'fraction', numerator, denominator, ...bare(layout.reader.spanFrom(token)) };
}

function readRoot(layout: Arguments, token: Token): Item {
  layout.reader.skipSpaces();
  const next = layout.reader.peek();
  const degree = next?.text === '[' ? layout.nested(layout.reader.optional(next), next) : null;
  const radicand = layout.argument(token, 'a radicand');
  return { kind: 'root', degree, radicand, ...bare(layout.reader.spanFrom(token)) };
}

function readAccent(layout: Arguments, token: Token, accent: string): Item {
  const items = layout.argument(token, 'a letter');
  const span = layout.reader.spanFrom(token);
  return decorate(items, name => ({ ...name, accents: [accent, ...name.accents] }), span, token.text);
}

function readBold(layout: Arguments, token: Token): Item {
  const items = layout.argument(token, 'a letter');
  const only = items[0];
  const span = layout.reader.spanFrom(token);
  if (items.length === 1 && only?.kind === 'number') return reframe({ ...only, bold: true }, span);
  if (items.length === 1 && (only?.kind === 'command' || only?.kind === 'function')) return reframe(only, span);
  return decorate(items, name => ({ ...name, bold: true }), span, token.text);
}

function readTransparent(layout: Arguments, token: Token): Item {
  const items = layout.argument(token, 'an argument');
  const only = items[0];
  const span = layout.reader.spanFrom(token);
  return items.length === 1 && only !== undefined
    ? reframe(only, span)
    : { kind: 'group', delimiter: 'brace', items, ...bare(span) };
}

/** `\textcolor{red}{x}` is x. */
function readColoured(layout: Arguments, token: Token): Item {
  layout.reader.rawArgument(token);
  return readTransparent(layout, token);
}

/** `\underbrace{x}_{…}` is x. */
function readLabelledBrace(layout: Arguments, token: Token): Item {
  const { reader } = layout;
  const items = layout.argument(token, 'an argument');
  reader.skipSpaces();
  const mark = reader.peek();
  if (mark?.kind === (token.text === '\\underbrace' ? 'subscript' : 'superscript')) {
    reader.at += 1;
    reader.skipSpaces();
    if (reader.peek()?.kind === 'open') reader.rawArgument(mark);
    else layout.argument(mark, 'a label');
  }
  return { kind: 'group', delimiter: 'brace', items, ...bare(reader.spanFrom(token)) };
}

function readDelimited(layout: Arguments, token: Token, delimiter: 'norm' | 'abs'): Item {
  const items = layout.argument(token, 'an argument');
  return { kind: 'group', delimiter, items, ...bare(layout.reader.spanFrom(token)) };
}

/** `\overset{!}{=}`: the relation below counts. */
function readStackedRelation(layout: Arguments, token: Token): Item {
  layout.argument(token, 'what stands above');
  const relation = layout.argument(token, 'a relation')[0];
  if (relation?.kind === 'operator') return relation;
  return refuse('unknown-command', `${token.text} is read only around a relation`, token.span);
}

/** The rows of \substack as items separated by commas. */
function readSubstack(layout: Arguments, token: Token): Item {
  const rows: Token[][] = [[]];
  for (const piece of layout.reader.rawArgument(token)) {
    if (piece.text === '\\\\') rows.push([]);
    else rows[rows.length - 1]?.push(piece);
  }
  const comma: Item = { kind: 'operator', text: ',', ...bare(token.span) };
  const items = rows.flatMap((row, index) => [...(index === 0 ? [] : [comma]), ...layout.nested(row, token)]);
  return { kind: 'group', delimiter: 'brace', items, ...bare(layout.reader.spanFrom(token)) };
}
