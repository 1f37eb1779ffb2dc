/**
 * One panel of a figure, drawn by Observable Plot into a document of linkedom's: an <svg> element as text, without style
 * sheets, links or anything that depends on what was drawn before.
 */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { withSubscripts } from './svg-text.ts';

export interface Panel {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

export const FONT = "Helvetica, Arial, 'DejaVu Sans', sans-serif";
export const INK = '#222';
/** Colours that stay apart in print and for colour-blind eyes (Okabe and Ito), dark ones first. */
export const PALETTE: readonly string[] = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#000000'];

const TEXT_SIZE = 12;

/** Draws a plot; `id` must be the panel's own in its figure. In its labels `_j` is a subscript. */
export function drawPanel(
  id: string,
  options: Plot.PlotOptions & { readonly width: number; readonly height: number },
): Panel {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = Plot.plot({
    ...options,
    document,
    style: { fontFamily: FONT, fontSize: `${TEXT_SIZE}px`, color: INK },
  });
  for (const style of drawn.querySelectorAll('style')) style.remove();
  for (const label of drawn.querySelectorAll('text'))
    if (label.children.length === 0 && label.textContent?.includes('_'))
      label.innerHTML = withSubscripts(label.textContent, TEXT_SIZE);
  const { width, height } = options;
  return { svg: ownIds(drawn.outerHTML, id), width, height };
}

/** Plot numbers its clip paths through the whole process. */
function ownIds(svg: string, id: string): string {
  const names = new Map<string, string>();
  return svg.replace(/\bplot-clip-\d+\b/g, name => {
    const own = names.get(name) ?? `${id}-clip-${names.size + 1}`;
    names.set(name, own);
    return own;
  });
}
