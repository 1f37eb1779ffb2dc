/**
 * Slips of the pen, made on the text as an author types it: one token missed, doubled or mistaken for another. A slip knows
 * nothing of what a formula means; whether it changes the meaning, and whether what it leaves can be read, is found out later.
 * Shares no code with the program.
 */
import type { Dice } from '../fuzz/random.ts';

/** A stretch of a text and what is typed instead. */
export interface Slip {
  readonly kind: SlipKind;
  readonly start: number;
  readonly end: number;
  readonly typed: string;
}

export type SlipKind =
  | 'batch'
  | 'component'
  | 'label'
  | 'bound'
  | 'hyperparameter'
  | 'swapped'
  | 'epsilon'
  | 'step'
  | 'sign'
  | 'two'
  | 'exponent'
  | 'complement'
  | 'factor'
  | 'accent'
  | 'fraction';

type Find = (text: string, letters: Letters) => Omit<Slip, 'kind'>[];

/** The letters of a display, as they are typed. */
export interface Letters {
  readonly step: string;
  readonly hyperparameters: readonly string[];
}

/** All matches of `pattern`, each with what stands instead of the whole match; null: no slip there. */
function matches(
  text: string,
  pattern: RegExp,
  make: (match: RegExpMatchArray) => string | readonly string[] | null,
): Omit<Slip, 'kind'>[] {
  return [...text.matchAll(pattern)].flatMap(match => {
    const made = make(match);
    const start = match.index ?? 0;
    const all = made === null ? [] : typeof made === 'string' ? [made] : made;
    return all.map(typed => ({ start, end: start + match[0].length, typed }));
  });
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const anyOf = (names: readonly string[]): string => names.map(name => `${escaped(name)}(?![a-zA-Z_])`).join('|');

const COMPONENTS = ['i', 'j'];
const LABELS = ['k', 'l', 'n', 't', 's'];

/** `i` for `j` in a group of subscripts, one letter of it; `\sum_{i=1}` is no subscript. */
const otherLetter =
  (letters: readonly string[]) =>
  (match: RegExpMatchArray): string[] => {
    const [whole, head = '', body = '', tail = ''] = match;
    if (/\\(?:sum|prod)_?$/.test(head) || whole.includes('=')) return [];
    return [...body].flatMap((letter, at) =>
      letters.includes(letter)
        ? letters
            .filter(other => other !== letter)
            .map(other => `${head}${body.slice(0, at)}${other}${body.slice(at + 1)}${tail}`)
        : [],
    );
  };

const SLIPS: readonly (readonly [number, SlipKind, Find])[] = [
  [
    2,
    'batch',
    text => matches(text, /((?:\\widehat\{E\}|E|f)_)(\{[kn]\}|[kn])(?!\w)/g, ([, head = '']) => head.slice(0, -1)),
  ],
  [3, 'component', text => matches(text, /((?:\\nabla|[A-Za-z}])_\{)([ij]{1,2})(\})/g, otherLetter(COMPONENTS))],
  [1, 'component', text => matches(text, /((?:\\nabla|[A-Za-z}])_)([ij])()(?![a-z=])/g, otherLetter(COMPONENTS))],
  [3, 'label', text => matches(text, /(\^\{\()([kln])(\)\})/g, otherLetter(['k', 'l', 'n']))],
  [2, 'label', text => matches(text, /((?:E|f)_\{?)([klnts])(\}?)(?![=\w])/g, otherLetter(LABELS.slice(0, 3)))],
  [
    3,
    'bound',
    text =>
      matches(
        text,
        /(\\sum_\{[a-z]=)(\w)(\}\^\{?)(n-1|n|t|t-1|p)(\}?)/g,
        ([, a = '', low = '', b = '', high = '', c = '']) => [
          ...(low === '0' ? [`${a}1${b}${high}${c}`] : low === 'k' ? [`${a}k+1${b}${high}${c}`] : []),
          ...(high.endsWith('-1')
            ? [`${a}${low}${b}${high.slice(0, -2)}${c}`]
            : c === '}' && high !== 'p'
              ? [`${a}${low}${b}${high}-1${c}`]
              : []),
        ],
      ),
  ],
  [
    3,
    'hyperparameter',
    (text, { hyperparameters }) =>
      matches(text, new RegExp(anyOf(hyperparameters), 'g'), ([found]) =>
        hyperparameters.filter(other => other !== found && !other.includes('eps') && !found.includes('eps')),
      ),
  ],
  [
    2,
    'swapped',
    (text, { hyperparameters }) =>
      rows(text).flatMap(({ start, end }) => {
        const row = text.slice(start, end);
        const [one, other] = hyperparameters.filter(
          name => !name.includes('eps') && new RegExp(anyOf([name])).test(row),
        );
        if (one === undefined || other === undefined) return [];
        return [
          {
            start,
            end,
            typed: row.replace(new RegExp(anyOf([one, other]), 'g'), name => (name === one ? other : one)),
          },
        ];
      }),
  ],
  [3, 'epsilon', text => matches(text, /\s*\+\s*\\(?:var)?epsilon(?![a-zA-Z])/g, () => '')],
  [
    3,
    'step',
    (text, { step }) =>
      matches(text, new RegExp(`${escaped(step)} ?(?=[\\\\(]|[A-Z])|\\(${escaped(step)}/`, 'g'), ([found]) =>
        found.startsWith('(') ? '(1/' : '',
      ),
  ],
  [
    4,
    'sign',
    text => matches(text, /(?<=[^{(=&\s\\]\s*)([+-])(?=\s*[\\(A-Za-z0-9])/g, ([sign]) => (sign === '+' ? '-' : '+')),
  ],
  [2, 'sign', text => matches(text, /(?<=[=&{[(]\s*)-\s*(?=[\\A-Za-z0-9])/g, () => '')],
  [3, 'two', text => matches(text, /(?<![\w^_{}])2(?=[A-Z\\])|(?<=\{)2(?=[A-Z\\(])/g, () => '')],
  [
    2,
    'two',
    text =>
      matches(text, /\{2\}|\{4\}|\/4|\/2/g, ([found]) => found.replace(/[24]/, digit => (digit === '2' ? '4' : '2'))),
  ],
  [1, 'two', text => matches(text, /(?<=[{(])(?=[ML]_)/g, () => '2')],
  [
    3,
    'exponent',
    text =>
      matches(text, /\^\{([2-4])\}|\^([2-4])(?!\w)/g, ([found, braced, bare]) => {
        const power = Number(braced ?? bare);
        return [power - 1, power + 1]
          .filter(other => other > 1)
          .map(other => found.replace(String(power), String(other)));
      }),
  ],
  [
    3,
    'exponent',
    text =>
      matches(text, /\^\{(n\+1|n-k|l\+1|t\+1|t|t-s)\}/g, ([found]) =>
        found.includes('+1') ? found.replace('+1', '') : found.replace('}', '+1}'),
      ),
  ],
  [
    3,
    'complement',
    (text, { hyperparameters }) =>
      matches(
        text,
        new RegExp(`(?:\\\\left)?\\(1\\s*-\\s*(${anyOf(hyperparameters)})(?:\\\\right)?\\)`, 'g'),
        ([, name = '']) => `${name} `,
      ),
  ],
  [
    2,
    'complement',
    (text, { hyperparameters }) =>
      matches(text, new RegExp(`\\{1\\s*-\\s*(${anyOf(hyperparameters)})\\}`, 'g'), ([, name = '']) => [
        `{${name}}`,
        `{1+${name}}`,
      ]),
  ],
  [
    3,
    'factor',
    (text, { hyperparameters }) =>
      matches(
        text,
        new RegExp(
          `(?:\\\\left)?\\(1\\s*-\\s*(${anyOf(hyperparameters)})(?:\\^\\{?[n+1t]*\\}?)?(?:\\\\right)?\\)`,
          'g',
        ),
        ({ index = 0 }) => (/[\\^/{]$/.test(text.slice(0, index).trimEnd()) ? null : ''),
      ),
  ],
  [3, 'accent', text => matches(text, /\\bar\{([A-Z])\}/g, ([, letter = '']) => letter)],
  [2, 'accent', text => matches(text, /(?<=\+ ?)([PL])(?=_)/g, ([, letter = '']) => `\\bar{${letter}}`)],
  [
    2,
    'fraction',
    text =>
      matches(text, /\\frac\{([^{}]*)\}\{([^{}]*)\}/g, ([, over = '', under = '']) =>
        /^[12]$/.test(over.trim()) ? null : `\\frac{${under}}{${over}}`,
      ),
  ],
];

/** The stretches between line ends of a display. */
function rows(text: string): { readonly start: number; readonly end: number }[] {
  const ends = [...text.matchAll(/\\\\/g)].map(match => match.index);
  return [-2, ...ends].map((start, at) => ({ start: start + 2, end: ends[at] ?? text.length }));
}

const ORDERED = [...new Set(SLIPS.map(([, kind]) => kind))];
export const SLIP_KINDS: readonly SlipKind[] = ORDERED;

/** One slip in the text, of the kind asked for where it is given; null where there is no place for it. */
export function slipIn(text: string, letters: Letters, dice: Dice, wanted: SlipKind | null = null): Slip | null {
  const possible = SLIPS.filter(([, kind]) => wanted === null || kind === wanted).flatMap(([weight, kind, find]) => {
    const found = find(text, letters).filter(({ start, end, typed }) => typed !== text.slice(start, end));
    return found.length === 0 ? [] : [[weight, { kind, found }] as const];
  });
  if (possible.length === 0) return null;
  const { kind, found } = dice.weighted(possible);
  return { kind, ...dice.pick(found) };
}

export const slipped = (text: string, { start, end, typed }: Pick<Slip, 'start' | 'end' | 'typed'>): string =>
  `${text.slice(0, start)}${typed}${text.slice(end)}`;
