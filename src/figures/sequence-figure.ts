/**
 * The counterexample to a limit or a regime as a picture: what is claimed and what is derived along the sequence. It shows
 * the numbers of the table beside it and nothing else.
 */
import * as Plot from '@observablehq/plot';
import type { ClaimReport, CounterexampleReport } from '../report/verdicts/check-report.ts';
import { isSequence } from '../report/verdicts/evidence-text.ts';
import { drawFigure } from './figure-page.ts';
import { drawPanel, PALETTE } from './plot-panel.ts';

const [DERIVED = 'blue', CLAIMED = 'red'] = PALETTE;

interface Point {
  /** The number of the step, or the parameter of a regime. */
  readonly at: number;
  readonly claimed: number;
  readonly derived: number;
}

/** An SVG document; null where there is no sequence of at least three members with values that can be drawn. */
export function sequenceFigure({ id, counterexample }: ClaimReport): string | null {
  if (counterexample === null || !isSequence(counterexample)) return null;
  const points = counterexample.map(pointOf);
  if (points.length < 3 || !points.every(each => Object.values(each).every(Number.isFinite))) return null;
  const axis = axisOf(counterexample, points);
  const side = (which: 'claimed' | 'derived', stroke: string, dash: string) => [
    Plot.line(points, { x: 'at', y: which, stroke, strokeWidth: 2, strokeDasharray: dash }),
    Plot.dot(points, { x: 'at', y: which, fill: stroke, r: 3 }),
  ];
  const panel = drawPanel('sequence', {
    width: 560,
    height: 240,
    marginLeft: 70,
    marginBottom: 44,
    x: { ...axis, ticks: points.map(({ at }) => at), tickFormat: '~g' },
    y: { grid: true, label: null, nice: true, tickFormat: '~g' },
    marks: [...side('claimed', CLAIMED, '6 4'), ...side('derived', DERIVED, '')],
  });
  return drawFigure({
    title: id,
    notes: [],
    panels: [{ panel }],
    columns: 1,
    legend: [
      { label: 'claimed', colour: CLAIMED, shape: 'dashed' },
      { label: 'derived', colour: DERIVED, shape: 'line' },
    ],
  });
}

/** What moves along the sequence: `s = 1/1000` for a regime, else the step n. */
const movedBy = ({ along }: CounterexampleReport): RegExpExecArray | null =>
  typeof along === 'string' ? /^(\S+) = (\d+)(?:\/(\d+))?$/.exec(along) : null;

function pointOf(member: CounterexampleReport): Point {
  const [, , above, below = '1'] = movedBy(member) ?? [];
  return {
    at: above === undefined ? Number(member.n) : Number(above) / Number(below),
    claimed: Number(member.claimed),
    derived: Number(member.derived),
  };
}

/** Logarithmic where the places are spread over more than a factor of eight; a regime is gone to from left to right. */
function axisOf(members: readonly CounterexampleReport[], points: readonly Point[]): object {
  const [first] = members;
  const places = points.map(({ at }) => at);
  const [start = 0, end = 0] = [places[0], places.at(-1)];
  const [least, most] = [Math.min(...places), Math.max(...places)];
  return {
    type: least > 0 && most / least > 8 ? 'log' : 'linear',
    reverse: end < start,
    label: (first && movedBy(first)?.[1]) ?? 'n',
    labelAnchor: 'center',
    labelArrow: 'none',
    labelOffset: 38,
  };
}
