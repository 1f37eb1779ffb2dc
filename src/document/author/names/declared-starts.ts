/** First values that are declared, `where b_0 > 0` beside b_{k+1} = b_k + …: the state starts from that hyperparameter. */
import { number, toPower } from '../../../formula/build.ts';
import type { Formula } from '../../../formula/formula.ts';
import { offsetFromIteration } from '../../../optimizer/label.ts';
import type { Declaration } from '../../../optimizer/model.ts';
import { nodes } from '../../../optimizer/replace.ts';
import type { NameRow, Row } from '../../../optimizer/row.ts';

/** The rows with one more for every such state; a declared name that a row uses itself, and a state with a first value, stay as they are. */
export function withDeclaredStarts(rows: readonly Row[], declarations: readonly Declaration[]): Row[] {
  const scalars = declarations.filter(({ kind }) => kind === 'scalar');
  const isUsed = (name: string): boolean =>
    rows.some(({ right }) => [...nodes(right)].some(node => node.kind === 'parameter' && node.name === name));
  const starts = scalars.flatMap(({ name, span }): NameRow[] => {
    const [, base] = /^(.*)_(?:0|\{0\})$/.exec(name) ?? [];
    if (base === undefined || isUsed(name)) return [];
    const value: Formula = { kind: 'parameter', span, name };
    return [
      { own: base, right: value },
      { own: `{${base}^2}`, right: toPower(value, number(2)) },
    ].flatMap(({ own, right }) => {
      const made = rows.filter((row): row is NameRow => row.kind === 'name' && row.name === own);
      const [row, ...more] = made;
      const isState =
        row !== undefined && row.label !== null && offsetFromIteration(row.label) !== null && readsItself(row);
      if (!isState || more.length > 0) return [];
      return [{ ...row, label: number(0), right, span: row.span }];
    });
  });
  return [...rows, ...starts];
}

const readsItself = ({ name, right }: NameRow): boolean =>
  [...nodes(right)].some(node => node.kind === 'quantity' && node.name === name);
