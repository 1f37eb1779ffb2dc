/** An equation with one loss that is written out, as LaTeX, as text and as JSON. */
import type { WrittenPoint } from '../../../closed-form/particular/particular-equation.ts';
import { countsAlike, withTypedLabels } from '../../../document/typed-labels.ts';
import type { Formula } from '../../../formula/formula.ts';
import { encodeFormula, type Json } from '../../../formula/json.ts';
import { type Format, inkFor, writeFormula } from '../../../latex/write/write-formula.ts';
import { type Line, writeLines } from '../../../latex/write/write-lines.ts';
import { plainFormulas } from '../../text/plain-formulas.ts';
import { wrapLines } from '../../text/wrap.ts';
import { rateText } from '../rate-text.ts';
import { present } from '../present.ts';
import {
  isWiderThan,
  powersOfStep,
  printModifiedLoss,
  printRange,
  type PrintedEquation,
  type Theorem,
} from '../theorem-parts.ts';
import type { ParticularTheorem } from './particular-theorem.ts';

const TEXT = { width: 78, indent: 2 };
const LATEX = { width: 94, indent: 2 };

const STABILITY = {
  attracting: 'attracting for small h',
  repelling: 'repelling for small h',
  saddle: 'a saddle for small h',
  open: 'attracting for small h where the real parts of all others than 0 are negative',
  degenerate: 'the linearisation does not tell whether it is attracting',
} as const;

/** \dot{\tilde\theta}_1(t) = … and so on. */
function equations({ theorem, particular }: ParticularTheorem, format: Format): PrintedEquation[] {
  const { notation } = theorem.optimizer;
  return particular.components.map((row, place) => {
    const typed = row.map(typedIn(theorem));
    const ink = inkFor(typed, notation, format, { current: 'moving' });
    const isWide = isWiderThan(format === 'latex' ? LATEX.width : TEXT.width, ink);
    const right = powersOfStep(
      typed.map(each => present(each, isWide)),
      0,
    );
    const left = ink.style.flow(notation.parameters, ink.style.number(`${place + 1}`), notation.time);
    const margins = format === 'latex' ? LATEX : TEXT;
    return { left, relation: ink.style.equals, lines: writeLines(right, ink, { ...margins, first: left.width + 3 }) };
  });
}

/** Formulas as the author of the optimizer counts. */
function typedIn(theorem: Theorem): (formula: Formula) => Formula {
  const { optimizer, limit = null } = theorem;
  return formula =>
    countsAlike(optimizer) ? formula : withTypedLabels(formula, optimizer, { namesStep: limit === null });
}

function modifiedLoss({ theorem, particular }: ParticularTheorem, format: Format): PrintedEquation | null {
  const { potential } = particular;
  if (potential === null) return null;
  const losses = potential.map(typedIn(theorem));
  const margins = format === 'latex' ? LATEX : TEXT;
  return printModifiedLoss({ ...theorem, losses }, theorem.optimizer.notation, format, margins);
}

/** One family of fixed points, in formulas of the format. */
function pointLine({ theorem }: ParticularTheorem, point: WrittenPoint, format: Format): string {
  const { notation } = theorem.optimizer;
  const shown = (formula: Formula): string => writeFormula(typedIn(theorem)(formula), notation, format);
  const math = (text: string): string => (format === 'latex' ? `$${text}$` : text);
  const letter = (component: number): string =>
    format === 'latex' ? `${notation.parameters}_{${component}}` : plainFormulas(`${notation.parameters}_${component}`);
  const sign = format === 'latex' ? '\\pm ' : '±';
  const values = point.components.map(({ component, value, isBothSigns }) =>
    value === null
      ? `${math(letter(component))} free`
      : math(`${letter(component)} = ${isBothSigns ? sign : ''}${shown(value)}`),
  );
  const nonzero = point.nonzero.map(each => math(`${shown(each)} ${format === 'latex' ? '\\ne' : '≠'} 0`));
  const where = nonzero.length === 0 ? '' : ` where ${nonzero.join(', ')}`;
  const eigenvalues = point.eigenvalues?.map(({ value, root, count }) => {
    const text = root === null ? shown(value) : `${shown(value)} ${sign}${shown(root)}`;
    return `${math(text)}${count > 1 ? ` (${count} times)` : ''}`;
  });
  const stability = STABILITY[point.stability];
  return [
    `${values.join(', ')}${where}`,
    ...(point.isExact ? [] : ['of the first coefficient alone: the corrections do not vanish there']),
    ...(eigenvalues ? [`eigenvalues ${eigenvalues.join(', ')}`] : []),
    ...(point.eigenvalues ? [stability] : []),
  ].join('; ');
}

function fixedPointLines(whole: ParticularTheorem, format: Format): string[] {
  const { fixedPoints } = whole.particular;
  if (fixedPoints === null) return ['fixed points: not found in closed form'];
  const lines = fixedPoints.points.map(point => `fixed point: ${pointLine(whole, point, format)}`);
  return fixedPoints.complete
    ? lines.length === 0
      ? ['no fixed points for letters in general position']
      : lines
    : [...lines, 'further fixed points are not found in closed form'];
}

