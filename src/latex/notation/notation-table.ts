/**
 * The one table of LaTeX notation that the reader and the writers share: which command means what, and how a meaning is
 * written. It holds data and lookups only; it must never know a formula. Commands carry their backslash.
 */
import { ELEMENTARY_FUNCTIONS, elementaryFunction } from '../../formula/elementary.ts';
import type { Relation } from '../../formula/formula.ts';

/** Greek letters: command and the character that plain text uses. */
export const GREEK: readonly (readonly [command: string, character: string])[] = [
  ['\\alpha', 'α'],
  ['\\beta', 'β'],
  ['\\gamma', 'γ'],
  ['\\delta', 'δ'],
  ['\\epsilon', 'ϵ'],
  ['\\varepsilon', 'ε'],
  ['\\zeta', 'ζ'],
  ['\\eta', 'η'],
  ['\\theta', 'θ'],
  ['\\vartheta', 'ϑ'],
  ['\\iota', 'ι'],
  ['\\kappa', 'κ'],
  ['\\varkappa', 'ϰ'],
  ['\\lambda', 'λ'],
  ['\\mu', 'μ'],
  ['\\nu', 'ν'],
  ['\\xi', 'ξ'],
  ['\\pi', 'π'],
  ['\\varpi', 'ϖ'],
  ['\\rho', 'ρ'],
  ['\\varrho', 'ϱ'],
  ['\\sigma', 'σ'],
  ['\\varsigma', 'ς'],
  ['\\tau', 'τ'],
  ['\\upsilon', 'υ'],
  ['\\phi', 'ϕ'],
  ['\\varphi', 'φ'],
  ['\\chi', 'χ'],
  ['\\psi', 'ψ'],
  ['\\omega', 'ω'],
  ['\\Gamma', 'Γ'],
  ['\\Delta', 'Δ'],
  ['\\Theta', 'Θ'],
  ['\\Lambda', 'Λ'],
  ['\\Xi', 'Ξ'],
  ['\\Pi', 'Π'],
  ['\\Sigma', 'Σ'],
  ['\\Upsilon', 'Υ'],
  ['\\Phi', 'Φ'],
  ['\\Psi', 'Ψ'],
  ['\\Omega', 'Ω'],
  ['\\ell', 'ℓ'],
];

/** Commands that are letters: the Greek ones and a few more. */
export const LETTER_COMMANDS: ReadonlySet<string> = new Set([
  ...GREEK.map(([command]) => command),
  '\\imath',
  '\\jmath',
  '\\hbar',
  '\\aleph',
  '\\beth',
  '\\gimel',
  '\\daleth',
  '\\digamma',
  '\\wp',
  '\\eth',
]);

/** The character of a Greek letter, or null. */
export const greekCharacter = (command: string): string | null => GREEK.find(([name]) => name === command)?.[1] ?? null;

/** Accents: every spelling, its canonical command, and the combining character of plain text. */
export const ACCENTS: readonly {
  readonly command: string;
  readonly spellings: readonly string[];
  readonly combining: string;
}[] = [
  { command: '\\bar', spellings: ['\\bar', '\\overline'], combining: '\u0304' },
  { command: '\\hat', spellings: ['\\hat', '\\widehat'], combining: '\u0302' },
  { command: '\\tilde', spellings: ['\\tilde', '\\widetilde'], combining: '\u0303' },
  { command: '\\dot', spellings: ['\\dot'], combining: '\u0307' },
  { command: '\\ddot', spellings: ['\\ddot'], combining: '\u0308' },
  { command: '\\check', spellings: ['\\check', '\\widecheck'], combining: '\u030C' },
  { command: '\\breve', spellings: ['\\breve'], combining: '\u0306' },
  { command: '\\acute', spellings: ['\\acute'], combining: '\u0301' },
  { command: '\\grave', spellings: ['\\grave'], combining: '\u0300' },
  { command: '\\mathring', spellings: ['\\mathring'], combining: '\u030A' },
  { command: '\\vec', spellings: ['\\vec', '\\overrightarrow'], combining: '\u20D7' },
  { command: '\\underline', spellings: ['\\underline', '\\underbar'], combining: '\u0332' },
];
const accentOf = new Map(
  ACCENTS.flatMap(({ command, spellings }) => spellings.map(spelling => [spelling, command] as const)),
);
/** The canonical accent command of a spelling (`\widetilde` is `\tilde`), or null. */
export const canonicalAccent = (command: string): string | null => accentOf.get(command) ?? null;

