/**
 * `where` declarations: domains of hyperparameters, abstract functions, schedules, vectors. What the words mean is in the
 * reference of the formats; a declaration that is not understood is a problem with its place, never ignored.
 */
import { attempt, type Problem, refuse } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { WHOLE_LINE, intersect, isEmpty } from '../../formula/domain.ts';
import type { Formula } from '../../formula/formula.ts';
import type { Declaration, Domain, Notation } from '../../optimizer/model.ts';
import { part, textOf } from './annotation.ts';
import { readInequality, readSet } from './domain.ts';
import { list } from './keys.ts';

export interface WhereContext {
  readonly notation: Notation;
  readonly where: 'optimizer' | 'claim';
  /** The canonical spelling of a name, macros expanded; null where the place holds no name. */
  readonly spell: (span: Span) => string | null;
  /** Reads the body of a declared function, whose formal letter is a scalar there. */
  readonly readBody: (span: Span, formal: string, declared: readonly Declaration[]) => Formula;
}

type Meaning =
  | { readonly kind: 'domain'; readonly domain: Domain }
  | { readonly kind: 'function'; readonly odd: boolean }
  | { readonly kind: 'vector-function'; readonly result: 'scalar' | 'vector' }
  | { readonly kind: 'schedule' }
  | { readonly kind: 'vector' }
  /** The covariance of the gradient of one batch. */
  | { readonly kind: 'covariance' };

/** The declarations of all `where` lines of one comment, in order, and every mistake in them. */
export function readWhere(
  lines: readonly Span[],
  context: WhereContext,
): { declarations: Declaration[]; problems: Problem[]; covariances: string[] } {
  const covariances: string[] = [];
  const declarations = new Map<string, Declaration>();
  const problems: Problem[] = [];
  const bodies: { name: string; formal: string; body: Span; span: Span }[] = [];
  for (const line of lines) {
    let waiting: Span[] = [];
    for (const item of list(trimEnd(line))) {
      const result = attempt(() => {
        const withBody = readDefinedFunction(item, context);
        if (withBody) {
          declare(declarations, withBody.name, { kind: 'function', odd: false }, item, context);
          bodies.push({ ...withBody, span: item });
          return true;
        }
        const found = readItem(item);
        if (!found) return false;
        for (const place of [...waiting, found.name]) {
          if (found.meaning.kind === 'covariance') {
            covariances.push(spellName(place, found.meaning, context));
            continue;
          }
          declare(declarations, spellName(place, found.meaning, context), found.meaning, place, context);
        }
        return true;
      });
      if (!result.ok) problems.push(...result.problems);
      if (!result.ok || result.value) waiting = [];
      else waiting.push(item);
    }
    for (const item of waiting) problems.push(notUnderstood(item));
  }
  // Bodies come last, so that a function may use what is declared after it.
  for (const { name, formal, body, span } of bodies) {
    const result = attempt(() => context.readBody(body, formal, [...declarations.values()]));
    if (result.ok) declarations.set(name, { kind: 'function', name, odd: false, formal, body: result.value, span });
    else problems.push(...result.problems);
  }
  return { declarations: [...declarations.values()], problems, covariances };
}

function trimEnd(line: Span): Span {
  const trimmed = textOf(line).replace(/[\s.;]+$/, '');
  return part(line, 0, trimmed.length);
}

const notUnderstood = (item: Span): Problem => ({
  code: 'broken-where',
  message: `this declaration is not understood: ${textOf(item).slice(0, 60)}`,
  hint: /\sfixed$/.test(textOf(item).trim())
    ? 'A second point at a fixed distance is not expanded: where the distance is of the size of the step, write it as \\eta r, with `where r > 0` and the letter of the step for \\eta.'
    : 'Expected \\beta in (0,1), x > 0, \\phi smooth, \\phi(x) = …, K : vector -> scalar smooth, \\eta_n schedule or v vector.',
  span: item,
});

