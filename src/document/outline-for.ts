/** What a claim is read with: where the optimizers of a file label their values in different ways, as the one that it is about does. */
import { textOf } from './annotation/annotation.ts';
import { withLabels } from './annotation/notation-line.ts';
import { styleOfRows } from './author/author-rows.ts';
import type { Entry, Outline } from './outline.ts';

export function outlineFor(entry: Entry, outline: Outline): Outline {
  const about = entry.annotation.keys.find(({ key }) => key === 'about');
  const name = about === undefined ? null : textOf(about.value);
  const optimizer = outline.entries.find(({ id, annotation }) => id === name && annotation.kind === 'optimizer');
  const style = optimizer === undefined ? null : styleOfRows(optimizer, outline);
  const notation = style === null ? null : withLabels(style, outline.given, outline.text);
  return notation === null ? outline : { ...outline, notation };
}
