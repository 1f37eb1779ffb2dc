/**
 * The keys that make another equation of the derived one, `part`, `at`, `rescale`, `loss`: how their values are typed, what they go together with, and
 * their words. How each changes the equation stands in `judge/keys/`, in normal form and in numbers.
 */
import type { Formula } from '../formula/formula.ts';
import type { TypedLoss } from '../formula/typed-loss.ts';
import { writeFormula } from '../latex/write/write-formula.ts';
import type { Notation } from '../optimizer/model.ts';

/** A hyperparameter with the value that `at` gives it. */
export interface ValueOfScalar {
  readonly name: string;
  readonly value: Formula;
}

/** The values of the keys, as fields of a claim. */
export interface Changes {
  readonly part: 'discretization' | 'memory' | null;
  /** `at={\beta=0}` as pairs. */
  readonly at: readonly ValueOfScalar[];
  /** What stands in place of h. */
  readonly rescale: Formula | null;
  /** `loss={E = …}`: what stands in place of E, on both sides. */
  readonly loss: TypedLoss | null;
}

export type ChangeKey = keyof Changes;

/** A value as it was typed, read as the key wants it; empty where the key was left out or its value was refused. */
export interface TypedValue {
  readonly word: string | null;
  /** `h \to …`. */
  readonly step: () => Formula | null;
  /** `\beta = 0, \rho = 1`. */
  readonly values: () => readonly ValueOfScalar[];
  /** `E = \frac12(y-\theta_1\theta_2x)^2`. */
  readonly loss: () => TypedLoss | null;
}

/** What a claim states, as far as keys ask for it. */
export interface StatedForm {
  readonly isFlow: boolean;
  readonly isMotion: boolean;
  readonly order: number;
}

/** A line of a page. */
export interface ShownChange {
  readonly label: string;
  readonly latex?: () => string;
  readonly text?: string;
}

interface ChangeFacts<Value> {
  /** The words that the value is one of, where it is no formula. */
  readonly words?: readonly string[];
  readonly read: (typed: TypedValue) => Value;
  readonly isSet: (value: Value) => boolean;
  /** Why a statement is not judged under it. */
  readonly reason: (stated: StatedForm) => string | null;
  /** Whether it goes together with epochs in random order. */
  readonly inEpochs: boolean;
  /** The value with other formulas in it. */
  readonly changed: (value: Value, change: (formula: Formula) => Formula) => Value;
  /** What happens to the derived equation. */
  readonly said: (value: Value) => string;
  readonly shown: (value: Value, notation: Notation) => readonly ShownChange[];
}

const PARTS = ['discretization', 'memory'] as const;

const CHANGES: { readonly [Key in ChangeKey]: ChangeFacts<Changes[Key]> } = {
  part: {
    words: PARTS,
    read: ({ word }) => PARTS.find(part => part === word) ?? null,
    isSet: value => value !== null,
    reason: ({ isFlow, order }) =>
      isFlow && order === 1
        ? null
        : 'part= is about the coefficient of h of an equation to order 1; write the right side with its h',
    inEpochs: false,
    changed: value => value,
    said: value => `its ${value} part is taken`,
    shown: value => [{ label: 'part of the first-order term', text: value ?? '' }],
  },
  at: {
    read: ({ values }) => values(),
    isSet: ({ length }) => length > 0,
    reason: () => null,
    inEpochs: true,
    changed: (values, change) => values.map(({ name, value }) => ({ name, value: change(value) })),
    said: () => 'it is specialised',
    shown: (values, notation) =>
      values.map(({ name, value }) => ({
        label: 'at',
        latex: () => `${name} = ${writeFormula(value, notation, 'latex')}`,
      })),
  },
  rescale: {
    read: ({ step }) => step(),
    isSet: value => value !== null,
    reason: ({ isMotion }) => (isMotion ? null : 'rescale= is about equations of motion'),
    inEpochs: false,
    changed: (value, change) => value && change(value),
    said: () => 'step and time are rescaled',
    shown: (value, notation) =>
      value === null
        ? []
        : [
            {
              label: 'step and time rescaled',
              latex: () => `${notation.step} \\to ${writeFormula(value, notation, 'latex')}`,
            },
          ],
  },
  loss: {
    read: ({ loss }) => loss(),
    isSet: value => value !== null,
    reason: () => null,
    inEpochs: false,
    changed: (value, change) => value && { ...value, formula: change(value.formula) },
    said: () => 'the loss is put in',
    shown: (value, notation) =>
      value === null
        ? []
        : [
            {
              label: 'loss',
              latex: () => `${notation.loss} = ${writeFormula(value.formula, notation, 'latex')}`,
            },
          ],
  },
};

