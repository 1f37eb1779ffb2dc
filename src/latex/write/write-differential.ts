/** Elementary differentials in operator notation: ∇³E[∇E, ∇²E ∇E]; the second derivative of one name as a matrix, ∇²E ∇E. */
import { joinFactors } from './write-arithmetic.ts';
import { type Box, box, Binding } from './write-box.ts';
import type { Differential, DifferentialEntry } from './differential.ts';
import type { Ink } from './write-ink.ts';
import { place, write } from './write-node.ts';

export function writeDifferential({ scalars, head, entries }: Differential, ink: Ink): Box {
  const { style } = ink;
  const nabla = style.nabla(null);
  const operator = style.scripts(nabla, null, head.by.length === 1 ? null : style.number(`${head.by.length}`));
  const name = style.juxtapose([operator, write(head.argument, ink)], true);
  const vectors = entries.map(entry => writeEntry(entry, ink)).sort(byLength);
  const [only] = vectors;
  const front = scalars.map(scalar => place(scalar, Binding.factor, ink, true));
  // A matrix and a vector stand side by side; what is a sum or a product stands in brackets.
  const applied =
    only && vectors.length === 1 && only.level >= Binding.factor && !only.open && !only.dotted
      ? style.juxtapose([name, only], ink.tight)
      : only
        ? style.juxtapose([name, style.brackets(style.list(vectors, ink.tight))], true)
        : name;
  const operand = box(applied, Binding.factor);
  return front.length === 0 ? operand : joinFactors([...front, operand], ink);
}

function writeEntry({ index, vector }: DifferentialEntry, ink: Ink): Box {
  const inside = ink.asOperators(index);
  return 'head' in vector ? writeDifferential(vector, inside) : write(vector, inside);
}

/** The simpler vectors first: a derivative does not depend on the order of its slots. */
const byLength = (one: Box, other: Box): number =>
  one.text.length - other.text.length || (one.text < other.text ? -1 : one.text > other.text ? 1 : 0);