/** The canonical command for bold names and its spellings. */
export const BOLD = '\\boldsymbol';
export const BOLD_COMMANDS: ReadonlySet<string> = new Set([
  '\\boldsymbol',
  '\\mathbf',
  '\\bm',
  '\\pmb',
  '\\mathbfit',
  '\\symbf',
  '\\bfseries',
  '\\mathbold',
]);

/** Alphabets that make a different letter of their argument: spelling to canonical spelling. */
const ALPHABETS = new Map([
  ['\\mathcal', '\\mathcal'],
  ['\\mathrm', '\\mathrm'],
  ['\\text', '\\mathrm'],
  ['\\textrm', '\\mathrm'],
  ['\\textnormal', '\\mathrm'],
  ['\\mbox', '\\mathrm'],
  ['\\textbf', '\\mathrm'],
  ['\\textit', '\\mathrm'],
  ['\\emph', '\\mathrm'],
  ['\\mathup', '\\mathrm'],
  ['\\mathsf', '\\mathsf'],
  ['\\textsf', '\\mathsf'],
  ['\\mathtt', '\\mathtt'],
  ['\\texttt', '\\mathtt'],
  ['\\mathfrak', '\\mathfrak'],
  ['\\mathscr', '\\mathscr'],
  ['\\mathbb', '\\mathbb'],
  ['\\mathbbm', '\\mathbb'],
  ['\\mathds', '\\mathbb'],
]);
export const canonicalAlphabet = (command: string): string | null => ALPHABETS.get(command) ?? null;
/** Alphabets that change nothing: `\mathit{x}` is x, `\mathnormal{x}` is x. */
export const TRANSPARENT_COMMANDS: ReadonlySet<string> = new Set([
  '\\mathit',
  '\\mathnormal',
  '\\ensuremath',
  '\\mathop',
  '\\mathbin',
  '\\mathrel',
  '\\mathord',
  '\\mathopen',
  '\\mathclose',
  '\\mathinner',
  '\\smash',
]);

const functionOfCommand = new Map(
  ELEMENTARY_FUNCTIONS.flatMap(({ name, commands }) => commands.map(command => [command, name] as const)),
);
const functionOfWord = new Map(
  ELEMENTARY_FUNCTIONS.flatMap(({ name, words }) => words.map(word => [word, name] as const)),
);
/** `\tanh` is tanh; null where the command is no known function. */
export const functionByCommand = (command: string): string | null => functionOfCommand.get(command) ?? null;
/** The word inside `\operatorname{…}`, `\mathrm{…}`, `\text{…}`; null where it is no known function. */
export const functionByWord = (word: string): string | null => functionOfWord.get(word) ?? null;
/** How a known function is written in LaTeX; null for a declared one, which is written by its own name. */
export const latexOfFunction = (name: string): string | null => elementaryFunction(name)?.latex ?? null;

/** Relations that only conditions have. */
export type ConditionRelation = Relation | '\\gg' | '\\ll' | '\\ne' | '\\in' | '\\to';

/** Every relation: how it is read and how plain text shows it. `\leftarrow` assigns, as in a program. */
export const RELATIONS: readonly {
  readonly relation: ConditionRelation;
  readonly spellings: readonly string[];
  readonly text: string;
}[] = [
  { relation: '=', spellings: ['=', '\\leftarrow', '\\gets'], text: '=' },
  {
    relation: ':=',
    spellings: [
      ':=',
      '\\coloneqq',
      '\\coloneq',
      '\\colonequals',
      '\\triangleq',
      '\\stackrel',
      '\\overset',
      '\\doteq',
      '\\eqdef',
    ],
    text: ':=',
  },
  { relation: '\\approx', spellings: ['\\approx', '\\approxeq', '\\simeq'], text: '≈' },
  { relation: '\\sim', spellings: ['\\sim'], text: '~' },
  { relation: '\\equiv', spellings: ['\\equiv'], text: '≡' },
  { relation: '<', spellings: ['<', '\\lt'], text: '<' },
  { relation: '>', spellings: ['>', '\\gt'], text: '>' },
  { relation: '\\le', spellings: ['\\le', '\\leq', '\\leqslant'], text: '≤' },
  { relation: '\\ge', spellings: ['\\ge', '\\geq', '\\geqslant'], text: '≥' },
  { relation: '\\gg', spellings: ['\\gg', '\\ggg'], text: '≫' },
  { relation: '\\ll', spellings: ['\\ll', '\\lll'], text: '≪' },
  { relation: '\\ne', spellings: ['\\ne', '\\neq'], text: '≠' },
  { relation: '\\in', spellings: ['\\in'], text: '∈' },
  { relation: '\\to', spellings: ['\\to', '\\rightarrow', '\\longrightarrow'], text: '→' },
];
const relationOf = new Map(
  RELATIONS.flatMap(({ relation, spellings }) => spellings.map(spelling => [spelling, relation] as const)),
);
/** The relation a token spells, or null. */
export const relationBySpelling = (spelling: string): ConditionRelation | null => relationOf.get(spelling) ?? null;
export const isStatementRelation = (relation: ConditionRelation): relation is Relation =>
  relation !== '\\gg' && relation !== '\\ll' && relation !== '\\ne' && relation !== '\\in' && relation !== '\\to';

