/**
 * Expansion of a user's commands in a formula, with a bound on the work: recursive and exponential macros are refused.
 * Every token that an expansion makes has the place of the call, so that messages point into the formula.
 */
import { refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Macro, MacroTable } from './macros.ts';
import type { Token } from './token.ts';

/** How deep one expansion may stand in another, how many there may be, and how many tokens may come out. */
const DEEPEST = 100;
const MOST_EXPANSIONS = 50_000;
const MOST_TOKENS = 200_000;

interface Pending {
  readonly token: Token;
  readonly depth: number;
}

/**
 * The tokens with every command of `macros` replaced by its meaning. Refuses with `macro-recursive`, `macro-too-long`,
 * `macro-argument` (an argument is missing) or the problem of the definition.
 */
export function expandMacros(tokens: readonly Token[], macros: MacroTable): Token[] {
  if (macros.size === 0) return [...tokens];
  const output: Token[] = [];
  const waiting: Pending[] = [];
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    if (token) waiting.push({ token, depth: 0 });
  }
  let expansions = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    const macro = token.kind === 'command' ? macros.get(token.text, token.span) : undefined;
    if (macro === undefined) {
      output.push(token);
      if (output.length > MOST_TOKENS)
        refuse('macro-too-long', `the macros make more than ${MOST_TOKENS} tokens of this formula`, token.span);
      continue;
    }
    expansions += 1;
    if (depth >= DEEPEST)
      refuse(
        'macro-recursive',
        `${token.text} expands to itself, or macros stand more than ${DEEPEST} deep in each other`,
        token.span,
      );
    if (expansions > MOST_EXPANSIONS)
      refuse('macro-too-long', `the formula needs more than ${MOST_EXPANSIONS} macro expansions`, token.span);
    const body = bodyOf(token, macro, waiting);
    if (waiting.length + body.length > 4 * MOST_TOKENS)
      refuse('macro-too-long', `the macros make more than ${MOST_TOKENS} tokens of this formula`, token.span);
    for (let at = body.length - 1; at >= 0; at -= 1) {
      const piece = body[at];
      if (piece) waiting.push({ token: piece, depth: depth + 1 });
    }
  }
  return output;
}

const at = (token: Token, span: Span): Token => ({ kind: token.kind, text: token.text, span });

/** What stands for the call: the body with its parameters filled, placed at the call except for the arguments. */
function bodyOf(call: Token, macro: Macro, waiting: Pending[]): Token[] {
  switch (macro.kind) {
    case 'broken':
      return refuse(macro.problem.code, macro.problem.message, call.span, macro.problem.hint);
    case 'delimiters': {
      skipSpaces(waiting);
      const following = waiting[waiting.length - 1]?.token;
      if (following?.text === '*') waiting.pop();
      optionalArgument(waiting, call);
      const inside = argument(waiting, call);
      const command = (text: string): Token => ({ kind: 'command', text, span: call.span });
      return [
        command('\\left'),
        ...macro.open.map(token => at(token, call.span)),
        ...inside,
        command('\\right'),
        ...macro.close.map(token => at(token, call.span)),
      ];
    }
    case 'template': {
      const values: Token[][] = [];
      if (macro.optional !== null && macro.parameters > 0)
        values.push(optionalArgument(waiting, call) ?? macro.optional.map(token => at(token, call.span)));
      while (values.length < macro.parameters) values.push(argument(waiting, call));
      const body: Token[] = [];
      for (const token of macro.body) {
        if (token.kind !== 'parameter') body.push(at(token, call.span));
        else {
          const value = values[Number(token.text.slice(1)) - 1];
          if (value === undefined)
            return refuse('macro-argument', `${call.text} uses ${token.text}, which it does not take`, call.span);
          for (const piece of value) body.push(piece);
        }
        if (body.length > MOST_TOKENS)
          refuse('macro-too-long', `${call.text} makes more than ${MOST_TOKENS} tokens`, call.span);
      }
      return body;
    }
  }
}

function skipSpaces(waiting: Pending[]): void {
  while (waiting[waiting.length - 1]?.token.kind === 'space') waiting.pop();
}

/** The next token, or the content of the next braces. */
function argument(waiting: Pending[], call: Token): Token[] {
  skipSpaces(waiting);
  const first = waiting.pop()?.token;
  if (first === undefined || first.kind === 'close')
    return refuse('macro-argument', `expected an argument of ${call.text}`, call.span);
  if (first.kind !== 'open') return [first];
  const inside: Token[] = [];
  let depth = 1;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.token.kind === 'open') depth += 1;
    if (next.token.kind === 'close') depth -= 1;
    if (depth === 0) return inside;
    inside.push(next.token);
  }
  return refuse('unbalanced-brace', `expected a closing brace for the argument of ${call.text}`, first.span);
}

/** The content of `[…]` if that follows. */
function optionalArgument(waiting: Pending[], call: Token): Token[] | null {
  skipSpaces(waiting);
  const first = waiting[waiting.length - 1]?.token;
  if (first?.text !== '[') return null;
  waiting.pop();
  const inside: Token[] = [];
  let depth = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.token.kind === 'open') depth += 1;
    if (next.token.kind === 'close') depth -= 1;
    if (depth === 0 && next.token.text === ']') return inside;
    inside.push(next.token);
  }
  return refuse('macro-argument', `expected a closing bracket for the optional argument of ${call.text}`, first.span);
}
