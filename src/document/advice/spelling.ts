/** Slips of the pen in formulas and declarations: a backslash or braces forgotten, a command or a name mistyped. */
import { ELEMENTARY_FUNCTIONS } from '../../formula/elementary.ts';
import {
  ACCENTS,
  DISPLAY_ENVIRONMENTS,
  FRACTION_COMMANDS,
  LETTER_COMMANDS,
  PLAIN_COMMANDS,
  SIZES,
} from '../../latex/notation/notation-table.ts';
import { part, textOf } from '../annotation/annotation.ts';
import { closest } from '../annotation/closest.ts';
import type { Edit, Fix } from './edit.ts';
import { blanked, matches, type Mistake, nameAt, namePattern } from './entry-text.ts';

const COMMANDS: ReadonlySet<string> = new Set(
  [
    ...LETTER_COMMANDS,
    ...FRACTION_COMMANDS,
    ...PLAIN_COMMANDS,
    ...SIZES.keys(),
    ...ACCENTS.flatMap(({ spellings }) => spellings),
    ...ELEMENTARY_FUNCTIONS.map(({ name }) => `\\${name}`),
    '\\sqrt',
    '\\left',
    '\\right',
    '\\mathcal',
    '\\mathbf',
    '\\boldsymbol',
    '\\mathrm',
    '\\cdot',
    '\\odot',
    '\\leftarrow',
    '\\approx',
    '\\text',
    '\\quad',
  ].filter(command => /^\\[A-Za-z]{2,}$/.test(command)),
);

const WORD = /(?<![A-Za-z\\])[A-Za-z]{2,}/g;

/** The command in a word that lacks its backslash: beta, and theta in htheta; where it begins. */
function commandIn(word: string, known: ReadonlySet<string>): { command: string; at: number } | null {
  if (known.has(`\\${word}`)) return { command: `\\${word}`, at: 0 };
  for (let at = 1; at <= word.length - 3; at += 1)
    if (known.has(`\\${word.slice(at)}`)) return { command: `\\${word.slice(at)}`, at };
  for (let end = word.length - 1; end >= 3; end -= 1)
    if (known.has(`\\${word.slice(0, end)}`)) return { command: `\\${word.slice(0, end)}`, at: 0 };
  return null;
}

/** Every word of the entry that lacks its backslash is mended; the one at the mistake is told. */
export function* forgottenBackslash({ problem, entry, outline }: Mistake): Generator<Fix> {
  const macros = new Set([...COMMANDS, ...outline.macros.names()]);
  const edits: Edit[] = [];
  let told: { command: string; at: Edit['at'] } | null = null;
  for (const { match, at } of matches(entry, WORD, true)) {
    const found = commandIn(match[0], macros);
    if (found === null) continue;
    const place = part(at, found.at, found.at + found.command.length - 1);
    // \in is typed without its backslash in declarations.
    if (found.command === '\\in' && entry.annotation.wheres.some(span => contains(span, at.start, at))) continue;
    edits.push({ at: part(at, found.at, found.at), text: '\\' });
    const isHere = problem.span?.source === at.source && at.start <= problem.span.start && problem.span.start <= at.end;
    if (told === null || isHere) told = { command: found.command, at: place };
  }
  if (told === null) return;
  const word = told.command.slice(1);
  const fix = {
    hint: `Did you mean \`${told.command}\`?`,
    message: `${word} is read letter by letter: its backslash is missing`,
    place: told.at,
  };
  const own = edits.filter(({ at }) => at.start === told.at.start && at.source === told.at.source);
  yield { edits: own, ...fix };
  if (edits.length > own.length) {
    const words = new Set(edits.map(({ at }) => /^[A-Za-z]+/.exec(at.source.text.slice(at.start))?.[0] ?? ''));
    yield words.size === 1
      ? { edits, ...fix }
      : {
          edits,
          ...fix,
          hint: `${fix.hint} Likewise ${[...words]
            .filter(each => each !== word)
            .map(each => `\`\\${each}\``)
            .join(', ')}.`,
        };
  }
}

const contains = (span: Edit['at'], offset: number, { source }: Edit['at']): boolean =>
  span.source === source && span.start <= offset && offset <= span.end;

const BARE_LABEL = /(\\?[A-Za-z]+\s*\}*)([_^])\s*([A-Za-z])\s*([+-])\s*(\d+)(?![\d}]*[.\d])/g;

/** m_t-1 for m_{t-1}; and x^t+1, which is hardly ever meant as x^t + 1. */
export function* bareLabels({ entry, outline }: Mistake): Generator<Fix> {
  const { iteration } = outline.notation;
  const all = [...matches(entry, BARE_LABEL)].filter(
    ({ match }) => match[3] === iteration || match[3] === 't' || match[3] === 'k' || match[3] === 'n',
  );
  for (const script of ['_', '^']) {
    const found = all.filter(({ match }) => match[2] === script);
    const [first] = found;
    if (!first) continue;
    const edits = found.flatMap(({ match, at }) => {
      const start = (match[1] ?? '').length + 1;
      return [
        { at: part(at, start, start), text: '{' },
        { at: part(at, match[0].length, match[0].length), text: '}' },
      ];
    });
    const [, name = '', , letter = '', sign = '', number = ''] = first.match;
    yield {
      edits,
      hint: `Did you mean \`${name.trim()}${script}{${letter}${sign}${number}}\`?`,
      message: `${name.trim()}${script}${letter}${sign}${number} is read as ${name.trim()}${script}${letter} ${sign} ${number}`,
      place: first.at,
    };
  }
}