/** `A \iff B`. */
export const EQUIVALENCES: ReadonlySet<string> = new Set(['\\iff', '\\Leftrightarrow', '\\Longleftrightarrow']);

/** Signs of multiplication between factors, besides juxtaposition. */
export const TIMES_COMMANDS: ReadonlySet<string> = new Set(['\\cdot', '\\times', '*', '\\ast']);
/** Elementwise product and quotient of vectors. */
export const ELEMENTWISE_TIMES: ReadonlySet<string> = new Set(['\\odot', '\\circ']);
export const ELEMENTWISE_DIVIDE: ReadonlySet<string> = new Set(['\\oslash']);

/** Fractions: the command and how the writers use it. */
export const FRACTION_COMMANDS: ReadonlySet<string> = new Set([
  '\\frac',
  '\\tfrac',
  '\\dfrac',
  '\\cfrac',
  '\\nicefrac',
  '\\sfrac',
]);

/** Opening delimiters with the closing ones that may end them and what the pair means. */
export type DelimiterKind = 'paren' | 'bracket' | 'curly' | 'abs' | 'norm' | 'angle';
export const OPENING: ReadonlyMap<string, DelimiterKind> = new Map([
  ['(', 'paren'],
  ['\\lparen', 'paren'],
  ['[', 'bracket'],
  ['\\lbrack', 'bracket'],
  ['\\{', 'curly'],
  ['\\lbrace', 'curly'],
  ['\\lvert', 'abs'],
  ['\\lVert', 'norm'],
  ['\\langle', 'angle'],
]);
export const CLOSING: ReadonlyMap<string, DelimiterKind> = new Map([
  [')', 'paren'],
  ['\\rparen', 'paren'],
  [']', 'bracket'],
  ['\\rbrack', 'bracket'],
  ['\\}', 'curly'],
  ['\\rbrace', 'curly'],
  ['\\rvert', 'abs'],
  ['\\rVert', 'norm'],
  ['\\rangle', 'angle'],
]);
/** Delimiters that open and close alike. */
export const BARS: ReadonlyMap<string, DelimiterKind> = new Map([
  ['|', 'abs'],
  ['\\vert', 'abs'],
  ['\\|', 'norm'],
  ['\\Vert', 'norm'],
]);

/** Sizes of delimiters: what side the command says (`\bigl` opens, `\bigr` closes, `\big` does not say). */
export const SIZES: ReadonlyMap<string, 'open' | 'close' | 'either'> = new Map(
  ['big', 'Big', 'bigg', 'Bigg'].flatMap(size => [
    [`\\${size}l`, 'open'] as const,
    [`\\${size}r`, 'close'] as const,
    [`\\${size}`, 'either'] as const,
    [`\\${size}m`, 'either'] as const,
  ]),
);

