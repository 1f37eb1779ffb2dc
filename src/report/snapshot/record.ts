/** An optimizer's equation written down so that it can be read again without the rule, and read again. */
import { attempt, refuse, Refusal, type Result } from '../../base/problem.ts';
import type { Claim } from '../../document/model.ts';
import { readDocument } from '../../document/read/read-document.ts';
import { addition, gradient, index, iterate, multiplication, negation, step } from '../../formula/build.ts';
import { COMPONENT, ITERATION } from '../../formula/formula.ts';
import { DEFAULT_NOTATION, type Notation, type Optimizer } from '../../optimizer/model.ts';
import { whereText } from '../write-up/model/declare.ts';
import { deriveTheorem } from '../theorem/derive-theorem.ts';
import type { Theorem } from '../theorem/theorem-parts.ts';
import { theoremLatex } from '../theorem/theorem-latex.ts';
import { notationText } from './notation-text.ts';
import type { EquationKind, RecordedEquation } from './snapshot.ts';

/**
 * The equation of `optimizer` now, in its letters, with labels from 0. Fails with the problem where the rule has no such equation, or where
 * what is written could not be read again (a rule whose loss has no index, in the mini-batch setting).
 */
export function recordEquation(optimizer: Optimizer, kind: EquationKind): Result<RecordedEquation> {
  return attempt(() => {
    const { setting, order, limit, regime } = kind;
    const derived = deriveTheorem(optimizer, { setting, order, limit, regime });
    if (!derived.ok) throw new Refusal(derived.problems[0] ?? { code: 'not-derived', message: 'there is no equation' });
    const { notation } = optimizer;
    const recorded: RecordedEquation = {
      setting,
      order,
      limit,
      regime,
      notation: notationText(withoutGradient(notation)),
      where: optimizer.declarations.map(each => whereText(each, notation)).filter(each => each !== null),
      beforeFirst: optimizer.beforeFirst ?? null,
      latex: theoremLatex(withoutFurtherSides(derived.value), notation)
        .split('\n')
        .filter(line => line !== '' && !line.startsWith('%')),
    };
    const read = readRecorded(recorded);
    if (!read.ok)
      throw new Refusal(read.problems[0] ?? { code: 'broken-snapshot', message: 'it cannot be read again' });
    return recorded;
  });
}

/** The equation as a claim about a rule that counts from 0 and has no other names; for {@link judgeAbout}. */
export function readRecorded({
  setting,
  order,
  limit,
  regime,
  notation,
  where,
  latex,
}: RecordedEquation): Result<Claim> {
  const keys = [
    `about=${RECORDED}`,
    `setting=${setting}`,
    `order=${order}`,
    ...(limit === null ? [] : [`limit=${limit}`]),
    ...(regime === null ? [] : [`regime=${regime}`]),
  ];
  const text = [
    ...(notation === '' ? [] : [`% !modeq notation ${notation}`]),
    `% !modeq claim ${RECORDED} ${keys.join(' ')}`,
    ...where.map(each => `% !modeq where ${each}`),
    ...latex,
    '',
  ].join('\n');
  return attempt(() => {
    const document = readDocument(
      { name: 'the snapshot', text },
      { optimizers: new Map([[RECORDED, PLAIN_RULE]]), advice: false },
    );
    const [problem] = [...document.unreadable.flatMap(({ problems }) => problems), ...document.problems].filter(
      ({ severity }) => severity !== 'warning',
    );
    if (problem) throw new Refusal(problem);
    const [claim, second] = document.claims;
    if (claim === undefined || second !== undefined || !claim.statements.some(({ kind }) => kind === 'flow'))
      return refuse('broken-snapshot', 'what is recorded is not one equation of motion');
    return claim;
  });
}

const RECORDED = 'recorded';

/** θ^{(n+1)} = θ^{(n)} − h ∇E_n(θ^{(n)}): nothing of it but its counting is read. */
const PLAIN_RULE: Optimizer = {
  id: RECORDED,
  declarations: [],
  states: [],
  quantities: [],
  update: addition(
    iterate(index(COMPONENT), index(ITERATION)),
    negation(multiplication(step, gradient([index(COMPONENT)], index(ITERATION)))),
  ),
  span: { source: { name: RECORDED, text: '' }, start: 0, end: 0 },
  notation: DEFAULT_NOTATION,
};

/** One side is what is compared; in a limit or a regime the modified loss is that side. */
const withoutFurtherSides = ({ inserted: _, ...theorem }: Theorem): Theorem =>
  (theorem.limit ?? theorem.regime ?? null) === null ? { ...theorem, whole: null } : theorem;

/** No derived equation has a letter for the gradient. */
function withoutGradient({ gradient: _, ...roles }: Notation): Notation {
  return roles;
}
