/** A simulation for people: a row an order and step size, the observed slopes, the verdict; at most 80 columns. */
import type { SimulationReport } from '../judge/simulate-optimizer.ts';
import { jsonName } from '../numeric/instance.ts';
import type { OrderSlopes, SimulationRow } from '../simulation/simulate.ts';
import { LARGEST_CHANGE, LARGEST_MISS, type Slope, type SlopeVerdict } from '../simulation/slopes.ts';
import { type Colour, harmless, type Paint } from './paint.ts';
import { hanging, padEnd, padStart } from './wrap.ts';

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
  return `${lines.join('\n')}\n`;
}

function headLines({ request, start }: SimulationReport): string[] {
  const { optimizer, hyperparameters, losses, batches, time, seed } = request;
  const hyper = [...hyperparameters].map(([name, value]) => `${jsonName(name)} = ${value}`);
  const shown = start.slice(0, 4).map(value => Number(value.toPrecision(6)));
  const theta = start.length > 4 ? `${shown.join(', ')}, … (${start.length} parameters)` : shown.join(', ');
  const cut = batches === null ? '' : `, ${batches} batches, seed ${seed}`;
  return [
    ...hanging(`${optimizer.id}: `, [...hyper, `T = ${time}`].join(', '), WIDTH),
    ...hanging('losses: ', harmless(losses.join(' | ')) + cut, WIDTH),
    ...hanging('start:  ', `(${theta})`, WIDTH),
  ];
}

function courseLines({ rows }: SimulationReport, { order, start, global, local }: OrderSlopes, paint: Paint): string[] {
  const own = rows.filter(row => row.order === order && row.start === start);
  const title = start === 'corrected' ? `order ${order}, from the corrected point` : `order ${order}`;
  return [
    paint('bold', `${padEnd(title, 36)}${padStart('global error', 14)}${padStart('local error', 16)}`),
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

function closingLines({ verdict, ties, rows, interrupted }: SimulationReport, paint: Paint): string[] {
  const measured = ties.flatMap(({ tie }) => (typeof tie === 'string' ? [] : [tie.deviation]));
  const starred = rows.some(row => row.global <= row.globalFloor || row.local <= row.localFloor);
  return [
    ...(measured.length === 0
      ? []
      : hanging(
          '',
          `The right sides agree with the derived equations to ${Math.max(...measured).toExponential(1)}.`,
          WIDTH,
        )),
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
