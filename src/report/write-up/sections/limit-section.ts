/** After many steps: the limit of the right side, the regimes of large and small gradients, and the modified loss. */
import { regimeFacts, REGIMES, type Regime } from '../../../notation/regimes.ts';
import { Rational } from '../../../number/rational.ts';
import { regimeDimension } from '../../../optimizer/checks/dimension-of.ts';
import { type SpecialEquation, specialEquation } from '../../../closed-form/special-equation.ts';
import type { ClosedEquation } from '../../../closed-form/close-equation.ts';
import { index, point, quantity } from '../../../formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../formula/formula.ts';
import { writeFormula } from '../../../latex/write/write-formula.ts';
import type { ModifiedEquation } from '../../../derivation/derive.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { nodes, rewrite } from '../../../optimizer/replace.ts';
import type { Rate } from '../../../prove/limit/settling.ts';
import { seriesInStep } from '../print/series.ts';
import { plainText } from '../print/finding-text.ts';
import { inWords } from './optimizer-section.ts';
import {
  claimStep,
  formulaRow,
  type Part,
  prose,
  type DisplayRow,
  type Section,
  type Step,
  type StepKeys,
} from '../model/write-up.ts';

/** Units of work for the limit and for a regime; more than that would not be waited for. */
const WORK = { limit: 5_000_000, regime: 1_500_000 };
/** After so many regimes whose search was stopped no other one is looked for. */
const MOST_STOPPED = 1;

/** `equation` is the flow in the full batch, `closed` the same in closed form, `display` where it stands. */
export function limitSection(
  equation: ModifiedEquation,
  closed: ClosedEquation,
  notation: Notation,
  display: 'full-batch' | 'theorem',
): Section {
  const { iteration } = notation;
  const limit = specialEquation(equation, { limit: 'large-n', regime: null, work: WORK.limit });
  const parts: Part[] = [];
  const isConstant = !mentions([...closed.coefficients, ...closed.definitions.map(({ body }) => body)], ITERATION);
  const hasSums = [...closed.coefficients, ...closed.definitions.map(({ body }) => body)].some(formula =>
    [...nodes(formula)].some(node => node.kind === 'sum' && node.sort === 'history'),
  );
  if (!limit.ok) {
    const [problem] = limit.problems;
    parts.push(prose(`For $${iteration} \\to \\infty$: ${plainText(problem?.message ?? 'no limit was found')}.`));
  } else {
    const opening = isConstant
      ? `The right side does not depend on $${iteration}$: it is its own limit.`
      : `For $${iteration} \\to \\infty$ the right side tends to`;
    parts.push(
      prose(opening),
      ...(isConstant ? [] : [limitClaim(limit.value, display, hasSums)]),
      ...(isConstant ? [] : [prose(rateSentence(limit.value.rate, iteration))]),
      ...modifiedLossParts(limit.value, notation),
    );
  }
  parts.push(...regimeParts(limit.ok ? limit.value : equation, limit.ok, notation));
  return { id: 'limit', title: 'After many steps', parts };
}

const mentions = (formulas: readonly Formula[], letter: string): boolean =>
  formulas.some(formula => [...nodes(formula)].some(node => node.kind === 'index' && node.name === letter));

const flowRow = (right: Formula, relation: string, tail = ''): DisplayRow => ({
  left: { kind: 'flow' },
  relation,
  right,
  current: 'moving',
  remainder: null,
  tail,
});

function limitClaim({ whole, coefficients, order }: SpecialEquation, display: string, hasSums: boolean): Step {
  return claimStep('limit', {
    keys: { setting: 'full-batch', limit: 'large-n', order },
    rows: [flowRow(whole ?? seriesInStep(coefficients, 0), '=')],
    reason: `term by term in <<${display}>>${hasSums ? '; under the sums over the past that are left, by dominated convergence' : ''}.`,
  });
}

function rateSentence(rate: Rate | null, iteration: string): string {
  if (rate === null || rate.orders.length === 0) return 'The difference tends to zero.';
  const { orders, settling } = rate;
  const powers = orders.map(order => `$${order}^{${iteration}}$`);
  const order = `The difference is of the order of ${inWords(powers)}, up to powers of $${iteration}$.`;
  const after = 'The limit is one of right sides: a trajectory keeps what the first steps did to it.';
  if (settling === null || settling.steps === null) return `${order} ${after}`;
  const values = [...settling.values].map(([name, value]) => `$${name} = ${decimal(value)}$`);
  return `${order} Measured at ${inWords(values)}, every coefficient is within 5\\,\\% of its limit from about $${iteration} = ${settling.steps}$ on. ${after}`;
}

