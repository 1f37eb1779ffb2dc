/** What is wrong with the shape of a formula that could not be read: a brace that is open, a command with too few arguments. */
import type { Problem } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { FRACTION_COMMANDS } from '../../latex/notation/notation-table.ts';
import { part, textOf } from '../annotation/annotation.ts';
import { blanked, bodiesOf, type Mistake, wordAt } from './entry-text.ts';

/** A better problem for the same mistake, or null. */
export function shapeProblem(mistake: Mistake): Problem | null {
  const { problem } = mistake;
  if (/^unbalanced/.test(problem.code)) return null;
  for (const body of bodiesOf(mistake.entry)) {
    const found = openBrace(body) ?? missingArgument(body, mistake);
    if (found) return found;
  }
  const other = problem.code === 'undefined-name' ? otherMeaning(mistake) : null;
  if (other !== null) return { ...problem, hint: other };
  const word = problem.code === 'undefined-name' ? wordAt(mistake) : null;
  if (word === null) return null;
  return {
    code: 'undefined-name',
    message: `${textOf(word)} is read letter by letter`,
    hint: 'Words stand in \\text{…}, names of several letters in \\mathrm{…}.',
    span: word,
  };
}

/** What an unknown name in the superscript of a rule is most likely: the layer. */
function otherMeaning({ problem: { span }, entry, outline }: Mistake): string | null {
  if (!span || entry.annotation.kind !== 'optimizer') return null;
  const name = textOf(span);
  const before = span.source.text.slice(Math.max(0, span.start - 20), span.start);
  const isPower = /\^\s*\{?\s*$/.test(before) && outline.notation.index !== 'superscript';
  return isPower
    ? `If ${name} only says which layer or block it is, leave it out: a rule is that of all components; a power is declared: \`where ${name} > 0\`.`
    : null;
}

function openBrace(body: Span): Problem | null {
  const text = textOf(body);
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '%') at = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
    else if (character === '{') open.push(at);
    else if (character === '}' && open.pop() === undefined)
      return {
        code: 'unbalanced-brace',
        message: '`}` closes nothing; expected an opening one before it',
        span: part(body, at, at + 1),
      };
  }
  const first = open[0];
  if (first === undefined) return null;
  return {
    code: 'unbalanced-brace',
    message: 'expected a closing brace `}` for this one',
    hint: 'Add it where the group ends.',
    span: part(body, first, first + 1),
  };
}

function missingArgument(body: Span, { outline, problem }: Mistake): Problem | null {
  const text = blanked(textOf(body));
  for (const match of text.matchAll(/\\[A-Za-z]+/g)) {
    const wanted = FRACTION_COMMANDS.has(match[0]) ? 2 : parametersOf(match[0], outline.macros.get(match[0]));
    if (wanted === 0) continue;
    const given = argumentsAt(text, match.index + match[0].length, wanted);
    const at = part(body, match.index, match.index + match[0].length);
    // What stands before the mistake and is whole has nothing to do with it.
    if (given >= wanted || (problem.span && problem.span.source === at.source && problem.span.end < at.start)) continue;
    return {
      code: 'macro-argument',
      message: `${match[0]} takes ${wanted} arguments, and ${given === 0 ? 'none' : given} ${given === 1 ? 'stands' : 'stand'} behind it`,
      hint: `Write ${match[0]}${'{…}'.repeat(wanted)}.`,
      span: at,
    };
  }
  return null;
}

const parametersOf = (_: string, macro: ReturnType<Mistake['outline']['macros']['get']>): number =>
  macro?.kind === 'template' && macro.optional === null ? macro.parameters : 0;

/** How many arguments stand at the offset: groups in braces, or single letters, digits and commands; no sign or relation. */
function argumentsAt(text: string, from: number, wanted: number): number {
  let at = from;
  for (let given = 0; given < wanted; given += 1) {
    const rest = /^\s*(?:\{|\\(?!\\|sum|prod|left|right|quad|nabla|partial|,|;)[A-Za-z]+|[A-Za-z0-9])/.exec(
      text.slice(at),
    );
    if (!rest) return given;
    at += rest[0].length;
    if (!rest[0].endsWith('{')) continue;
    for (let depth = 1; depth > 0 && at < text.length; at += 1) {
      if (text.charAt(at) === '\\') at += 1;
      else if (text.charAt(at) === '{') depth += 1;
      else if (text.charAt(at) === '}') depth -= 1;
    }
  }
  return wanted;
}
