/**
 * The letters of a file: `notation loss=\mathcal{L} parameters=w step=\eta …`. A letter given to one role loses its
 * default role; the role that is left without a letter gets one that does not occur in the file.
 */
import type { Problem } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import { DEFAULT_NOTATION, type Notation } from '../../optimizer/model.ts';
import { type Annotation, textOf } from './annotation.ts';
import { closest } from './closest.ts';

export const ROLES = [
  'loss',
  'parameters',
  'step',
  'iteration',
  'component',
  'dimension',
  'batches',
  'time',
  'gradient',
] as const;
export type Role = (typeof ROLES)[number];

/** What notation lines give; also what a letter is made of: L of a step 1/L, the letters of parameters (w, b). */
export type GivenLetters = ReadonlyMap<Role | 'index' | 'inverseStep' | 'tuple', string>;

/** A letter of the notation as it is spelled, and what it stands for where it is made of others. */
export type Spelled =
  | { readonly letter: string; readonly inverseStep?: string; readonly tuple?: string }
  | { readonly problem: Problem };

/** Other words for the roles, for hints only. */
const SYNONYMS: Readonly<Record<string, Role>> = {
  stepsize: 'step',
  'step-size': 'step',
  'learning-rate': 'step',
  learningrate: 'step',
  lr: 'step',
  params: 'parameters',
  parameter: 'parameters',
  weights: 'parameters',
  objective: 'loss',
  cost: 'loss',
  function: 'loss',
  'loss-function': 'loss',
  dim: 'dimension',
  grad: 'gradient',
  iter: 'iteration',
  counter: 'iteration',
  coordinate: 'component',
};

/** Letters for roles whose default letter was taken; hardly anybody types them. */
const SPARE = [
  '\\tau',
  '\\varpi',
  '\\varsigma',
  '\\varrho',
  '\\upsilon',
  '\\varkappa',
  '\\vartheta',
  '\\digamma',
  '\\mathfrak{q}',
];

/**
 * The notation of a file from all its notation comments; `spell` gives a letter its canonical spelling and refuses what
 * is no letter. Two roles with one letter are a problem, and the later one keeps its default.
 */
export function readNotation(
  annotations: readonly Annotation[],
  fileText: string,
  spell: (span: Span, role: Role) => Spelled,
  base: Notation = DEFAULT_NOTATION,
): { notation: Notation; given: GivenLetters; problems: Problem[] } {
  const problems: Problem[] = [];
  const given = new Map<Role, string>();
  const composed = new Map<'inverseStep' | 'tuple', string>();
  let index: Notation['index'] | null = null;
  for (const annotation of annotations) {
    problems.push(...annotation.problems);
    for (const span of annotation.wheres) {
      problems.push({ code: 'broken-magic-comment', message: 'a notation line takes no "where"', span });
    }
    for (const { key, keySpan, value } of annotation.keys) {
      if (key === 'index') {
        const chosen = (['superscript', 'subscript'] as const).find(each => each === textOf(value));
        if (chosen) index = chosen;
        else problems.push({ code: 'unknown-value', message: 'index must be superscript or subscript', span: value });
        continue;
      }
      const role = ROLES.find(each => each === key);
      if (!role) {
        const near = SYNONYMS[key.toLowerCase()] ?? closest(key, ROLES);
        const hint = near ? `Did you mean ${near}?` : `The roles are ${ROLES.join(', ')} and index.`;
        problems.push({ code: 'unknown-key', message: `there is no role "${key}"`, hint, span: keySpan });
        continue;
      }
      const spelled = spell(value, role);
      if ('problem' in spelled) {
        problems.push(spelled.problem);
        continue;
      }
      const holder = [...given].find(([other, letter]) => other !== role && letter === spelled.letter)?.[0];
      if (holder) {
        const message = `${spelled.letter} is already the letter of ${holder}`;
        problems.push({
          code: 'letter-with-two-roles',
          message,
          hint: 'Give each role a letter of its own.',
          span: value,
        });
      } else if (given.has(role) && given.get(role) !== spelled.letter) {
        const message = `${role} already has the letter ${given.get(role) ?? ''}`;
        problems.push({ code: 'role-with-two-letters', message, span: value });
      } else {
        given.set(role, spelled.letter);
        if (spelled.inverseStep !== undefined) composed.set('inverseStep', spelled.inverseStep);
        if (spelled.tuple !== undefined) composed.set('tuple', spelled.tuple);
      }
    }
  }
  const letters: GivenLetters = new Map([
    ...given,
    ...(index === null ? [] : [['index', index] as const]),
    ...composed,
  ]);
  return {
    notation: withComposed(complete(given, index ?? base.index, fileText, base), letters),
    given: letters,
    problems,
  };
}

/**
 * The notation with labels as the rows of an optimizer show them; what a notation line gives stays. Null where the letter has
 * another role there.
 */
export function withLabels(
  { letter, style }: { readonly letter: string; readonly style: 'subscript' | 'superscript' | 'bare' | 'argument' },
  given: GivenLetters,
  fileText: string,
): Notation | null {
  const own = new Map<Role, string>();
  for (const role of ROLES) {
    const value = given.get(role);
    if (value !== undefined) own.set(role, value);
  }
  const typed = given.get('index');
  const index =
    typed === 'superscript' || typed === 'subscript' ? typed : style === 'subscript' ? 'subscript' : 'superscript';
  const iteration = own.get('iteration') ?? letter;
  if ([...own].some(([role, value]) => role !== 'iteration' && value === iteration)) return null;
  return withComposed(complete(own.set('iteration', iteration), index, fileText, DEFAULT_NOTATION), given);
}

/** The notation with another letter for the time, where rows make values by the name of its default. */
export function withFreeTime(notation: Notation, fileText: string): Notation {
  const taken: readonly (string | undefined)[] = Object.values(notation);
  const free = SPARE.find(letter => !taken.includes(letter) && !fileText.includes(letter));
  return { ...notation, time: free ?? `\\mathfrak{${notation.time}}` };
}

function withComposed(notation: Notation, given: GivenLetters): Notation {
  const [inverseStep, tuple] = [given.get('inverseStep'), given.get('tuple')];
  return {
    ...notation,
    ...(inverseStep === undefined ? {} : { inverseStep }),
    ...(tuple === undefined ? {} : { tuple }),
  };
}

function complete(
  given: ReadonlyMap<Role, string>,
  index: Notation['index'],
  fileText: string,
  base: Notation,
): Notation {
  const taken = new Set(given.values());
  const spare = SPARE.filter(letter => !taken.has(letter) && !fileText.includes(letter));
  const letterOf = (role: Role): string => {
    const own = given.get(role);
    if (own !== undefined) return own;
    const usual = base[role] ?? '';
    return taken.has(usual) ? (spare.shift() ?? `\\mathfrak{${usual}}`) : usual;
  };
  return {
    loss: letterOf('loss'),
    parameters: letterOf('parameters'),
    step: letterOf('step'),
    iteration: letterOf('iteration'),
    component: letterOf('component'),
    dimension: letterOf('dimension'),
    batches: letterOf('batches'),
    time: letterOf('time'),
    index,
    ...(given.has('gradient') || base.gradient !== undefined
      ? { gradient: given.get('gradient') ?? base.gradient }
      : {}),
  };
}