const lossText = ({ theorem, particular }: ParticularTheorem, format: Format): string =>
  `${theorem.optimizer.notation.loss} = ${writeFormula(particular.loss.formula, theorem.optimizer.notation, format)}`;

const indented = (lines: readonly Line[]): string[] =>
  lines.map((line, position) => (position === 0 ? line.text : `${'  '.repeat(line.indent + 1)}${line.text}`));

const sentence = (text: string): string => wrapLines(text, TEXT.width).join('\n');

/** Plain text for a terminal; ends in a newline. */
export function particularText(whole: ParticularTheorem): string {
  const { theorem } = whole;
  const range = printRange(theorem, theorem.optimizer.notation, 'text');
  const paragraph = ({ left, relation, lines }: PrintedEquation): string =>
    `${left.text} ${relation} ${indented(lines).join('\n')}`;
  const loss = modifiedLoss(whole, 'text');
  const rate = theorem.rate ? rateText(theorem.rate) : null;
  return `${[
    `for ${plainFormulas(lossText(whole, 'text'))}`,
    ...equations(whole, 'text').map(paragraph),
    ...(range ? [`for ${range.text}`] : []),
    ...(loss ? ['the gradient flow of the modified loss', paragraph(loss)] : []),
    ...fixedPointLines(whole, 'text').map(sentence),
    ...(rate === null ? [] : [sentence(plainFormulas(rate))]),
    ...(theorem.notes ?? []).map(note => sentence(plainFormulas(note))),
  ].join('\n\n')}\n`;
}

/** One align* display that is read back as a claim with the key in the comment above it, and the fixed points as sentences. */
export function particularLatex(whole: ParticularTheorem): string {
  const { theorem } = whole;
  const range = printRange(theorem, theorem.optimizer.notation, 'latex');
  const loss = modifiedLoss(whole, 'latex');
  const rows = ({ left, relation, lines }: PrintedEquation): string =>
    lines
      .map((line, place) =>
        place === 0 ? `  ${left.text} &${relation} ${line.text}` : `  &${'\\quad'.repeat(line.indent)} ${line.text}`,
      )
      .join(' \\\\\n');
  const flows = equations(whole, 'latex').map(each => (range ? `${rows(each)}, \\quad ${range.text}` : rows(each)));
  const all = [...flows, ...(loss ? [rows(loss)] : [])];
  const rate = theorem.rate ? rateText(theorem.rate) : null;
  const comments = [...(rate === null ? [] : [rate]), ...(theorem.notes ?? [])].map(note => `% ${note}\n`).join('');
  const points = fixedPointLines(whole, 'latex')
    .map(line => `${line}.\n`)
    .join('\n');
  return `% loss={${lossText(whole, 'latex')}}\n\\begin{align*}\n${all.join(', \\\\\n')}.\n\\end{align*}\n${comments}\n${points}`;
}

/** The theorem as a JSON value. */
export function particularJson(whole: ParticularTheorem): Json {
  const { theorem, particular } = whole;
  const { notation } = theorem.optimizer;
  const typed = typedIn(theorem);
  const written = (formula: Formula): { latex: string; text: string; formula: Json } => ({
    latex: writeFormula(typed(formula), notation, 'latex'),
    text: writeFormula(typed(formula), notation, 'text'),
    formula: encodeFormula(formula),
  });
  const series = (coefficients: readonly Formula[]): Json =>
    coefficients.map((coefficient, power) => ({ power, ...written(coefficient) }));
  const { fixedPoints } = particular;
  return {
    schema: 1,
    optimizer: theorem.optimizer.id,
    setting: theorem.setting,
    order: theorem.order,
    form: 'flow',
    limit: theorem.limit ?? null,
    loss: { ...written(particular.loss.formula), components: particular.loss.components },
    symbols: particular.symbols.map(({ name }) => name),
    components: particular.components.map((row, place) => ({ component: place + 1, coefficients: series(row) })),
    modifiedLoss: particular.potential ? series(particular.potential) : null,
    fixedPoints:
      fixedPoints === null
        ? null
        : {
            complete: fixedPoints.complete,
            points: fixedPoints.points.map(point => ({
              values: point.components.map(({ component, value, isBothSigns }) => ({
                component,
                ...(value === null ? { free: true } : { ...written(value), bothSigns: isBothSigns }),
              })),
              nonzero: point.nonzero.map(written),
              exact: point.isExact,
              eigenvalues:
                point.eigenvalues?.map(({ value, root, count }) => ({
                  ...written(value),
                  plusOrMinus: root === null ? null : written(root),
                  count,
                })) ?? null,
              stability: point.stability,
            })),
          },
    notes: [...(theorem.notes ?? [])],
    latex: particularLatex(whole),
    text: particularText(whole),
  };
}
