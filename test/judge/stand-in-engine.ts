/** A stand-in for derivation and prover: the right theorems built by hand, and a prover that never answers. */
import { failure, success } from '../../src/base/problem.ts';
import type { ModeqDocument } from '../../src/document/model.ts';
import {
  divide,
  index,
  iterate,
  multiplication,
  negation,
  number,
  sumOverCoordinates,
  gradient,
} from '../../src/formula/build.ts';
import { COMPONENT, type Formula, ITERATION } from '../../src/formula/formula.ts';
import type { Engine } from '../../src/judge/prove/engine.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { documentIndexOf } from '../../src/judge/claim-context.ts';
import type { JudgeContext } from '../../src/judge/claim-task.ts';
import type { DerivedEquation } from '../../src/judge/symbolic/prover.ts';
import { DEFAULT_NOTATION } from '../../src/optimizer/model.ts';
import { adam, adamTheorem, gradientDescent } from './hand-built.ts';

const [n, j] = [index(ITERATION), index(COMPONENT)];
const E = (...by: Formula[]): Formula => gradient(by, n);

function adamCoefficients(): Formula[] {
  const right = adamTheorem.statements[0]?.right;
  if (right?.kind !== 'add') throw new Error('the theorem is a sum');
  const [first, second] = right.terms;
  if (!first || second?.kind !== 'multiply' || !second.factors[1]) throw new Error('the theorem is f_0 + h f_1');
  return [first, second.factors[1]];
}

export const standInEngine: Engine = {
  derive: (optimizer, { form, order }) => {
    const base = { optimizer, order, form };
    if (optimizer === adam && form === 'flow' && order === 1)
      return success({ ...base, coefficients: adamCoefficients(), definitions: adamTheorem.definitions });
    if (optimizer === gradientDescent) {
      const first = negation(E(j));
      const second =
        form === 'map'
          ? number(0)
          : negation(divide(sumOverCoordinates('i', multiplication(E(index('i'), j), E(index('i')))), number(2)));
      return success({ ...base, coefficients: [first, second].slice(0, order + 1), definitions: [] });
    }
    return failure({ code: 'not-here', message: 'the stand-in knows no other equation' });
  },
  prove: () => ({ kind: 'stopped', reason: 'the stand-in proves nothing' }),
  follow: null,
};

export const document: ModeqDocument = {
  file: 'built-by-hand.tex',
  notation: DEFAULT_NOTATION,
  optimizers: [adam, gradientDescent],
  definitions: [],
  claims: [],
  unreadable: [],
  problems: [],
  coverage: { judged: 0, defined: 0, ignored: 0, unannotated: 0 },
  unannotated: [],
};

export const contextWith = (engine: Engine): JudgeContext<DerivedEquation> => ({
  library: documentIndexOf(document, []),
  engine,
  equations: new Equations(engine),
});
export const theta = iterate(j);