/** Macros that many authors have, where the file that defines them is not given. */
const MACROS_OF_MANY: ReadonlyMap<string, string> = new Map([
  ['grad', 'nabla'],
  ['eps', 'varepsilon'],
  ['lr', 'eta'],
  ['sgn', 'mathrm{sign}'],
  ['diag', 'mathrm{diag}'],
]);

/** An unknown command that is nearly a known one or one of the author's own. */
export function* mistypedCommand({ problem, outline, entry }: Mistake): Generator<Fix> {
  if (problem.code !== 'unknown-command' || !problem.span) return;
  const typed = /^\\[A-Za-z]+/.exec(problem.span.source.text.slice(problem.span.start))?.[0];
  if (typed === undefined) return;
  const known = [...outline.macros.names(), ...COMMANDS];
  const near =
    MACROS_OF_MANY.get(typed.slice(1)) ??
    closest(
      typed.slice(1),
      known.map(each => each.slice(1)),
    );
  if (near === null) return;
  const edits = [...matches(entry, namePattern(typed))].map(({ at }) => ({ at, text: `\\${near}` }));
  if (edits.length > 0) yield { edits, hint: `Did you mean \`\\${near}\`?` };
}

/** A name that nothing makes and that is nearly one that is known: \epsilon for \varepsilon, \beta for \beta_1. */
export function* mistypedName({ problem, entry, names }: Mistake): Generator<Fix> {
  if (problem.code !== 'undefined-name' || !problem.span) return;
  const found = nameAt(problem.span);
  if (!found) return;
  const typed = textOf(found.at);
  const bare = (name: string): string => name.replace(/\\var(?=[a-z])/g, '\\').replace(/[{}\s]/g, '');
  const baseOf = (name: string): string => bare(name).split('_')[0] ?? '';
  const near = [
    ...names.filter(name => bare(name) === bare(typed)),
    ...names.filter(name => baseOf(name) === baseOf(typed) && bare(name) !== bare(typed)),
  ];
  for (const name of new Set(near)) {
    if (name === typed) continue;
    const edits = [...matches(entry, new RegExp(`${namePattern(typed).source}(?!_)`, 'g'))].map(({ at }) => ({
      at,
      text: name,
    }));
    if (edits.length > 0) yield { edits, hint: `Did you mean \`${name}\`?` };
  }
}

/** \\Sigma with bounds is a sum, \\Pi a product. */
export function* greekSum({ problem, entry }: Mistake): Generator<Fix> {
  if (problem.code !== 'undefined-name') return;
  for (const [letter, meant] of [
    ['\\Sigma', '\\sum'],
    ['\\Pi', '\\prod'],
  ] as const) {
    const edits = [
      ...matches(
        entry,
        new RegExp(`${namePattern(letter).source}(?=\\s*_\\s*\\{?[^{}]*(?:=|\\\\in(?![A-Za-z])))`, 'g'),
      ),
    ].map(({ at }) => ({ at, text: meant }));
    const [first] = edits;
    if (first) yield { edits, hint: `Did you mean \`${meant}\`?`, place: first.at };
  }
}

/** Environments inside of displays. */
export function* mistypedEnvironment({ problem, entry }: Mistake): Generator<Fix> {
  if (problem.code !== 'unknown-environment') return;
  const found = /\\begin\s*\{([A-Za-z]+)\*?\}/.exec(
    problem.span?.source.text.slice(problem.span.start, problem.span.start + 80) ?? '',
  );
  const near = found?.[1] === undefined ? null : closest(found[1], DISPLAY_ENVIRONMENTS);
  if (found?.[1] === undefined || near === null) return;
  const edits: Edit[] = [];
  for (const body of [entry.body, ...entry.more])
    for (const match of textOf(body).matchAll(new RegExp(`\\{${found[1]}(?=\\*?\\})`, 'g')))
      edits.push({ at: part(body, match.index + 1, match.index + match[0].length), text: near });
  const [first] = edits;
  if (first) yield { edits, hint: `Did you mean \`${near}\`?`, place: first.at };
}

