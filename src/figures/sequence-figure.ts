/**
 * The counterexample to a limit or a regime as a picture: what is claimed and what is derived along the sequence. It shows
 * the numbers of the table beside it and nothing else.
 */
import * as Plot from '@observablehq/plot';
import type { ClaimReport, CounterexampleReport } from '../report/verdicts/check-report.ts';
import { isSequence } from '../report/verdicts/evidence-text.ts';
import { drawFigure } from './figure-page.ts';
import { placeInFile } from '../report/verdicts/place-of.ts';
import { drawPanel, PALETTE } from './plot-panel.ts';

const [DERIVED = 'blue', CLAIMED = 'red'] = PALETTE;

interface Point {
  readonly place: string;
  readonly claimed: number;
  readonly derived: number;
}

/** An SVG document; null where there is no sequence of at least three members with values that can be drawn. */
export function sequenceFigure({ id, counterexample }: ClaimReport): string | null {
  if (counterexample === null || !isSequence(counterexample)) return null;
  const points = counterexample.map(pointOf);
  if (
    points.length < 3 ||
    !points.every(({ claimed, derived }) => Number.isFinite(claimed) && Number.isFinite(derived))
  )
    return null;
  const side = (which: 'claimed' | 'derived', stroke: string, dash: string) => [
    Plot.line(points, { x: 'place', y: which, stroke, strokeWidth: 2, strokeDasharray: dash }),
    Plot.dot(points, { x: 'place', y: which, fill: stroke, r: 3 }),
  ];
  const panel = drawPanel('sequence', {
    width: 560,
    height: 240,
    marginLeft: 70,
    x: { type: 'point', domain: points.map(({ place }) => place), label: null },
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

const pointOf = (member: CounterexampleReport): Point => ({
  place: placeInFile(member),
  claimed: Number(member.claimed),
  derived: Number(member.derived),
});
