/** A simulation for people: a row an order and step size, the observed slopes, the verdict; at most 80 columns. */
import type { SimulationReport } from '../../judge/check/simulate-optimizer.ts';
import { jsonName } from '../../evaluate/instance/instance.ts';
import type { InitialLayer } from '../../simulate/large-n.ts';
import type { OrderSlopes, SimulationRow } from '../../simulate/simulate.ts';
import { LARGEST_CHANGE, LARGEST_MISS, type Slope, type SlopeVerdict } from '../../simulate/slopes.ts';
import { type Colour, harmless, type Paint } from '../text/paint.ts';
import { hanging, padEnd, padStart } from '../text/wrap.ts';

const COLOURS: Readonly<Record<SlopeVerdict, Colour>> = {
  consistent: 'green',
  inconsistent: 'red',
  'not-asymptotic': 'yellow',
};
const WIDTH = 80;

/** The whole text, with a line feed at the end. */
export function simulationTable(report: SimulationReport, paint: Paint): string {
  const lines = [...headLines(report), ''];
  for (const slopes of report.slopes) lines.push(...courseLines(report, slopes, paint), '');
  lines.push(...closingLines(report, paint));
  return `${lines.map(line => line.trimEnd()).join('\n')}\n`;
}

function headLines({ request, start, layer }: SimulationReport): string[] {
  const { optimizer, hyperparameters, losses, batches, time, seed } = request;
  const hyper = [...hyperparameters].map(([name, value]) => `${jsonName(name)} = ${value}`);
  const shown = start.slice(0, 4).map(value => Number(value.toPrecision(6)));
  const theta = start.length > 4 ? `${shown.join(', ')}, … (${start.length} parameters)` : shown.join(', ');
  const cut = batches === null ? '' : `, ${batches} batches, seed ${seed}`;
  return [
    ...hanging(`${optimizer.id}: `, [...hyper, `T = ${time}`].join(', '), WIDTH),
    ...hanging('losses: ', harmless(losses.join(' | ')) + cut, WIDTH),
    ...hanging('start:  ', `(${theta})`, WIDTH),
    ...(layer === null ? [] : hanging('n → ∞:  ', layerText(layer), WIDTH)),
  ];
}

function layerText({ vector, present }: InitialLayer): string {
  if (!present) return 'f_0 does not depend on n: no initial layer of order h';
  const shown = vector.slice(0, 4).map(value => value.toPrecision(6));
  return `the initial layer h Σ_n (F^(∞) − F^(n)) is h·(${shown.join(', ')}${vector.length > 4 ? ', …' : ''})`;
}

function courseLines({ rows }: SimulationReport, { order, start, global, local }: OrderSlopes, paint: Paint): string[] {
  const own = rows.filter(row => row.order === order && row.start === start);
  const title = start === 'corrected' ? `order ${order}, from the corrected point` : `order ${order}`;
  return [
    paint(
      'bold',
      `${padEnd(title, 36)}${padStart('global error', 14)}${local === null ? '' : padStart('local error', 16)}`,
    ),
    ...own.map(row => errorLine(row, local !== null)),
    ...slopeLines('global', global, paint),
    ...(local === null ? [] : slopeLines('local', local, paint)),
  ];
}

const size = (value: number, floor: number): string => `${value.toExponential(3)}${value > floor ? ' ' : '*'}`;

function errorLine({ h, steps, global, local, globalFloor, localFloor }: SimulationRow, withLocal: boolean): string {
  const head = padEnd(`  h = ${Number(h.toPrecision(8))}`, 22) + padStart(`${steps} steps`, 14);
  return `${head}${padStart(size(global, globalFloor), 15)}${withLocal ? padStart(size(local, localFloor), 16) : ''}`;
}

function slopeLines(which: string, { slope, spread, limit, expected, verdict, reason }: Slope, paint: Paint): string[] {
  const number = (value: number | null): string => (value === null ? '–' : value.toFixed(2));
  const text = `${which} slope ${number(slope)}, spread ${number(spread)}, tends to ${number(limit)}, promised ${expected}`;
  const said = reason === null ? [] : hanging('    ', reason, WIDTH);
  return [`  ${padEnd(text, 60)}${paint(COLOURS[verdict], verdict)}`, ...said];
}

/** The next power of ten: what the last digits are does not matter. */
const powerOfTen = (value: number): string => (value === 0 ? 'the last digit' : `1e${Math.ceil(Math.log10(value))}`);

/** An infinite ratio: a term has no value somewhere along the run, or the one before it is zero there. */
function expansionText(expansion: SimulationReport['expansion']): string {
  const ratios = expansion.filter(({ ratio }) => Number.isFinite(ratio)).map(({ ratio }) => ratio.toPrecision(2));
  const others = expansion
    .filter(({ ratio }) => !Number.isFinite(ratio))
    .map(({ h }) => String(Number(h.toPrecision(8))));
  const fall = `Terms of the expansion in h fall along the run by ${ratios.join(', ')} or better`;
  const not = `for h = ${others.join(', ')} they do not`;
  if (others.length === 0) return `${fall}.`;
  if (ratios.length > 0) return `${fall}; ${not}.`;
  return 'Terms of the expansion in h do not fall all along the run: nothing is said of how small h must be.';
}

function closingLines({ verdict, ties, rows, interrupted, expansion }: SimulationReport, paint: Paint): string[] {
  const measured = ties.flatMap(({ tie }) => (typeof tie === 'string' ? [] : [tie.deviation]));
  const starred = rows.some(row => row.global <= row.globalFloor || row.local <= row.localFloor);
  return [
    ...(measured.length === 0
      ? []
      : hanging(
          '',
          `The right sides agree with the derived equations to ${powerOfTen(Math.max(...measured))}.`,
          WIDTH,
        )),
    ...(expansion.length === 0 ? [] : hanging('', expansionText(expansion), WIDTH)),
    ...(starred ? hanging('', '* at the floor of the arithmetic, not used for slopes', WIDTH) : []),
    ...hanging(
      '',
      `consistent: the last two slopes differ by at most ${LARGEST_CHANGE} and tend to the promised order within ${LARGEST_MISS}.`,
      WIDTH,
    ),
    ...(interrupted ? ['interrupted: the rows so far'] : []),
    `verdict: ${paint(COLOURS[verdict], verdict)}`,
  ];
}
