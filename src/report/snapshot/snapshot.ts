/**
 * The file `FILE.modeq.json`: equations as they were derived, in LaTeX, with all that is needed to read them without the rule that they came
 * from. Labels of steps and losses count from 0 in it, however the document counts.
 */
import { refuse } from '../../base/problem.ts';
import { BEFORE_FIRST, type BeforeFirst } from '../../notation/before-first.ts';
import { REGIMES, type Regime } from '../../notation/regimes.ts';
import { STEP_SETTINGS, type StepSetting } from '../../notation/settings.ts';

/** Which equation of an optimizer. */
export interface EquationKind {
  readonly setting: StepSetting;
  readonly order: number;
  readonly limit: 'large-n' | null;
  readonly regime: Regime | null;
}

export interface RecordedEquation extends EquationKind {
  /** The letters of the roles, as a `notation` line has them. */
  readonly notation: string;
  /** What a `where` line declares. */
  readonly where: readonly string[];
  /** What a loss before the first is; null where the rule reads none. */
  readonly beforeFirst: BeforeFirst | null;
  /** The display, a line of LaTeX each. */
  readonly latex: readonly string[];
}

export interface RecordedOptimizer {
  /** The optimizer, or the name of the test that asked. */
  readonly id: string;
  readonly equations: readonly RecordedEquation[];
}

export interface Snapshot {
  readonly schema: 1;
  /** Of the program that wrote it. */
  readonly version: string;
  readonly optimizers: readonly RecordedOptimizer[];
}

export const isSameKind = (a: EquationKind, b: EquationKind): boolean =>
  a.setting === b.setting && a.order === b.order && a.limit === b.limit && a.regime === b.regime;

/** The kinds in the order in which they are recorded. */
export const byKind = (a: EquationKind, b: EquationKind): number => rank(a) - rank(b) || a.order - b.order;

const rank = ({ setting, limit, regime }: EquationKind): number =>
  STEP_SETTINGS.indexOf(setting) +
  (limit === null ? 0 : STEP_SETTINGS.length) +
  (regime === null ? 0 : 2 * STEP_SETTINGS.length * (1 + REGIMES.indexOf(regime)));

/** `mini-batch  order 1`, with the limit and the regime where there are any. */
export const kindText = ({ setting, order, limit, regime }: EquationKind): string =>
  [setting, `order ${order}`, ...(limit === null ? [] : [limit]), ...(regime === null ? [] : [regime])].join('  ');

/** The text of the file: the same for the same snapshot, one line of LaTeX a line. Letters stand once for each optimizer. */
export function snapshotText({ schema, version, optimizers }: Snapshot): string {
  const written = optimizers.map(({ id, equations }) => {
    const [first] = equations;
    const { notation = '', where = [], beforeFirst = null } = first ?? {};
    const before = beforeFirst === null ? {} : { beforeFirst };
    return { id, notation, where, ...before, equations: equations.map(withoutLetters) };
  });
  return `${JSON.stringify({ schema, version, optimizers: written }, null, 2)}\n`;
}

const withoutLetters = ({ setting, order, limit, regime, latex }: RecordedEquation) => ({
  setting,
  order,
  limit,
  regime,
  latex,
});

/** The snapshot in `text`; refuses (`broken-snapshot`) what is none, with what was expected. `name` is the file's, for the message. */
export function readSnapshot(text: string, name: string): Snapshot {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return broken(name, 'is no JSON');
  }
  const { schema, version, optimizers } = fieldsOf(value, name, 'is no snapshot');
  if (typeof schema === 'number' && schema > 1)
    return broken(name, `has the schema ${schema}, which this version of modeq does not know`);
  if (schema !== 1 || typeof version !== 'string' || !Array.isArray(optimizers))
    return broken(name, 'is no snapshot: expected "schema": 1, "version" and "optimizers"');
  return {
    schema,
    version,
    optimizers: optimizers.map(each => {
      const {
        id,
        notation,
        where,
        beforeFirst = null,
        equations,
      } = fieldsOf(each, name, 'has something else than optimizers');
      const before = beforeFirst === null ? null : BEFORE_FIRST.find(word => word === beforeFirst);
      if (typeof id !== 'string' || !Array.isArray(equations))
        return broken(name, 'has an optimizer without "id" or "equations"');
      if (typeof notation !== 'string' || notation.includes('\n') || !areLines(where))
        return broken(name, `has no "notation" or "where" for ${id}`);
      if (before === undefined) return broken(name, `has an unknown "beforeFirst" for ${id}`);
      const letters = { notation, where, beforeFirst: before };
      return { id, equations: equations.map(equation => ({ ...recordedKind(equation, name), ...letters })) };
    }),
  };
}

function recordedKind(value: unknown, name: string): EquationKind & Pick<RecordedEquation, 'latex'> {
  const {
    setting,
    order,
    limit = null,
    regime = null,
    latex,
  } = fieldsOf(value, name, 'has something else than equations');
  const knownSetting = STEP_SETTINGS.find(each => each === setting);
  const knownRegime = regime === null ? null : REGIMES.find(each => each === regime);
  if (knownSetting === undefined)
    return broken(name, `has an equation without "setting": ${STEP_SETTINGS.join(' or ')}`);
  if (typeof order !== 'number' || !Number.isInteger(order) || order < 0)
    return broken(name, 'has an equation without an "order"');
  if ((limit !== null && limit !== 'large-n') || knownRegime === undefined)
    return broken(name, 'has an equation with an unknown "limit" or "regime"');
  if (!areLines(latex)) return broken(name, 'has an equation without "latex" in lines');
  return { setting: knownSetting, order, limit, regime: knownRegime, latex };
}

const areLines = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(each => typeof each === 'string' && !each.includes('\n'));

function fieldsOf(value: unknown, name: string, what: string): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  return broken(name, what);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const broken = (name: string, what: string): never =>
  refuse('broken-snapshot', `${name} ${what}`, null, 'Remove it, or take it from your version control, and ask again.');
