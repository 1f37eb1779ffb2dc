/** What is wrong with a rule as a whole: letters that only say which part of the parameters it is of, values of the size of the step. */
import { part, textOf } from '../annotation/annotation.ts';
import { declaration } from './comment-edits.ts';
import type { Fix } from './edit.ts';
import { bodiesOf, matches, type Mistake, namePattern } from './entry-text.ts';
import { withoutDeclaration } from './letters.ts';

/** w^l_{t+1}, w^{(l)}_{t+1}: a letter on the parameters that says which layer, worker or block it is. */
export function* layerLetters(mistake: Mistake): Generator<Fix> {
  const { problem, entry, outline } = mistake;
  if (
    entry.annotation.kind !== 'optimizer' ||
    !/^(?:no-update|left-side|index-sort|undefined-name)$/.test(problem.code)
  )
    return;
  const { parameters, iteration } = outline.notation;
  const onParameters = new RegExp(
    String.raw`${namePattern(parameters).source}\s*(?:_(?:\{[^{}]*\}|\\?[A-Za-z0-9]+)\s*)?\^\s*\{?\s*\(?\s*([a-z])\s*\)?\s*\}?`,
    'g',
  );
  const letters = new Set([...matches(entry, onParameters)].map(({ match }) => match[1] ?? ''));
  for (const letter of letters) {
    if (letter === '' || letter === iteration) continue;
    const script = new RegExp(String.raw`\^\s*(?:\{\s*\(?\s*${letter}\s*\)?\s*\}|${letter}(?![A-Za-z]))`, 'g');
    yield {
      edits: [...matches(entry, script)].map(({ at }) => ({ at, text: '' })),
      hint: `If ${letter} only says which layer, block or worker it is, leave it out: a rule is that of all components.`,
    };
  }
}

/** \eta_{\min} beside the step \eta_{\max}: a multiple of it. */
export function* sizeOfStep(mistake: Mistake): Generator<Fix> {
  const { problem, entry, outline } = mistake;
  const { step } = outline.notation;
  if (problem.code !== 'update-not-small' && problem.code !== 'step-not-small') return;
  const baseOf = (name: string): string => name.split('_')[0]?.trim() ?? '';
  const declared = entry.annotation.wheres.flatMap(
    where =>
      textOf(where).match(/\\?[A-Za-z]+(?:_(?:\{[^{}]*\}|\\?[A-Za-z0-9]+))?(?=\s*(?:[<>]|\\?in\b|\\[gl]e))/g) ?? [],
  );
  const taken = bodiesOf(entry).map(textOf).join(' ');
  const ratio = ['r', 'q', 'c'].find(letter => !new RegExp(`(?<![A-Za-z\\\\])${letter}(?![A-Za-z])`).test(taken));
  for (const name of new Set(declared)) {
    if (name === step || baseOf(name) !== baseOf(step) || ratio === undefined) continue;
    const edits = [...matches(entry, namePattern(name))].map(({ at }) => ({ at, text: `${ratio} ${step}` }));
    yield {
      edits: [...edits, ...withoutDeclaration(mistake, name), declaration(mistake, `${ratio} > 0`)],
      hint: `If ${name} is of the size of the step, write it as ${ratio} ${step}, with \`where ${ratio} > 0\`.`,
    };
  }
}

/** 1/\sqrt t in rows that count from 0, where the author counts from 1. */
export function* countsFromOne(mistake: Mistake): Generator<Fix> {
  const { problem, entry, outline } = mistake;
  if (problem.code !== 'division-by-zero' || entry.annotation.kind !== 'optimizer') return;
  const { parameters } = outline.notation;
  const labelled = new RegExp(String.raw`${namePattern(parameters).source}\s*[_^]\s*\{?\s*\(?\s*(\\?[A-Za-z]+)`, 'g');
  const letter = [...matches(entry, labelled)][0]?.match[1];
  const last = bodiesOf(entry).at(-1);
  if (letter === undefined || last === undefined) return;
  const text = textOf(last);
  const end = text.lastIndexOf('\\end{');
  const length = (end === -1 ? text : text.slice(0, end)).replace(/[\s.,;]+$/, '').length;
  yield {
    edits: [{ at: part(last, length, length), text: ` \\qquad ${letter} = 1, 2, \\dots` }],
    hint: `If the rows count from 1, say so behind one of them: ${letter} = 1, 2, \\dots.`,
  };
}

