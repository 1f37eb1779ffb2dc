/**
 * An instance: concrete losses, point, hyperparameters and n, all exact. What formulas are evaluated at.
 *
 * {@link readInstance} reads the JSON of the file format; {@link instanceToJson} writes it. Reading loads mathjs.
 */
import type { BeforeFirst } from '../../notation/before-first.ts';
import type { Setting } from '../../notation/settings.ts';
import type { Rational } from '../../number/rational.ts';
import type { Loss } from '../loss/loss.ts';

export interface Instance {
  /** The iteration whose f_q^{(n)} is meant; in an epoch its last batch, m − 1. */
  readonly n: number;
  /** The current point, components 1…p. */
  readonly theta: readonly Rational[];
  readonly setting: Setting;
  /** By LaTeX name: `\beta`, `\beta_1`, `a`. */
  readonly hyperparameters: ReadonlyMap<string, Rational>;
  /** E_0 … E_n in the mini-batch setting and in an epoch; one loss in the full batch. */
  readonly losses: readonly Loss[];
  /** E_{−1}, E_{−2}, …, where they are functions of their own. */
  readonly earlier?: readonly Loss[];
  /** What E_k is for k < 0, by the optimizer that the instance is for. */
  readonly beforeFirst?: BeforeFirst;
  /** Abstract functions made concrete, by LaTeX name: one Loss for φ or K, p of them for Φ : vector -> vector. */
  readonly functions: ReadonlyMap<string, readonly Loss[]>;
  /** η_0, η_1, … by LaTeX name. */
  readonly schedules: ReadonlyMap<string, readonly Rational[]>;
  /** Arbitrary vectors of claims, by LaTeX name. */
  readonly vectors?: ReadonlyMap<string, readonly Rational[]>;
}

/** `\varepsilon` → `epsilon`, `\beta_1` → `beta_1`, `a` → `a`: the name in an instance's JSON. */
export function jsonName(latex: string): string {
  return latex.replace(/\\(?:var)?([A-Za-z]+)/g, '$1').replace(/[{}\s]/g, '');
}

/** What {@link readInstance} reads back, with numbers as exact strings; `json.stringify` order is fixed. */
export function instanceToJson(instance: Instance): Record<string, unknown> {
  const numbers = (values: readonly Rational[]): string[] => values.map(value => value.toString());
  const byName = <T, R>(map: ReadonlyMap<string, T>, write: (value: T) => R): Record<string, R> =>
    Object.fromEntries([...map].map(([name, value]) => [jsonName(name), write(value)]));
  return {
    n: instance.n,
    theta: numbers(instance.theta),
    setting: instance.setting,
    hyperparameters: byName(instance.hyperparameters, value => value.toString()),
    losses: instance.losses.map(loss => loss.text),
    ...(instance.earlier && instance.earlier.length > 0 ? { earlier: instance.earlier.map(loss => loss.text) } : {}),
    ...(instance.functions.size > 0
      ? {
          functions: byName(instance.functions, ([first, ...rest]) =>
            rest.length === 0 ? (first?.text ?? '') : [first?.text ?? '', ...rest.map(loss => loss.text)],
          ),
        }
      : {}),
    ...(instance.schedules.size > 0 ? { schedules: byName(instance.schedules, numbers) } : {}),
    ...(instance.vectors && instance.vectors.size > 0 ? { vectors: byName(instance.vectors, numbers) } : {}),
  };
}
