/** The edges of a statement's proofs: their tight points in the letters of the statement. */
import { index, number, subtraction } from '../../formula/build.ts';
import { DIMENSION, type Formula, ITERATION } from '../../formula/formula.ts';
import { oneLine } from '../../formula/one-line.ts';
import { attempt } from '../../base/problem.ts';
import type { Letters } from '../../expression/core/index-form.ts';
import { DIMENSION_INDEX, ITERATION_INDEX } from '../../expression/core/indices.ts';
import { writeExpression } from '../../expression/write/to-formula.ts';
import { writeForm } from '../../expression/write/write-form.ts';
import { variableForm } from '../../number/linear-form.ts';
import { type FreeForms, tightPoints } from '../../prove/tight-points.ts';
import type { Proof } from '../../prove/trace.ts';
import type { Edge } from '../symbolic/edge.ts';

const NAMES = new Set<string>();

/**
 * Where side conditions of the proofs are tight, each once, in the order of the steps. `letters` are the free letters of the
 * statement; `least` is the n at which the proofs begin to count.
 */
export function edgesOf(proofs: readonly Proof[], letters: Letters, least = 0): readonly Edge[] {
  const names = new Map<number, Formula>([
    [ITERATION_INDEX, index(ITERATION)],
    [DIMENSION_INDEX, index(DIMENSION)],
  ]);
  for (const [name, { constant, terms }] of letters) {
    const [only, ...more] = terms;
    if (only !== undefined && more.length === 0 && only[1] === 1 && constant === 0 && !names.has(only[0]))
      names.set(only[0], index(name));
  }
  const free: FreeForms = new Map(
    [...names.keys()].map(each => [each, variableForm(each, each === ITERATION_INDEX ? -least : 0)]),
  );
  return tightPoints(proofs, free).flatMap((point): Edge[] => {
    if (point.kind === 'integers') {
      const { constant, terms } = point.form;
      const left = writeForm({ constant: 0, terms }, names);
      return [{ text: `${oneLine(left)} = ${-constant}`, zeros: [subtraction(left, number(-constant))] }];
    }
    // What the writer does not cover is not gone to.
    const written = attempt(() => writeExpression(point.value, { nameOf: () => null, reserved: NAMES }, names));
    return written.ok ? [{ text: `${oneLine(written.value)} = 0`, zeros: [written.value] }] : [];
  });
}