/** 10^{-8} for 1e-8. */
function decimal(value: number): string {
  const [, digits = '', exponent] = /^([\d.]+)(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  if (exponent === undefined) return String(value);
  return digits === '1' ? `10^{${Number(exponent)}}` : `${digits} \\cdot 10^{${Number(exponent)}}`;
}

/** Where a regime holds: `small` to the power 1/dimension is what the gradient is compared with. */
function regimeSentence(regime: Regime, small: string, dimension: Rational, { component }: Notation): string {
  const { size, components } = regimeFacts(regime);
  const scale = dimension.isOne()
    ? small
    : dimension.equals(Rational.of(2))
      ? `\\sqrt{${small}}`
      : `${small}^{${dimension.inverse()}}`;
  const subject = components === 'all' ? 'all components are' : `the component $${component}$ of the gradient is`;
  return `Where ${subject} ${size} beside $${scale}$`;
}

/** Those of one component first. */
const REGIMES_IN_ORDER = [...REGIMES].sort(
  (a, b) => Number(regimeFacts(a).components === 'all') - Number(regimeFacts(b).components === 'all'),
);

/** The small parameter that gradients are compared with. */
const smallParameter = ({ optimizer }: ModifiedEquation): string | null =>
  optimizer.declarations.find(({ kind, name }) => kind === 'scalar' && /epsilon|delta/.test(name))?.name ?? null;

/** `equation` is the limit where there is one. */
function regimeParts(equation: ModifiedEquation, hasLimit: boolean, notation: Notation): Part[] {
  const small = smallParameter(equation);
  if (small === null)
    return [prose('There are no regimes to tell apart: no parameter of the update is compared with the gradient.')];
  const parts: Part[] = [];
  const failed = new Set<string>();
  const dimension = regimeDimension(small, equation.optimizer);
  const power = dimension.isOne()
    ? 'the gradient'
    : dimension.equals(Rational.of(2))
      ? 'the square of the gradient'
      : `the power ${dimension} of the gradient`;
  let stopped = 0;
  for (const name of REGIMES_IN_ORDER) {
    if (stopped >= MOST_STOPPED) break;
    const { size, components } = regimeFacts(name);
    const special = specialEquation(equation, { limit: null, regime: name, work: WORK.regime });
    if (!special.ok) {
      if (special.problems.some(({ code }) => code === 'closed-form-stopped')) stopped += 1;
      failed.add(plainText(special.problems[0]?.message ?? 'none was found'));
      continue;
    }
    const { whole, coefficients, order, from } = special.value;
    const keys: StepKeys = {
      setting: 'full-batch',
      ...(hasLimit ? { limit: 'large-n' } : {}),
      regime: name,
      order,
    };
    const sentence = regimeSentence(name, small, dimension, notation);
    parts.push({
      ...claimStep(name, {
        keys,
        rows: [
          flowRow(
            whole ?? seriesInStep(coefficients, 0),
            '\\approx',
            from > 0 ? `\\text{if } ${notation.iteration} \\ge ${from}` : '',
          ),
        ],
        reason: `the leading terms of every power of $${notation.step}$ as $${small}$ tends to ${size === 'large' ? 'zero' : 'infinity'} beside ${power}${components === 'all' ? '' : ', the ratio of the other components to it being fixed'}.`,
      }),
      opening: {
        text: `${sentence},`,
        again: (number: string) => `${sentence}, the leading terms are the right side of ${number} again.`,
      },
    });
  }
  if (failed.size > 0)
    parts.push(prose(`${parts.length > 0 ? 'Other regimes' : 'Regimes'} were not derived: ${[...failed].join('; ')}.`));
  return parts;
}

/** The loss whose gradient the limit is, where its factor is the same for all components. */
function modifiedLossParts({ whole, order }: SpecialEquation, notation: Notation): Part[] {
  const gradient = whole && [...nodes(whole)].find(isGradientOfSum);
  if (!whole || gradient?.kind !== 'derivative') return [];
  const name = `\\tilde{${notation.loss}}`;
  const modified = quantity(name, [], [], point());
  const flow = rewrite(whole, node => (node === gradient ? { ...gradient, argument: modified } : node));
  if (mentionsPoint(flow, gradient)) return [];
  const left = notation.component;
  const text = writeFormula(flow, notation, 'latex');
  return [
    prose(`It is the flow $\\dot{${notation.parameters}}_{${left}} = ${text}$ of the modified loss`),
    claimStep('modified-loss', {
      keys: {
        setting: 'full-batch',
        limit: 'large-n',
        order,
        flow: `{\\dot{${notation.parameters}}_{${left}} = ${text}}`,
      },
      rows: [formulaRow(modified, gradient.argument)],
      reason: 'whose gradient, times the factor of the flow, is the right side.',
    }),
  ];
}

const isGradientOfSum = (node: Formula): boolean =>
  node.kind === 'derivative' &&
  node.by.length === 1 &&
  node.by[0]?.kind === 'index' &&
  node.by[0].name === COMPONENT &&
  node.argument.kind === 'add';

/** Whether the factor of the gradient depends on the point. */
function mentionsPoint(flow: Formula, gradient: Formula): boolean {
  const factor = rewrite(flow, node =>
    node.kind === 'derivative' && gradient.kind === 'derivative' && node.argument.kind === 'quantity'
      ? index(COMPONENT)
      : node,
  );
  return [...nodes(factor)].some(({ kind }) => kind === 'iterate' || kind === 'loss');
}
