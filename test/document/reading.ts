/** Documents from texts, and their problems in one line each, for the tests of this folder. */
import type { Problem } from '../../src/base/problem.ts';
import { positionAt } from '../../src/base/span.ts';
import type { Claim, ModeqDocument } from '../../src/document/model.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { oneLine } from '../../src/formula/one-line.ts';
import type { Optimizer } from '../../src/optimizer/model.ts';

export const read = (text: string, name = 'paper.tex'): ModeqDocument => readDocument({ name, text });

/** `code LINE:COLUMN`. */
export function placed({ code, span }: Problem): string {
  if (!span) return code;
  const { line, column } = positionAt(span.source.text, span.start);
  return `${code} ${line}:${column}`;
}

/** Every problem of a document, those of unreadable claims behind their ids. */
export function problemsOf(text: string, name = 'paper.tex'): string[] {
  const document = read(text, name);
  return [
    ...document.problems.map(placed),
    ...document.unreadable.flatMap(({ id, problems }) => problems.map(problem => `${id}: ${placed(problem)}`)),
  ];
}

export const GD = String.raw`% !modeq optimizer gd
\[ \theta_j^{(n+1)} = \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)}) \]
`;

/** The one claim of a text behind gradient descent. */
export function claimOf(text: string, name = 'paper.tex'): Claim {
  const document = read(GD + text, name);
  const [claim] = document.claims;
  if (!claim)
    throw new Error(
      JSON.stringify(
        [...document.problems, ...document.unreadable.flatMap(each => each.problems)].map(each => [
          each.code,
          each.message,
        ]),
      ),
    );
  return claim;
}

/** The one optimizer of a display with its where line. */
export function optimizerOf(rows: string, where = '', notation = ''): Optimizer {
  const document = read(optimizerText(rows, where, notation));
  const [optimizer] = document.optimizers;
  if (!optimizer) throw new Error(document.problems.map(each => `${each.code}: ${each.message}`).join('; '));
  return optimizer;
}

export const optimizerText = (rows: string, where = '', notation = ''): string =>
  `${notation === '' ? '' : `% !modeq notation ${notation}\n\n`}% !modeq optimizer x\n${where === '' ? '' : `% !modeq where ${where}\n`}\\begin{align}\n${rows}\n\\end{align}\n`;

/** The model in lines: states with their initial values where these are not zero, quantities, the update. */
export function modelOf(optimizer: Optimizer): string[] {
  return [
    ...optimizer.states.flatMap(({ name, componentwise, right, initial }) => {
      const start = oneLine(initial) === '0' ? '' : ` from ${oneLine(initial)}`;
      return [`${name}${componentwise ? '_j' : ''}^(n + 1) = ${oneLine(right)}${start}`];
    }),
    ...optimizer.quantities.map(
      ({ name, indices, labels, body }) =>
        `${name}${indices.length > 0 ? '_j' : ''}${labels.length > 0 ? '^(n)' : ''} := ${oneLine(body)}`,
    ),
    `theta_j^(n + 1) = ${oneLine(optimizer.update)}`,
  ];
}
