/** Letters that the reader does not know: declared, or given a role by the notation, whichever makes the formula readable. */
import type { Span } from '../../base/span.ts';
import { textOf } from '../annotation/annotation.ts';
import { declaration, notation } from './comment-edits.ts';
import type { Fix } from './edit.ts';
import { blanked, bodiesOf, escaped, matches, type Mistake, nameAt, namePattern, wordAt } from './entry-text.ts';

const said = (letters: Readonly<Record<string, string>>): string =>
  `\`notation ${Object.entries(letters)
    .map(([role, letter]) => `${role}=${letter}`)
    .join(' ')}\``;

/** Letters by their roles, with what the author is told of them. */
const roles = (mistake: Mistake, letters: Readonly<Record<string, string>>, words: string): Fix => ({
  edits: notation(mistake, letters),
  hint: `If ${words}, say ${said(letters)}.`,
  gives: { letters, words },
});

const before = ({ source, start }: Span, length: number): string =>
  blanked(source.text.slice(Math.max(0, start - length), start));

/** Letters that are nearly always a step size, a rate of averaging, a small number. */
const STEPS = /^(?:\\eta|\\alpha|\\gamma|\\tau|\\epsilon|\\varepsilon|\\lambda|s|a|h|lr|\\delta|\\Delta)$/;
const RATES = /^(?:\\beta|\\rho)(?:_|$)/;

/** What the declaration of a number says: a rate stands between 0 and 1, anything else is positive. */
function domainOf(name: string, { entry, outline }: Mistake): string {
  const rate = new RegExp(String.raw`1\s*-\s*${namePattern(name).source}`);
  const texts = outline.entries
    .filter(each => each === entry || each.annotation.kind === 'optimizer')
    .flatMap(bodiesOf)
    .map(textOf);
  return RATES.test(name) || texts.some(text => rate.test(text)) ? `${name} in (0,1)` : `${name} > 0`;
}

