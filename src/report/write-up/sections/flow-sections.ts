/** The memoryless map, and its matching with a flow. */
import { addition, index, iterate, multiplication, negation, number, divide } from '../../../formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../../formula/formula.ts';
import type { Derivation } from '../../../derivation/derivation.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { seriesInStep } from '../print/series.ts';
import type { Definitions } from '../model/definitions.ts';
import { cite } from '../model/references.ts';
import { fieldAt, fieldDefinition, iteratedDerivative, type StepNames } from '../model/step-names.ts';
import { claimStep, definitionRow, formulaRow, type Part, prose, type Section } from '../model/write-up.ts';

const next = addition(index(ITERATION), number(1));

export function mapSection(
  derivation: Derivation,
  definitions: Definitions,
  names: StepNames,
  notation: Notation,
): Section {
  const { map, order, remembers } = derivation;
  const { step } = notation;
  const introduced = definitions.introduce('map-quantities', map, 'With');
  const fields = names.map.map((name, q) => definitionRow(fieldDefinition(name, map[q] ?? number(0))));
  const parts: Part[] = [
    ...introduced,
    prose(introduced.length > 0 ? 'and' : 'Put'),
    definitions.show('step', fields),
    prose('With them the step no longer looks back:'),
    claimStep('map', {
      keys: { order, given: definitions.ids },
      rows: [
        formulaRow(
          iterate(index(COMPONENT), next),
          seriesInStep(
            names.map.map(name => fieldAt(name)),
            1,
            iterate(index(COMPONENT)),
          ),
          { current: 'iterate', remainder: order + 2 },
        ),
      ],
      reason: remembers
        ? `by insertion of the expansions above into <<update>>, where the series are multiplied and the powers of $${step}$ collected.`
        : 'The update reads the current point only; it is its own memoryless map.',
    }),
  ];
  return { id: 'map', title: 'The memoryless map', level: 'proof', parts };
}

export function matchingSection(
  derivation: Derivation,
  definitions: Definitions,
  names: StepNames,
  notation: Notation,
  inTheorem: boolean,
): Section {
  const { order, flow, derivatives } = derivation;
  const { step, parameters, time, iteration } = notation;
  const moving = `\\tilde{\\boldsymbol{${parameters}}}`;
  const series = names.flow.map((name, q) => `${powerText(step, q)}${name}`).join(' + ');
  const parts: Part[] = [
    prose(
      `We look for a field $${series}$, a new one for each $${iteration}$, whose solution started at $\\boldsymbol{${parameters}}$ reaches the point of <<map>> after the time $${step}$. With $D_v = \\sum_i v_i \\nabla_i$ and $F$ for the whole field, Taylor's formula in time gives $${moving}(${time} + ${step}) = ${moving} + ${step} F + \\frac{${step}^{2}}{2} D_F F + \\frac{${step}^{3}}{6} D_F^{2} F + \\cdots$. The powers of $${step}$ are compared one after the other ${cite('backward')}.`,
    ),
  ];
  for (let q = 0; q <= order; q += 1)
    parts.push(...matchOne(q, { flow, derivatives }, { definitions, names, notation, inTheorem }));
  return { id: 'matching', title: 'Matching with a flow', level: 'proof', parts };
}

const powerText = (step: string, q: number): string => (q === 0 ? '' : q === 1 ? `${step} ` : `${step}^{${q}} `);

interface Matching {
  readonly definitions: Definitions;
  readonly names: StepNames;
  readonly notation: Notation;
  /** The fields are those of a theorem in the same text. */
  readonly inTheorem: boolean;
}

function matchOne(
  q: number,
  { flow, derivatives }: Pick<Derivation, 'flow' | 'derivatives'>,
  { definitions, names, notation, inTheorem }: Matching,
): Part[] {
  const { step } = notation;
  const own = names.flow[q] ?? '';
  const mapName = names.map[q] ?? '';
  if (q === 0) {
    return [
      prose(`\\emph{Power $${step}$.} The fields agree:`),
      definitions.show('flow-0', [definitionRow(fieldDefinition(own, fieldAt(mapName)))]),
    ];
  }
  const letters = ['i', 's', 'c', 'v', 'w'].filter(letter => !Object.values(notation).includes(letter));
  const brackets = Array.from({ length: q }, (_, at) => at + 1).map(r => ({
    r,
    formula: iteratedDerivative(names.flow, r, q - r, letters),
    value: derivatives[r]?.[q - r] ?? number(0),
  }));
  const introduced = definitions.introduce(
    `derivatives-${q}`,
    [flow[q] ?? number(0), ...brackets.map(({ value }) => value)],
    'The derivatives along the flow bring in the quantities',
  );
  const subtracted = brackets.map(({ r, formula }) => negation(divide(formula, number(factorial(r + 1)))));
  const definition = fieldDefinition(own, addition(fieldAt(mapName), ...subtracted.map(halved)));
  return [
    prose(`\\emph{Power $${step}^{${q + 1}}$.} What is left of the map after the earlier powers is`),
    definitions.show(`flow-${q}`, [definitionRow(definition)]),
    ...introduced,
    prose(
      introduced.length > 0
        ? 'In them the derivative is'
        : brackets.length > 1
          ? 'The derivatives along the flow are'
          : 'The derivative along the flow is',
    ),
    ...brackets.map(({ r, formula, value }) =>
      claimStep(`bracket-${q}${brackets.length > 1 ? `-${r}` : ''}`, {
        keys: { given: definitions.ids },
        rows: [formulaRow(formula, value)],
        reason: 'by the product and the chain rule, quantity by quantity.',
      }),
    ),
    prose('Together they give'),
    claimStep(`coefficient-${q}`, {
      keys: { given: definitions.ids },
      rows: [formulaRow(fieldAt(own), flow[q] ?? number(0))],
      reason: `by insertion ${brackets.length > 1 ? `of the displays above` : `of <<bracket-${q}>>`} and of <<step>> into <<flow-${q}>>${inTheorem ? `; it is the coefficient of $${powerText(step, q).trim()}$ in <<theorem>>` : ''}.`,
    }),
  ];
}

const factorial = (r: number): number => (r <= 1 ? 1 : r * factorial(r - 1));

/** −(1/c) Σ … instead of a Σ over a fraction bar. */
function halved(formula: Formula): Formula {
  if (formula.kind !== 'negate' || formula.argument.kind !== 'divide') return formula;
  const { numerator, denominator } = formula.argument;
  return negation(multiplication(divide(number(1), denominator), numerator));
}