/** Commands without argument that mean nothing: spacing, sizes, styles. */
export const IGNORED_COMMANDS: ReadonlySet<string> = new Set([
  '\\,',
  '\\;',
  '\\:',
  '\\!',
  '\\>',
  '\\ ',
  '\\/',
  '\\-',
  '\\quad',
  '\\qquad',
  '\\enspace',
  '\\enskip',
  '\\thinspace',
  '\\medspace',
  '\\thickspace',
  '\\negthinspace',
  '\\negmedspace',
  '\\nobreak',
  '\\allowbreak',
  '\\linebreak',
  '\\displaystyle',
  '\\textstyle',
  '\\scriptstyle',
  '\\scriptscriptstyle',
  '\\limits',
  '\\nolimits',
  '\\nonumber',
  '\\notag',
  '\\IEEEnonumber',
  '\\IEEEyesnumber',
  '\\noindent',
  '\\centering',
  '\\par',
  '\\hfill',
  '\\hfil',
  '\\relax',
  '\\mathstrut',
  '\\strut',
  '\\small',
  '\\footnotesize',
  '\\scriptsize',
  '\\normalsize',
  '\\large',
  '\\Large',
  '\\break',
  '\\displaybreak',
  '\\allowdisplaybreaks',
  '\\normalfont',
  '\\bigstrut',
  '\\null',
  '\\protect',
  '\\leavevmode',
]);
/** Commands whose one argument in braces means nothing either. */
export const IGNORED_WITH_ARGUMENT: ReadonlySet<string> = new Set([
  '\\label',
  '\\tag',
  '\\hspace',
  '\\vspace',
  '\\phantom',
  '\\vphantom',
  '\\hphantom',
  '\\intertext',
  '\\shortintertext',
  '\\footnote',
  '\\footnotemark',
  '\\color',
  '\\hskip',
  '\\mspace',
  '\\thinmuskip',
  '\\cite',
  '\\citep',
  '\\citet',
  '\\ref',
  '\\eqref',
]);
/** Wide spaces that separate statements in a row. */
export const WIDE_SPACES: ReadonlySet<string> = new Set(['\\quad', '\\qquad', '\\hfill']);

/** Environments whose rows are statements. */
export const DISPLAY_ENVIRONMENTS: ReadonlySet<string> = new Set(
  [
    'equation',
    'align',
    'alignat',
    'flalign',
    'xalignat',
    'gather',
    'multline',
    'eqnarray',
    'split',
    'aligned',
    'alignedat',
    'gathered',
    'multlined',
    'cases',
    'dcases',
    'array',
    'subequations',
    'displaymath',
    'math',
    'dmath',
    'IEEEeqnarray',
  ].flatMap(name => [name, `${name}*`]),
);

/** Characters that people type instead of a command. */
export const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...GREEK.map(([command, character]) => [character, command] as const),
  ['（', '('],
  ['）', ')'],
  ['，', ','],
  ['；', ';'],
  ['：', ':'],
  ['＝', '='],
  ['＋', '+'],
  ['－', '-'],
  ['−', '-'],
  ['–', '-'],
  ['·', '\\cdot'],
  ['⋅', '\\cdot'],
  ['×', '\\times'],
  ['⊙', '\\odot'],
  ['∇', '\\nabla'],
  ['∂', '\\partial'],
  ['∑', '\\sum'],
  ['∏', '\\prod'],
  ['√', '\\sqrt'],
  ['≤', '\\le'],
  ['≥', '\\ge'],
  ['≠', '\\ne'],
  ['≈', '\\approx'],
  ['≡', '\\equiv'],
  ['≔', '\\coloneqq'],
  ['≪', '\\ll'],
  ['≫', '\\gg'],
  ['←', '\\leftarrow'],
  ['→', '\\to'],
  ['∈', '\\in'],
  ['‖', '\\|'],
  ['∥', '\\|'],
  ['′', "'"],
  ['∞', '\\infty'],
  ['⊤', '\\top'],
  ['⟨', '\\langle'],
  ['⟩', '\\rangle'],
  ['⇔', '\\iff'],
  ['µ', '\\mu'],
  ['ɛ', '\\varepsilon'],
]);

/** Commands that stand for themselves in the layout. */
export const PLAIN_COMMANDS: ReadonlySet<string> = new Set([
  '\\nabla',
  '\\partial',
  '\\sum',
  '\\prod',
  '\\max',
  '\\min',
  '\\infty',
  '\\top',
  '\\intercal',
  '\\prime',
  '\\ldots',
  '\\dots',
  '\\cdots',
  '\\lim',
  '\\sup',
  '\\inf',
  '\\dotsc',
  '\\dotsb',
  '\\star',
  '\\dagger',
  '\\pm',
  '\\mp',
  '\\mid',
  '\\colon',
  '\\forall',
  '\\lfloor',
  '\\rfloor',
  '\\lceil',
  '\\rceil',
  '\\mapsto',
  '\\implies',
  '\\Rightarrow',
  '\\vee',
  '\\wedge',
  '\\lor',
  '\\land',
  '\\propto',
  '\\notin',
  '\\subset',
  '\\subseteq',
  '\\cup',
  '\\cap',
  '\\setminus',
  '\\lesssim',
  '\\gtrsim',
  '\\cong',
  '\\bmod',
  '\\mod',
]);
