/**
 * A whole figure as one SVG document: title, what was fixed, panels in rows, a legend. Made of text alone. In titles, notes
 * and labels `_j` and `_{1,ε}` are subscripts.
 */
import { FIGURE_MARK } from './figure.ts';
import { FONT, INK, type Panel } from './plot-panel.ts';
import { escapeXml, hundredths, spokenText, widthOfText, withSubscripts } from './svg-text.ts';

/** A line of the legend: a stroke (dashed or not), a filled box, or a sign such as ×, before its label. */
export interface LegendEntry {
  readonly label: string;
  readonly colour: string;
  readonly shape: 'line' | 'dashed' | 'dotted' | 'box' | 'cross' | 'dot';
}

export interface FigurePage {
  readonly title: string;
  /** Under the title: the hyperparameters and what else holds for the whole figure. Cut into lines of the page's width. */
  readonly notes: readonly string[];
  readonly panels: readonly { readonly title?: string; readonly panel: Panel }[];
  readonly columns: number;
  readonly legend: readonly LegendEntry[];
  readonly colourBar?: ColourBar;
}

/** Bands of colour side by side, with the value at each border between two of them. */
export interface ColourBar {
  readonly label: string;
  readonly colours: readonly string[];
  readonly borders: readonly string[];
}

const MARGIN = 16;
const GAP = 18;
const TITLE_SIZE = 17;
const TEXT_SIZE = 12.5;

export function drawFigure({ title, notes, panels, columns, legend, colourBar }: FigurePage): string {
  const columnWidth = Math.max(...panels.map(({ panel }) => panel.width));
  const width = 2 * MARGIN + columns * columnWidth + (columns - 1) * GAP;
  const parts: string[] = [];
  let y = MARGIN + TITLE_SIZE;
  parts.push(text(MARGIN, y, title, TITLE_SIZE, 'bold'));
  for (const line of notes.flatMap(note => wrapNote(note, width - 2 * MARGIN))) {
    y += TEXT_SIZE * 1.45;
    parts.push(text(MARGIN, y, line, TEXT_SIZE));
  }
  y += 14;
  const entries = placeLegend(legend, width - 2 * MARGIN);
  for (const { x, row, entry } of entries) parts.push(drawEntry(MARGIN + x, y + 8 + row * 18, entry));
  if (entries.length > 0) y += 18 * (1 + Math.max(...entries.map(({ row }) => row))) + 6;
  if (colourBar) {
    parts.push(drawColourBar(MARGIN, y, width - 2 * MARGIN, colourBar));
    y += BAR_HEIGHT + 30;
  }
  for (let at = 0; at < panels.length; at += columns) {
    const row = panels.slice(at, at + columns);
    const isTitled = row.some(panel => panel.title !== undefined);
    if (isTitled) y += 16;
    row.forEach((item, column) => {
      const x = MARGIN + column * (columnWidth + GAP);
      if (item.title !== undefined) parts.push(text(x, y, item.title, TEXT_SIZE + 0.5, 'bold'));
      parts.push(placed(item.panel, x, y + (isTitled ? 6 : 0)));
    });
    y += Math.max(...row.map(({ panel }) => panel.height)) + (isTitled ? 6 : 0) + 12;
  }
  const height = Math.ceil(y + MARGIN - 12);
  return `<?xml version="1.0" encoding="UTF-8"?>
${FIGURE_MARK}
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="figure-title figure-notes" font-family="${FONT}" fill="${INK}">
<title id="figure-title">${escapeXml(spokenText(title))}</title>
<desc id="figure-notes">${escapeXml(spokenText(notes.join(' ')))}</desc>
<rect width="100%" height="100%" fill="white"/>
${parts.join('\n')}
</svg>
`;
}

const text = (x: number, y: number, content: string, size: number, weight?: string): string =>
  `<text x="${hundredths(x)}" y="${hundredths(y)}" font-size="${size}"${weight ? ` font-weight="${weight}"` : ''}>${withSubscripts(content, size)}</text>`;

/** An <svg> of its own inside the page, at its place. */
const placed = ({ svg }: Panel, x: number, y: number): string =>
  svg.replace(/^<svg /, `<svg x="${hundredths(x)}" y="${hundredths(y)}" overflow="visible" `);

function placeLegend(legend: readonly LegendEntry[], width: number): { x: number; row: number; entry: LegendEntry }[] {
  let x = 0;
  let row = 0;
  return legend.map(entry => {
    const size = 34 + widthOfText(entry.label, TEXT_SIZE) + 18;
    if (x > 0 && x + size > width) {
      x = 0;
      row += 1;
    }
    const place = { x, row, entry };
    x += size;
    return place;
  });
}

const BAR_HEIGHT = 14;

/** The label, and right of it the bands as one bar with the values at their borders below. */
function drawColourBar(left: number, y: number, width: number, { label, colours, borders }: ColourBar): string {
  const start = left + widthOfText(label, TEXT_SIZE) + 12;
  const band = Math.min(64, (left + width - start) / colours.length);
  const boxes = colours.map(
    (colour, at) =>
      `<rect x="${hundredths(start + at * band)}" y="${hundredths(y)}" width="${hundredths(band)}" height="${BAR_HEIGHT}" fill="${colour}"/>`,
  );
  const values = borders.map((value, at) => {
    const x = hundredths(start + (at + 1) * band);
    const tick = `<line x1="${x}" y1="${hundredths(y)}" x2="${x}" y2="${hundredths(y + BAR_HEIGHT + 4)}" stroke="${INK}" stroke-width="0.7"/>`;
    return `${tick}<text x="${x}" y="${hundredths(y + BAR_HEIGHT + 16)}" font-size="${TEXT_SIZE - 1}" text-anchor="middle">${escapeXml(value)}</text>`;
  });
  const frame = `<rect x="${hundredths(start)}" y="${hundredths(y)}" width="${hundredths(band * colours.length)}" height="${BAR_HEIGHT}" fill="none" stroke="${INK}" stroke-width="0.7"/>`;
  return [text(left, y + BAR_HEIGHT - 3, label, TEXT_SIZE), ...boxes, ...values, frame].join('');
}

function drawEntry(x: number, y: number, { label, colour, shape }: LegendEntry): string {
  const line = (dash: string, lineWidth: number): string =>
    `<line x1="${hundredths(x)}" y1="${hundredths(y - 4)}" x2="${hundredths(x + 26)}" y2="${hundredths(y - 4)}" stroke="${colour}" stroke-width="${lineWidth}"${dash}/>`;
  const sign = {
    line: () => line('', 2),
    dashed: () => line(' stroke-dasharray="6 4"', 2),
    dotted: () => line(' stroke-dasharray="1.5 3.5"', 2),
    box: () =>
      `<rect x="${hundredths(x + 5)}" y="${hundredths(y - 11)}" width="16" height="13" fill="${colour}" stroke="${INK}" stroke-width="0.5"/>`,
    cross: () =>
      `<path d="M${hundredths(x + 8)},${hundredths(y - 9)}l10,10m0,-10l-10,10" stroke="${colour}" stroke-width="2.4" fill="none"/>`,
    dot: () => `<circle cx="${hundredths(x + 13)}" cy="${hundredths(y - 4)}" r="3.6" fill="${colour}"/>`,
  }[shape]();
  return `${sign}${text(x + 32, y, label, TEXT_SIZE)}`;
}

function wrapNote(note: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of note.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && widthOfText(`${last} ${word}`, TEXT_SIZE) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