/** Rows that are not ended: a second relation on the next line. */
export function* missingRowEnd({ problem, entry }: Mistake): Generator<Fix> {
  if (
    !/^(?:left-side|row-without-relation|operand-expected|left-side-expected|relation-expected|sides-differ)$/.test(
      problem.code,
    )
  )
    return;
  for (const body of [entry.body, ...entry.more]) {
    const text = textOf(body);
    const edits: Edit[] = [];
    for (const match of text.matchAll(/[^\s\\{][^\S\n]*\n(?=\s*[^\s=&+-][^\n=]*(?::?=|\\leftarrow|\\gets))/g)) {
      const line = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index + 1);
      if (/\\\\\s*$|\\begin\{/.test(line) || !/=|\\leftarrow/.test(line)) continue;
      edits.push({ at: part(body, match.index + 1, match.index + 1), text: ' \\\\' });
    }
    const [first] = edits;
    if (first)
      yield {
        edits,
        hint: 'End each row with `\\\\`.',
        message: 'this row goes on in the next line: its `\\\\` is missing',
        place: first.at,
      };
  }
}

/** 0,5 for 0.5; ≈ without a regime. */
export function* mistypedSymbol({ problem, entry }: Mistake): Generator<Fix> {
  const comma = [...matches(entry, /(?<=\d),(?=\d)/g)];
  const [first] = comma;
  if (problem.code === 'unexpected-symbol' && first) {
    const text = blanked(first.at.source.text.slice(first.at.start - 8, first.at.start + 8));
    const number = /\d+,\d+/.exec(text)?.[0] ?? '0,5';
    yield {
      edits: comma.map(({ at }) => ({ at, text: '.' })),
      hint: `Did you mean \`${number.replace(',', '.')}\`? A decimal number is written with a point.`,
    };
  }
  const simple: readonly (readonly [code: string, pattern: RegExp, by: string, hint: string])[] = [
    ['operand-expected', /==/g, '=', 'Did you mean `=`?'],
    ['unexpected-symbol', /(?<!\\)\$/g, '', 'Leave it out: a display is one formula.'],
    ['unexpected-symbol', /(?<=[^\s.])\s+\.\s+(?=[\\A-Za-z(])/g, ' \\cdot ', 'Did you mean `\\cdot`?'],
  ];
  for (const [code, pattern, by, hint] of simple) {
    const edits = [...matches(entry, pattern)].map(({ at }) => ({ at, text: by }));
    const [symbol] = edits;
    if (problem.code === code && symbol) yield { edits, hint, place: symbol.at };
  }
  const bounds = [...matches(entry, /(\\(?:sum|prod))\s*_\s*\{?\s*([A-Za-z])\s*\}?\s*(?=\^)/g)];
  const [bound] = bounds;
  if (problem.code === 'sum-bounds' && bound) {
    const meant = (match: RegExpExecArray): string => `${match[1] ?? ''}_{${match[2] ?? ''}=1}`;
    yield {
      edits: bounds.map(({ match, at }) => ({ at, text: meant(match) })),
      hint: `Did you mean \`${meant(bound.match)}\`?`,
      place: bound.at,
    };
  }
  if (problem.code === 'approximation-without-regime')
    yield {
      edits: [...matches(entry, /\\approx(?![A-Za-z])|\\sim(?![A-Za-z])/g)].map(({ at }) => ({ at, text: '=' })),
      hint: 'Write `=` for equality up to the order shown, with O(h^2) behind it; or add regime=large-gradient-all or another one.',
    };
}

/** A value without its iteration label. */
export function* missingLabel({ problem, outline }: Mistake): Generator<Fix> {
  if (problem.code !== 'missing-label' || !problem.span) return;
  const found = nameAt(problem.span);
  if (!found) return;
  const { notation } = outline;
  const name = textOf(found.at);
  const letter = labelLetter(problem.span.source.text, name) ?? notation.iteration;
  const labels =
    notation.index === 'superscript'
      ? [`^{(${letter})}`, `^{(${letter}+1)}`]
      : [`_${/^[a-z]$/.test(letter) ? letter : `{${letter}}`}`, `_{${letter}-1}`, `_{${letter}+1}`];
  for (const label of labels) {
    const end = found.at.end;
    yield {
      edits: [{ at: { ...found.at, start: end }, text: label }],
      hint: `Did you mean \`${name}${label}\`?`,
      place: found.at,
    };
  }
}

/** The letter that labels the name elsewhere in the text; null where it has none. */
function labelLetter(text: string, name: string): string | null {
  return new RegExp(`${namePattern(name).source}\\s*_\\s*\\{?\\s*([a-z])(?![A-Za-z])`).exec(text)?.[1] ?? null;
}