/** W_t = W_t - \alpha g: one label on both sides. */
export function* sameLabels(mistake: Mistake): Generator<Fix> {
  const { problem, entry, outline } = mistake;
  if (
    !/^(?:no-update|left-side|implicit-update|index-sort|bad-label)$/.test(problem.code) ||
    entry.annotation.kind !== 'optimizer'
  )
    return;
  const { parameters } = outline.notation;
  const name = namePattern(parameters).source;
  const twice = new RegExp(
    String.raw`${name}_\{?([a-z])\}?(?=\s*&?\s*(?::?=|\\gets|\\leftarrow)\s*&?\s*${name}_\{?\1\}?(?![A-Za-z+-]))`,
    'g',
  );
  for (const { match, at } of matches(entry, twice)) {
    const next = `${parameters}_{${match[1] ?? ''}+1}`;
    yield { edits: [{ at, text: next }], hint: `Did you mean \`${next}\`? One label stands on both sides.`, place: at };
    const labelled = new RegExp(String.raw`${name}_\{?${match[1] ?? ''}\}?(?![A-Za-z+-])`, 'g');
    yield {
      edits: [...matches(entry, labelled)].map(each => ({ at: each.at, text: parameters })),
      hint: `One label stands on both sides: leave it out, as in a program, ${parameters} = ${parameters} - ….`,
      place: at,
    };
  }
}

/** z_{k+1} = z_k - … beside x_{k+1} = (1 - c)x_k + c z_{k+1}: a second sequence of points whose first value nobody says. */
export function* secondPoints(mistake: Mistake): Generator<Fix> {
  const { problem, entry, outline } = mistake;
  if (!/^(?:update|shift)-not-small$/.test(problem.code) || entry.annotation.kind !== 'optimizer') return;
  const { parameters, iteration } = outline.notation;
  const last = bodiesOf(entry).at(-1);
  if (last === undefined) return;
  const text = textOf(last);
  const end = /\s*\\end\s*\{[^{}]*\}[\s\S]*$/.exec(text)?.index ?? text.length;
  const length = text.slice(0, end).replace(/[\s.,;]+$/, '').length;
  const lefts = matches(
    entry,
    new RegExp(String.raw`(\\?[A-Za-z]+)_\{?\s*${iteration}[^{}=]*\}?\s*&?\s*(?:=|\\gets|\\leftarrow)`, 'g'),
  );
  for (const name of new Set([...lefts].map(({ match }) => match[1] ?? ''))) {
    if (name === '' || name === parameters) continue;
    const row = `${name}_0 = ${parameters}_0`;
    yield {
      edits: [{ at: part(last, length, length), text: `, \\quad ${row}` }],
      hint: `If ${name} is a second sequence of points, give its first value a row of its own, as ${row}.`,
    };
  }
}

/** \sum_{i=1}^{B}\nabla l_i without the 1/B in front: the mean is the step's own loss, and the number belongs to the step. */
export function* sumOverBatch({ problem, entry }: Mistake): Generator<Fix> {
  if (problem.code !== 'undefined-name' || entry.annotation.kind !== 'optimizer') return;
  const sums = [...matches(entry, /\\sum\s*_\s*\{\s*[a-z]\s*=\s*1\s*\}\s*\^\s*\{?\s*([A-Za-z])\s*\}?/g)];
  const [first] = sums;
  if (first === undefined) return;
  const size = first.match[1] ?? '';
  yield {
    edits: sums.map(({ match, at }) => ({ at: part(at, 0, 0), text: `\\frac{1}{${match[1] ?? ''}} ` })),
    hint: `The mean over a batch, \\frac{1}{${size}}\\sum, is the step's own loss: write it, with a step ${size} times as large.`,
    message: `a sum over ${size} losses has no value of its own here`,
    place: first.at,
  };
}

/** \mathbb{1} is a vector of ones; where a matrix is added to it the identity is meant. */
export function* meantIdentity({ problem, entry }: Mistake): Generator<Fix> {
  if (problem.code !== 'vector-rank') return;
  const ones = [...matches(entry, /\\(?:mathbb|mathbbm|mathds)\s*(?:\{\s*1\s*\}|1)/g)];
  const [first] = ones;
  if (first === undefined) return;
  yield {
    edits: ones.map(({ at }) => ({ at, text: 'I ' })),
    hint: 'Write I for the identity matrix; \\mathbb{1} is the vector of ones.',
    place: first.at,
  };
}