/** An index that nothing binds: the end of a sum over components, or another letter for the iteration. */
export function* unknownIndex(mistake: Mistake): Generator<Fix> {
  const { problem, entry, outline } = mistake;
  const { span } = problem;
  if (problem.code !== 'undefined-name' || !span || !/^the index /.test(problem.message)) return;
  const letter = /^the index (\S+)/.exec(problem.message)?.[1];
  if (letter === undefined) return;
  const { iteration, dimension, component } = outline.notation;
  if (/\^\s*\{?\s*$/.test(before(span, 4)) && letter !== dimension)
    yield roles(mistake, { dimension: letter }, `${letter} is the number of parameters`);
  const renamed = [...matches(entry, new RegExp(`(?<![A-Za-z\\\\])${escaped(letter)}(?![A-Za-z])`, 'g'))].map(
    ({ at }) => ({ at, text: iteration }),
  );
  if (letter !== iteration && renamed.length > 0)
    yield {
      edits: renamed,
      hint: `Did you mean \`${iteration}\`? It counts the iterations here; or say \`notation iteration=${letter}\`.`,
    };
  if (letter !== iteration) yield roles(mistake, { iteration: letter }, `${letter} counts the iterations`);
  if (letter !== component) yield roles(mistake, { component: letter }, `${letter} is the component of the statement`);
  const { time } = outline.notation;
  const label = /_\s*\{?\s*$/.exec(before(span, 6));
  if (letter === time && label && /\\tilde/.test(before(span, 30))) {
    const start = span.start - label[0].length;
    const end = span.end + (label[0].includes('{') ? 1 : 0);
    yield {
      edits: [{ at: { ...span, start, end }, text: `(${time})` }],
      hint: `Did you mean \`(${time})\`? It is the time.`,
      place: { ...span, start, end },
    };
  }
  // Nothing sums over repeated indices.
  const factor = /(?:\\nabla|\\partial|\\theta)\s*_?\s*\{?[A-Za-z\s]*$/.exec(before(span, 24));
  if (factor) {
    const start = span.start - factor[0].length;
    yield {
      edits: [{ at: { ...span, start, end: start }, text: `\\sum_{${letter}=1}^{${dimension}} ` }],
      hint: `Write \`\\sum_{${letter}=1}^{${dimension}}\` before it: there is no sum over repeated indices.`,
    };
  }
}

/** What comes of an index that counts components where the sum is read as one over batches or steps. */
const OF_COMPONENTS: ReadonlySet<string> = new Set(['vector-function', 'vector-product', 'vector-rank', 'index-sort']);

/** \\sum_{i=1}^{m} (\\nabla_{\\omega_i}E)^2: the end of the sum is the number of parameters. */
export function* otherDimension(mistake: Mistake): Generator<Fix> {
  const { problem, entry, outline } = mistake;
  if (entry.annotation.kind === 'optimizer' || !OF_COMPONENTS.has(problem.code)) return;
  const ends = bodiesOf(entry).flatMap(body =>
    [...textOf(body).matchAll(/\\sum(?:\\limits)?\s*_\s*\{[^{}]*=\s*1\s*\}\s*\^\s*\{?\s*(\\?[A-Za-z]+)/g)].map(
      match => match[1] ?? '',
    ),
  );
  for (const end of new Set(ends))
    if (end !== outline.notation.dimension)
      yield roles(mistake, { dimension: end }, `${end} is the number of parameters`);
}

const isIndexedName = (sub: string | null): boolean => sub !== null && !/^\\?[A-Za-z0-9]+$/.test(sub);

/** 1/L in front of a gradient where no row shows the step: it is the step. */
function* inverseStep({ entry, outline }: Mistake, name: string): Generator<Fix> {
  const { step } = outline.notation;
  const isShown = bodiesOf(entry).some(body => namePattern(step).test(blanked(textOf(body))));
  if (entry.annotation.kind !== 'optimizer' || isShown) return;
  const own = escaped(name);
  const inverse = new RegExp(
    String.raw`\\[td]?frac\s*(?:1|\{\s*1\s*\})\s*(?:\{\s*${own}\s*\}|${own}(?![A-Za-z]))|(?<![\d.])1\s*/\s*${own}(?![A-Za-z])`,
    'g',
  );
  const edits = [...matches(entry, inverse)].map(({ at }) => ({ at, text: `${step} ` }));
  yield {
    edits,
    hint: `If 1/${name} is the step, write ${step} for it, or another letter with \`notation step=\\eta\`.`,
  };
}

/** A name that nothing makes: the loss, the step, a schedule, a function, a hyperparameter. */
export function* unknownName(mistake: Mistake): Generator<Fix> {
  const { problem, entry, outline } = mistake;
  const { span } = problem;
  if (!span || !/^(?:undefined-name|state-never-updated)$/.test(problem.code) || /^the index /.test(problem.message))
    return;
  const found = nameAt(span);
  if (!found) return;
  const word = wordAt(mistake);
  if (word !== null) {
    const letters = textOf(word);
    if (letters.length <= 8) yield roles(mistake, { step: letters }, `${letters} is the step size`);
    return;
  }
  const { base, sub, at } = found;
  const name = textOf(at);
  const behind = at.source.text.slice(at.end, at.end + 12);
  const texts = bodiesOf(entry).map(body => blanked(textOf(body)));
  if (
    /\\(?:nabla|partial)(?:_(?:\{[^{}]*\}|\\?\w+))?\s*$/.test(before(span, 40)) ||
    (/^\s*(?:\\left)?\(/.test(behind) && /^[A-Z]$|\\mathcal/.test(base))
  ) {
    yield roles(mistake, { loss: base }, `${base} is the loss`);
  }
  if (!isIndexedName(sub)) yield* inverseStep(mistake, name);
  const step = outline.notation.step;
  const hasStep = texts.some(text => namePattern(step).test(text));
  const isIndexed =
    sub !== null && new RegExp(`^${escaped(outline.notation.iteration)}(?:\\s*[+-]\\s*\\d+)?$|^[tkn]$`).test(sub);
  if (!hasStep && (sub === null || isIndexed) && STEPS.test(base))
    yield roles(mistake, { step: base }, `${base} is the step size`);
  const isAtPoint = new RegExp(`^\\s*(?:\\\\left)?\\(\\s*${escaped(outline.notation.parameters)}(?![A-Za-z])`).test(
    behind,
  );
  if (/grad/i.test(base) && isAtPoint)
    yield roles(mistake, { gradient: base }, `${base} is the gradient of the step's own loss`);
  // What is no function of a number is not declared as one.
  const isOfVectors =
    /\{(?:rms|norm|mean|avg|std|var|median|top|sort|softmax|sum|clip|orth\w*|newton\w*|msign|svd|quant\w*)/i.test(base);
  if (/^\s*(?:\\left)?\(/.test(behind) && sub === null && !isOfVectors)
    yield {
      edits: [declaration(mistake, `${base} smooth`)],
      hint: `If ${base} is a given function, declare it: \`where ${base} smooth\`.`,
    };
  const isState = problem.code === 'state-never-updated';
  const isGradient = /^\\?[A-Za-z]+$/.test(base) && !texts.some(text => /\\(?:nabla|partial)(?![A-Za-z])/.test(text));
  if (isState && isGradient) yield roles(mistake, { gradient: base }, `${base} is the gradient of the step's own loss`);
  if (isIndexed && !isState)
    yield {
      edits: [declaration(mistake, `${name} schedule`)],
      hint: `If ${base} is a given sequence, declare it: \`where ${name} schedule\`.`,
    };
  if (couldBeNumber(base, sub, mistake)) {
    const where = domainOf(name, mistake);
    yield { edits: [declaration(mistake, where)], hint: `Declare it: \`where ${where}\`.`, declares: { name, where } };
  }
  if (!hasStep && sub === null) yield roles(mistake, { step: base }, `${base} is the step size`);
  if (isGradient) yield roles(mistake, { gradient: base }, `${base} is the gradient of the step's own loss`);
}

/** A letter with a number or a word below it; no letter of an index, no capital, no accent. */
function couldBeNumber(base: string, sub: string | null, { outline }: Mistake): boolean {
  const { iteration, component, loss, parameters } = outline.notation;
  const isLetter =
    /^(?:\\?[a-z]|\\[a-z]{2,})$/.test(base) && ![iteration, component, loss, parameters, 'i', 'k', 'l'].includes(base);
  return isLetter && (sub === null || /^(?:\d+|\\?[a-z]{2,}|\\mathrm\s*\{[a-z]+\})$/.test(sub));
}

const LEFT =
  /(?:^|\\\\|\n)\s*&?\s*(\\(?:mathbf|boldsymbol|bm)\s*\{[^{}]*\}|\\?[A-Za-z]+)\s*(?:_|\^|&?\s*(?::?=|\\(?:leftarrow|gets)))/g;

/** What goes wrong where labels stand elsewhere than the notation says. */
const ELSEWHERE_LABELLED: ReadonlySet<string> = new Set([
  'left-side',
  'missing-label',
  'no-update',
  'implicit-update',
  'label-misplaced',
  'unexpected-subscript',
  'index-count',
  'undefined-name',
]);

/** Rows that nothing is made by: other letters for the parameters, labels elsewhere than the notation says, no step. */
export function* otherConventions(mistake: Mistake): Generator<Fix> {
  const { problem, entry, outline } = mistake;
  if (entry.annotation.kind !== 'optimizer') return;
  const lefts = new Set(bodiesOf(entry).flatMap(body => [...textOf(body).matchAll(LEFT)].map(match => match[1] ?? '')));
  const { parameters, step } = outline.notation;
  const letters = [...lefts].filter(each => each !== parameters).reverse();
  const isOther = problem.code === 'no-update' || problem.code === 'left-side';
  if (isOther)
    for (const letter of letters) yield roles(mistake, { parameters: letter }, `${letter} is what is trained`);
  if (ELSEWHERE_LABELLED.has(problem.code))
    for (const match of new Set(
      bodiesOf(entry).flatMap(body =>
        [...textOf(body).matchAll(/_\{?\s*([a-z])\s*[+-]\s*\d/g)].map(each => each[1] ?? ''),
      ),
    ))
      yield roles(
        mistake,
        match === outline.notation.iteration ? { index: 'subscript' } : { index: 'subscript', iteration: match },
        'the labels of the iteration stand in the subscripts',
      );
  if (problem.code === 'update-not-small' || problem.code === 'step-not-small') {
    const scalars = new Set([
      ...entry.annotation.wheres.flatMap(where => textOf(where).match(/\\?[A-Za-z]+(?=\s*(?:[<>]|\\?in\b))/g) ?? []),
    ]);
    for (const name of scalars)
      if (name !== step)
        yield {
          edits: [...withoutDeclaration(mistake, name), ...notation(mistake, { step: name })],
          hint: `If ${name} is the step size, say \`notation step=${name}\` instead of declaring it.`,
        };
  }
}

/** The edits that take the declaration of a name away. */
export function withoutDeclaration({ entry }: Mistake, name: string): Fix['edits'] {
  return entry.annotation.wheres.flatMap(where => {
    const text = textOf(where);
    const found = new RegExp(
      String.raw`(^|,)\s*${namePattern(name).source}\s*(?:[<>][^,]*|\\?in\s*[([][^()[\]]*[)\]])(,?)`,
    ).exec(text);
    if (!found) return [];
    const start = where.start + found.index;
    const whole =
      found[1] === '' && found[2] === ''
        ? text.length
        : found[0].length - (found[1] === ',' && found[2] === ',' ? 1 : 0);
    return [
      {
        at: { ...where, start: whole === text.length ? where.start : start, end: start + whole },
        text: whole === text.length ? ' ' : '',
      },
    ];
  });
}

/** O(\\eta^2) where the step has another letter. */
export function* otherRemainder(mistake: Mistake): Generator<Fix> {
  const { problem, outline } = mistake;
  if (problem.code !== 'remainder' || !problem.span) return;
  const { source, start } = problem.span;
  const found = /\\?[A-Za-z]+/.exec(source.text.slice(start, start + 40));
  if (!found) return;
  const at = { source, start: start + found.index, end: start + found.index + found[0].length };
  const { step } = outline.notation;
  if (found[0] === step) return;
  yield { edits: [{ at, text: step }], hint: `Did you mean \`${step}\`? It is the step size here.`, place: at };
  yield roles(mistake, { step: found[0] }, `${found[0]} is the step size`);
}
