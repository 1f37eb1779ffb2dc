/** A picture of curves as SVG, as wide as its box, in the colours of the page; curves differ by dashes too. */
import type { Curve } from '../protocol.ts';
import { make } from './dom.ts';
import { type ScaleKind, scaleOf, tickText } from './scale.ts';

export interface Axis {
  readonly label: string;
  readonly kind: ScaleKind;
}

export interface PictureOptions {
  /** What a reader hears who does not see it. */
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Curves with a dot at each point. */
  readonly dotted?: readonly string[];
  /** A curve that only stands behind the others. */
  readonly background?: string;
  /** Which look the first curve has, so that curves of two pictures match. */
  readonly firstLook?: number;
}

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 280;
const LEFT = 52;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 40;
const DASHES = ['none', '7 4', '2 4', '10 3 2 3'] as const;

/** Draws the curves into the box, and what they are called below. */
export function drawPicture(box: HTMLElement, curves: readonly Curve[], options: PictureOptions): void {
  const width = Math.max(240, box.clientWidth);
  const svg = element('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: 'img' });
  svg.setAttribute('aria-label', options.title);
  const shown = (values: readonly number[], { kind }: Axis): number[] =>
    values.filter(value => Number.isFinite(value) && (kind !== 'log' || value > 0));
  const points = curves.filter(({ label }) => label !== options.background).flatMap(curve => curve.points);
  const xs = scaleOf(
    options.x.kind,
    extent(
      shown(
        points.map(([x]) => x),
        options.x,
      ),
    ),
  );
  const ys = scaleOf(
    options.y.kind,
    padded(
      extent(
        shown(
          points.map(([, y]) => y),
          options.y,
        ),
      ),
      options.y.kind,
    ),
  );
  const right = width - RIGHT;
  const bottom = HEIGHT - BOTTOM;
  const px = (x: number): number => LEFT + xs.place(x) * (right - LEFT);
  const py = (y: number): number => bottom - ys.place(y) * (bottom - TOP);
  for (const tick of ys.ticks) {
    const at = py(tick);
    svg.append(
      element('line', { class: tick === 0 ? 'zero' : 'grid', x1: LEFT, x2: right, y1: at, y2: at }),
      text(tickText(tick), LEFT - 6, at + 4, 'end'),
    );
  }
  for (const tick of xs.ticks) {
    const at = px(tick);
    svg.append(
      element('line', { class: 'grid', x1: at, x2: at, y1: TOP, y2: bottom }),
      text(tickText(tick), at, bottom + 16, 'middle'),
    );
  }
  svg.append(
    text(options.x.label, (LEFT + right) / 2, HEIGHT - 6, 'middle'),
    element('rect', { class: 'frame', x: LEFT, y: TOP, width: right - LEFT, height: bottom - TOP }),
  );
  const id = `clip-${box.id}`;
  const clip = element('clipPath', { id });
  clip.append(element('rect', { x: LEFT, y: TOP, width: right - LEFT, height: bottom - TOP }));
  const inside = element('g', { 'clip-path': `url(#${id})` });
  // The first curve is drawn last, above the others.
  for (const [at, curve] of [...curves.entries()].reverse()) {
    const places = curve.points.filter(([x, y]) => Number.isFinite(px(x)) && Number.isFinite(py(y)));
    const path = places.map(([x, y], k) => `${k === 0 ? 'M' : 'L'}${px(x).toFixed(1)} ${py(y).toFixed(1)}`).join('');
    inside.append(
      element('path', { class: styleOf(at, curve, options), d: path, 'stroke-dasharray': dashOf(at, options) }),
    );
    if (options.dotted?.includes(curve.label))
      for (const [x, y] of places)
        inside.append(element('circle', { class: styleOf(at, curve, options), cx: px(x), cy: py(y), r: 2 }));
  }
  svg.append(clip, inside);
  const legend = make('ul', { class: 'legend' });
  for (const [at, curve] of curves.entries()) {
    const sample = element('svg', { width: 28, height: 10, 'aria-hidden': 'true' });
    const line = {
      x1: 0,
      x2: 28,
      y1: 5,
      y2: 5,
      class: styleOf(at, curve, options),
      'stroke-dasharray': dashOf(at, options),
    };
    sample.append(element('line', line));
    legend.append(make('li', {}, sample, ` ${curve.label}`));
  }
  box.replaceChildren(make('p', { class: 'axis' }, options.y.label), svg, legend);
}

const dashOf = (at: number, { firstLook = 0 }: PictureOptions): string =>
  DASHES[(at + firstLook) % DASHES.length] ?? 'none';
const styleOf = (at: number, { label }: Curve, { background, firstLook = 0 }: PictureOptions): string =>
  label === background ? 'curve background' : `curve curve-${((at + firstLook) % 4) + 1}`;

function element(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, `${value}`);
  return made;
}

function text(content: string, x: number, y: number, anchor: string): SVGElement {
  const made = element('text', { x, y, 'text-anchor': anchor });
  made.textContent = content;
  return made;
}

function extent(values: readonly number[]): readonly [number, number] {
  const least = values.reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY);
  const most = values.reduce((high, each) => Math.max(high, each), Number.NEGATIVE_INFINITY);
  return least <= most ? [least, most] : [0, 1];
}

/** With zero in sight on a symlog scale, and some room. */
function padded([least, most]: readonly [number, number], kind: ScaleKind): readonly [number, number] {
  if (kind === 'symlog') return [Math.min(least * 1.2, -0.2), Math.max(most * 1.2, 0.2)];
  // What is smaller by that much is rounding, or the first step.
  if (kind === 'log') return [Math.max(least, most * 1e-7) / 1.5, most * 1.5];
  const room = 0.06 * (most - least || 1);
  return [least - room, most + room];
}