const ARROW = String.raw`(?:->|\\to|\\rightarrow)`;
const FORMS: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [
    new RegExp(String.raw`\s*(?::|\\colon)\s*vector\s*${ARROW}\s*scalar(?:\s+smooth)?$`),
    { kind: 'vector-function', result: 'scalar' },
  ],
  [
    new RegExp(String.raw`\s*(?::|\\colon)\s*vector\s*${ARROW}\s*vector(?:\s+smooth)?$`),
    { kind: 'vector-function', result: 'vector' },
  ],
  [
    new RegExp(String.raw`\s*(?::|\\colon)\s*scalar\s*${ARROW}\s*scalar(?:\s+smooth)?$`),
    { kind: 'function', odd: false },
  ],
  [/\s*\bodd\s+smooth$/, { kind: 'function', odd: true }],
  [/\s*\bsmooth\s+odd$/, { kind: 'function', odd: true }],
  [/\s*\bsmooth$/, { kind: 'function', odd: false }],
  [/\s*\bschedule$/, { kind: 'schedule' }],
  [/\s*\bvector$/, { kind: 'vector' }],
  [/\s*\bcovariance$/, { kind: 'covariance' }],
];

/** What an item says and where its name stands; null for a bare name, which waits for the next item. */
function readItem(item: Span): { name: Span; meaning: Meaning } | null {
  const text = textOf(item);
  for (const [pattern, meaning] of FORMS) {
    const found = pattern.exec(text);
    if (found && found.index > 0) return { name: part(item, 0, found.index), meaning };
  }
  const membership = /(?:∈|\\in|(?<=[\s}])in(?=[\s([\\]))(?![A-Za-z])/.exec(text);
  if (membership) {
    const domain = readSet(text.slice(membership.index + membership[0].length));
    if (!domain)
      refuse(
        'broken-where',
        'expected an interval as (0,1) or [0,\\infty) here',
        item,
        'Write (0,1), [0,1), (0,\\infty) or \\mathbb{R}, with a comma between two numbers; or an inequality, as x > 0.',
      );
    return { name: part(item, 0, membership.index), meaning: { kind: 'domain', domain } };
  }
  const inequality = readInequality(text);
  if (inequality) {
    const [start, end] = inequality.name;
    return { name: part(item, start, end), meaning: { kind: 'domain', domain: inequality.domain } };
  }
  if (/[<>]|\\[lg]e|\\neq?(?![A-Za-z])/.test(text)) {
    const hint = /\s[a-z-]+=\S/.test(text)
      ? 'where takes the rest of its line: write the keys before it.'
      : 'A relation between names belongs into assume={…} of a claim.';
    refuse('broken-where', 'a domain compares one name with numbers', item, hint);
  }
  return null;
}

const DEFINED = /^(.+?)\s*(?:\\left|\\bigl?)?\(\s*([A-Za-z]|\\[A-Za-z]+)\s*(?:\\right|\\bigr?)?\)\s*:?=\s*(.+)$/s;

function readDefinedFunction(item: Span, context: WhereContext): { name: string; formal: string; body: Span } | null {
  const text = textOf(item);
  const found = DEFINED.exec(text);
  if (!found) return null;
  const [, nameText = '', formalText = '', bodyText = ''] = found;
  const name = context.spell(part(item, 0, nameText.length));
  const formalStart = text.indexOf('(', nameText.length) + 1;
  const formal = context.spell(part(item, formalStart, text.indexOf(')', formalStart)));
  if (name === null || formal === null) return refuse('broken-where', `expected a name, found "${formalText}"`, item);
  return { name, formal, body: part(item, text.length - bodyText.length, text.length) };
}

function spellName(place: Span, meaning: Meaning, context: WhereContext): string {
  const indexed = /^([\s\S]*\S)\s*(?:[_^]\s*\{?\s*(?:[A-Za-z]|\\[A-Za-z]+)\s*\}?|\^\s*\{\s*\([^()]*\)\s*\})\s*$/.exec(
    textOf(place),
  );
  const bare = meaning.kind === 'schedule' && indexed ? part(place, 0, (indexed[1] ?? '').length) : place;
  const name = numberedSchedule(place, meaning, context) ?? context.spell(bare);
  const typed = textOf(bare).trim().slice(0, 40);
  const superscript = /^(.+?)\s*\^\s*(?:\{\s*\(?(\w+)\)?\s*\}|(\w))$/.exec(typed);
  const hint = superscript
    ? /^[a-z]$/.test(superscript[2] ?? '')
      ? `A family is written out: ${superscript[1]}_1, ${superscript[1]}_2 in (0,1) here, and a row for each number in the place of ${superscript[2]}.`
      : `A name has no superscript: write ${superscript[1]}_${superscript[2] ?? superscript[3]}, here and in the rows.`
    : /[_^]\s*\{?\s*(?:\*|\\(?:star|ast))/.test(typed)
      ? 'A star is no part of a name: write a letter of its own, as c, here and in the rows.'
      : 'A name is a letter with accents and a subscript, as \\hat\\beta_1, or a word, as \\text{lr}.';
  return name ?? refuse('broken-where', `expected a name, found "${typed}"`, place, hint);
}

/** \beta_1 of a schedule \beta_{1,t} or \beta_{1t}. */
function numberedSchedule(place: Span, meaning: Meaning, { notation, spell }: WhereContext): string | null {
  const found = /^(.+?)\s*_\s*\{\s*(\d+)\s*,?\s*([A-Za-z]|\\[A-Za-z]+)\s*\}\s*$/s.exec(textOf(place));
  if (!found || meaning.kind !== 'schedule' || found[3] !== notation.iteration) return null;
  const base = spell(part(place, 0, (found[1] ?? '').length));
  return base === null ? null : `${base}_${found[2]}`;
}

const isLabelledSchedule = (place: Span, { kind }: Meaning): boolean =>
  kind === 'schedule' && /[_^]/.test(textOf(place));

function declare(
  declarations: Map<string, Declaration>,
  name: string,
  meaning: Exclude<Meaning, { readonly kind: 'covariance' }>,
  span: Span,
  context: WhereContext,
): void {
  const { notation } = context;
  // The step is positive, and with a label it is a schedule, whatever is said.
  if (name === notation.step && (meaning.kind === 'domain' || isLabelledSchedule(span, meaning))) return;
  const role = (['loss', 'parameters', 'step', 'iteration', 'component'] as const).find(
    each => notation[each] === name,
  );
  if (role) refuse('name-has-role', `${name} is the letter of ${role} and cannot be declared`, span);
  if (name === notation.inverseStep)
    refuse(
      'name-has-role',
      `${name} is 1 over the step, and cannot be declared`,
      span,
      `Write what else has a ${name} with letters of its own, as \\kappa.`,
    );
  if (meaning.kind === 'vector' && context.where === 'optimizer') {
    const first = `${notation.parameters}${notation.index === 'subscript' ? '_0' : '^{(0)}'}`;
    refuse(
      'broken-where',
      'an arbitrary vector can be declared in a claim only',
      span,
      `A fixed point is the first iterate, ${first} in the rows, and ${name} a function of it, ${name}(${first}), with ${name} : vector -> vector smooth.`,
    );
  }
  const earlier = declarations.get(name);
  if (earlier && !(earlier.kind === 'scalar' && meaning.kind === 'domain')) {
    const letters = /_\s*\{?\s*([a-z])\s*\}?\s*$/.exec(textOf(span))?.[1];
    const hint =
      meaning.kind === 'schedule' && letters !== undefined
        ? `The letter below a sequence is its label: give each a letter of its own, as a_${notation.iteration} and b_${notation.iteration}, here and in the rows.`
        : undefined;
    refuse('declared-twice', `${name} is declared twice`, span, hint);
  }
  switch (meaning.kind) {
    case 'domain': {
      const domain = intersect(meaning.domain, earlier?.kind === 'scalar' ? earlier.domain : WHOLE_LINE);
      if (isEmpty(domain)) refuse('empty-domain', `no number satisfies what is said of ${name}`, span);
      declarations.set(name, { kind: 'scalar', name, domain, span });
      return;
    }
    case 'function':
      declarations.set(name, { kind: 'function', name, odd: meaning.odd, formal: 'x', body: null, span });
      return;
    case 'vector-function':
      declarations.set(name, { kind: 'vector-function', name, result: meaning.result, span });
      return;
    case 'schedule':
    case 'vector':
      declarations.set(name, { kind: meaning.kind, name, span });
      return;
  }
}
