/**
 * The loss of `--loss`: as instances have it, `(y - x1*x2*x)^2/2` with components x1, x2, …, or in LaTeX in the optimizer's letters,
 * `\frac12(y-\theta_1\theta_2x)^2`. Letters that mean nothing else are real numbers.
 */
import { attempt, orRefuse, refuse, type Result } from '../base/problem.ts';
import type { Source, Span } from '../base/span.ts';
import { WHOLE_LINE } from '../formula/domain.ts';
import { type TypedLoss, typedLoss, withoutPlaces } from '../formula/typed-loss.ts';
import { MacroTable } from '../latex/notation/macros.ts';
import { readFormula } from '../latex/read/read-formula.ts';
import type { NameRole, NameScope } from '../latex/read/scope.ts';
import type { Declaration, Optimizer } from '../optimizer/model.ts';
import { namesOf } from '../optimizer/rename.ts';
import { tokensAt } from './author/display-text.ts';
import { spellNameAt } from './outline.ts';

export interface LossOption {
  readonly loss: TypedLoss;
  /** The letters that only the loss has. */
  readonly symbols: readonly Declaration[];
}

/** More letters are a mistake. */
const MOST_LETTERS = 40;

/** The loss, or why it is none, with the place in the text of the option. */
export const readLossOption = (optimizer: Optimizer, text: string): Result<LossOption> =>
  attempt(() => {
    const macros = new MacroTable();
    const shown = isPlain(text) ? latexOf(text, optimizer.notation.parameters) : text;
    const source: Source = { name: '--loss', text: shown };
    const span = { source, start: 0, end: shown.length };
    const scalars = optimizer.declarations.flatMap(each => (each.kind === 'scalar' ? [each.name] : []));
    const taken = new Set(namesOf(optimizer).filter(name => !scalars.includes(name)));
    const letters: string[] = [];
    const names = new Map<string, NameRole>(scalars.map(name => [name, { kind: 'scalar' }]));
    const scope: NameScope = {
      notation: optimizer.notation,
      names,
      where: 'claim',
      componentwiseVectors: false,
      numbered: true,
      warnings: [],
    };
    for (let tries = 0; tries < MOST_LETTERS; tries += 1) {
      const read = attempt(() => readFormula(tokensAt(span, { macros }), scope));
      if (read.ok) {
        const loss = orRefuse(typedLoss(read.value));
        const symbols = letters.map((name): Declaration => ({ kind: 'scalar', name, domain: WHOLE_LINE, span }));
        return { loss: { ...loss, formula: withoutPlaces(loss.formula) }, symbols };
      }
      const [problem] = read.problems;
      const name = problem?.code === 'undefined-name' && problem.span ? nameAt(problem.span, macros) : null;
      if (name === null || names.has(name)) orRefuse(read);
      else if (taken.has(name))
        refuse(
          'loss-name-taken',
          `${name} is a name of ${optimizer.id}: give the loss another letter`,
          problem?.span ?? span,
        );
      else {
        names.set(name, { kind: 'scalar' });
        letters.push(name);
      }
    }
    return refuse('loss-too-large', `a loss has at most ${MOST_LETTERS} letters`, span);
  });

/** The name at a place, without the power behind it. */
function nameAt(span: Span, macros: MacroTable): string | null {
  const text = span.source.text.slice(span.start, span.end);
  const power = text.search(/\s*\^/);
  return spellNameAt(power > 0 ? { ...span, end: span.start + power } : span, macros);
}

/** Components x1, x2, … and no command of LaTeX. */
const isPlain = (text: string): boolean => /\bx[1-9]/.test(text) && !text.includes('\\');

const GREEK =
  /^(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi|chi|psi|omega)$/i;

/** The text with commands for words and the letter of the parameters for x. */
function latexOf(text: string, parameters: string): string {
  return text
    .replace(/[A-Za-z]+(?:_?[0-9]+)?|\d+(?:\.\d+)?|\*|\^\s*\(|[^\s]/g, token => {
      const component = /^x([1-9][0-9]*)$/.exec(token);
      if (component) return `${parameters}_{${component[1]}} `;
      const word = /^([A-Za-z]+)_?([0-9]*)$/.exec(token);
      if (word) {
        const [, name = '', index = ''] = word;
        const letter = GREEK.test(name) ? `\\${name}` : name.length === 1 ? name : `\\mathrm{${name}}`;
        return index === '' ? `${letter} ` : `${letter}_{${index}} `;
      }
      if (token === '*') return '\\cdot ';
      if (token.startsWith('^') && token.includes('('))
        return refuse('bad-loss', 'an exponent in a loss is a whole number');
      return token;
    })
    .replace(/\^\s*(\d+)/g, '^{$1}');
}
