/** The argument for the error bound: local error, stability, Grönwall's inequality; the same as in docs/bounds.md. */
import type { Derivation } from '../../../derivation/derivation.ts';
import type { Notation } from '../../../optimizer/model.ts';
import { iterateAt, solution } from '../model/points.ts';
import { cite } from '../model/references.ts';
import { isUniform } from './theorem-section.ts';
import { prose, type Section } from '../model/write-up.ts';

/** The end of a proof. */
export const QED = '\\hfill\\rule{1.2ex}{1.2ex}';

/** Letters of the argument that mean nothing else in it, in their order. */
const LETTERS = {
  increment: ['G', 'S', 'Z', 'V'],
  weight: ['\\gamma', '\\omega', '\\kappa', '\\alpha'],
  total: ['\\Lambda', '\\Gamma', '\\Sigma'],
  error: ['e', 'd', 'z'],
  local: ['\\delta', '\\tau', '\\zeta'],
  constant: ['K', 'B', 'A'],
} as const;

/** A display of an argument, which is not judged. */
const display = (rows: string): string => `\n% !modeq ignore\n\\begin{align*}\n  ${rows}\n\\end{align*}\n`;

export function boundSection(derivation: Derivation, notation: Notation, taken: ReadonlySet<string>): Section {
  const { order, remembers } = derivation;
  const { step: h, iteration: n } = notation;
  const used = new Set([...taken, ...Object.values(notation)]);
  const letter = (role: keyof typeof LETTERS): string =>
    LETTERS[role].find(each => !used.has(each)) ?? LETTERS[role][0];
  const [G, gamma, total, e, delta, K] = [
    letter('increment'),
    letter('weight'),
    letter('total'),
    letter('error'),
    letter('local'),
    letter('constant'),
  ];
  const at = (k: string): string => solution(notation, `${k} ${h}`);
  const past = remembers ? `${iterateAt(notation, n)}, \\dots, ${iterateAt(notation, '0')}` : iterateAt(notation, n);
  const ofSolution = remembers ? `${at(n)}, \\dots, ${solution(notation, '0')}` : at(n);
  const increment = (points: string): string => `${G}_{${n}}(${points})`;
  const order1 = `${h}^{${order + 2}}`;
  const local = `\\emph{Local error.} Write the update as $${iterateAt(notation, `${n}+1`)} = ${iterateAt(notation, n)} - ${h} ${G}_{${n}}$, where $${G}_{${n}}$ depends on $${past}$, and put the solution into it:${display(`${solution(notation, `(${n}+1) ${h}`)} &= ${at(n)} \\\\\n  &\\quad - ${h} ${increment(ofSolution)} + ${delta}_{${n}}.`)}`;
  if (!isUniform(derivation)) {
    return {
      id: 'bound',
      title: 'The distance from the iterates',
      level: 'proof',
      parts: [
        prose(
          `${local} By the construction above the powers of $${h}$ in $${delta}_{${n}}$ up to $${h}^{${order + 1}}$ vanish, so that $${delta}_{${n}} = O(${order1})$ for every $${n}$ ${cite('backward')}. In a fixed number of steps finitely many such errors are passed on, each by smooth maps that tend to the identity as $${h} \\to 0$, and so the distance is of the same order. ${QED}`,
        ),
      ],
    };
  }
  const weights = remembers
    ? `Let $${gamma}_{k}$ be a Lipschitz constant of $${G}_{${n}}$, for all $${n}$, with respect to the point $k$ steps back. The memory of the update fades: every state that it reads is multiplied in each step by a factor below one, the same bound for all $${n}$, so that $${gamma}_{k}$ decays geometrically and $${total} = \\sum_{k} ${gamma}_{k} < \\infty$; so do the derivatives of $${G}_{${n}}$, and $\\sum_k k^{r} ${gamma}_{k} < \\infty$ for every $r$.`
    : `The update reads the current point only; let $${total}$ be a Lipschitz constant of $${G}_{${n}}$ for all $${n}$.`;
  const uniform = remembers
    ? `Behind them stands Taylor's remainder: products of derivatives of $${G}_{${n}}$ with the distances of the past points, that of $k$ steps back being at most a constant times $k ${h}$. By the assumptions and the weights above their sum is bounded uniformly in $${n}$:`
    : "Behind them stands Taylor's remainder, which the assumptions bound uniformly:";
  const recursion = remembers
    ? `${e}_{${n}+1} &\\le ${e}_{${n}} + ${h} \\sum_{k=0}^{${n}} ${gamma}_{k} ${e}_{${n}-k} + ${K} ${order1}.`
    : `${e}_{${n}+1} &\\le (1 + ${h} ${total}) ${e}_{${n}} + ${K} ${order1}.`;
  const largest = remembers
    ? `The largest error so far, $\\bar{${e}}_{${n}} = \\max_{k \\le ${n}} ${e}_{k}$, thus satisfies${display(`\\bar{${e}}_{${n}+1} &\\le (1 + ${h} ${total}) \\bar{${e}}_{${n}} + ${K} ${order1},`)}with`
    : 'With';
  const errors = remembers ? `\\bar{${e}}` : e;
  return {
    id: 'bound',
    title: 'The error bound',
    level: 'proof',
    parts: [
      prose(`${local} ${weights}`),
      prose(
        `By the construction above the powers of $${h}$ in $${delta}_{${n}}$ up to $${h}^{${order + 1}}$ vanish. ${uniform} $\\|${delta}_{${n}}\\| \\le ${K} ${order1}$ as long as $${n} ${h} \\le T$ ${cite('backward')}, ${cite('adaptive')}.`,
      ),
      prose(
        `\\emph{Stability.} For $${e}_{${n}} = \\|${at(n)} - ${iterateAt(notation, n)}\\|$ the difference of the two steps gives${display(recursion)}${largest} $${errors}_{0} = 0$.`,
      ),
      prose(
        `\\emph{Gr\\"onwall's inequality.} By induction, for $${n} ${h} \\le T$,${display(`${errors}_{${n}} &\\le ${K} ${order1} \\sum_{k=0}^{${n}-1} (1 + ${h} ${total})^{k} \\\\\n  &\\le \\frac{${K}}{${total}} \\left(\\exp(${total} T) - 1\\right) ${h}^{${order + 1}},`)}which is the bound of the theorem ${cite('convergence')}. ${QED}`,
      ),
    ],
  };
}