/** The keys, by name. */
export const CHANGE_KEYS = Object.keys(CHANGES) as readonly ChangeKey[];

/** The words that a key's value is one of; null where it is made of formulas. */
export const wordsOfKey = (key: ChangeKey): readonly string[] | null => CHANGES[key].words ?? null;

/** The keys that do not go together with epochs in random order. */
export const KEYS_OUTSIDE_EPOCHS: readonly ChangeKey[] = CHANGE_KEYS.filter(key => !CHANGES[key].inEpochs);

const NOT_TYPED: TypedValue = { word: null, step: () => null, values: () => [], loss: () => null };

/** The changes that were typed. */
export const readChanges = (typed: (key: ChangeKey) => TypedValue | null): Changes => ({
  part: CHANGES.part.read(typed('part') ?? NOT_TYPED),
  at: CHANGES.at.read(typed('at') ?? NOT_TYPED),
  rescale: CHANGES.rescale.read(typed('rescale') ?? NOT_TYPED),
  loss: CHANGES.loss.read(typed('loss') ?? NOT_TYPED),
});

/** No change at all. */
export const UNCHANGED: Changes = readChanges(() => null);

/** The changes with other formulas in them. */
export const mapChanges = ({ part, at, rescale, loss }: Changes, change: (formula: Formula) => Formula): Changes => ({
  part: CHANGES.part.changed(part, change),
  at: CHANGES.at.changed(at, change),
  rescale: CHANGES.rescale.changed(rescale, change),
  loss: CHANGES.loss.changed(loss, change),
});

/** What `ask` says of each key that is set. */
function ofSet<Told>(
  changes: Changes,
  ask: <Key extends ChangeKey>(facts: ChangeFacts<Changes[Key]>, value: Changes[Key], key: Key) => Told,
): Told[] {
  const one = <Key extends ChangeKey>(key: Key): Told[] => {
    const facts: ChangeFacts<Changes[Key]> = CHANGES[key];
    return facts.isSet(changes[key]) ? [ask(facts, changes[key], key)] : [];
  };
  return CHANGE_KEYS.flatMap(key => one(key));
}

/** Whether the claim is about another equation than the derived one; `but`: a key that is not asked for. */
export const isChanged = (changes: Changes, but?: ChangeKey): boolean =>
  ofSet(changes, (_facts, _value, key) => key).some(key => key !== but);

/** Whether a change does not go together with epochs in random order. */
export const isChangedOutsideEpochs = (changes: Changes): boolean =>
  ofSet(changes, ({ inEpochs }) => inEpochs).includes(false);

/** Why a statement is not judged under the claim's changes; null where it is. */
export const reasonAgainst = (changes: Changes, stated: StatedForm): string | null =>
  ofSet(changes, ({ reason }) => reason(stated)).find(reason => reason !== null) ?? null;

/** What happens to the derived equation, in words. */
export const saidOfChanges = (changes: Changes): readonly string[] => ofSet(changes, ({ said }, value) => said(value));

/** The lines of a page about the changes. */
export const shownChanges = (changes: Changes, notation: Notation): readonly ShownChange[] =>
  ofSet(changes, ({ shown }, value) => shown(value, notation)).flat();
