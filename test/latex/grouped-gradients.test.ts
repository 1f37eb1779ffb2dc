/** The argument behind a gradient that stands in a group of its own, as macros and colours leave it, is its argument and no factor. */
import { expect, test } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { theoremText } from '../../src/report/theorem/theorem-text.ts';
import { deriveTheorem } from '../../src/report/theorem/derive-theorem.ts';

const RULE = (gradient: string): string => String.raw`% !modeq notation loss=f step=\eta iteration=t parameters=x
\newcommand{\grad}[1]{{\nabla f_{#1}}}
% !modeq optimizer rule
\[ x_{t+1} = x_t - \eta ${gradient} \]
`;

const SAME = [
  ...[
    String.raw`{\nabla f_t}(x_t)`,
    String.raw`{\nabla f_t}{(x_t)}`,
    String.raw`\grad{t}(x_t)`,
    String.raw`[\nabla f_t](x_t)`,
  ],
  ...[
    String.raw`\{\nabla f_t\}(x_t)`,
    String.raw`\left\{\nabla f_t\right\}(x_t)`,
    String.raw`\left[\nabla f_t\right]\left(x_t\right)`,
  ],
  ...[
    String.raw`\boldsymbol{\nabla f_t}(x_t)`,
    String.raw`\mathbf{\nabla f_t}(x_t)`,
    String.raw`\underbrace{\nabla f_t}_{\text{grad}}(x_t)`,
  ],
  ...[
    String.raw`\textcolor{red}{\nabla f_t}(x_t)`,
    String.raw`{\color{red}\nabla f_t}(x_t)`,
    String.raw`(\nabla f_t)(x_t)`,
  ],
  ...[String.raw`{\nabla f_t}[x_t]`, String.raw`{\nabla} f_t(x_t)`, String.raw`\nabla {f_t}(x_t)`],
];

test.each(SAME)('%s is the gradient at x_t', gradient => {
  const { optimizers, problems } = readDocument({ name: 'rule.tex', text: RULE(gradient) });
  const [optimizer] = optimizers;
  if (optimizer === undefined) throw new Error(problems.map(({ message }) => message).join('; '));
  const derived = deriveTheorem(optimizer, { order: 0, setting: 'mini-batch', form: 'flow' });
  if (!derived.ok) throw new Error(derived.problems[0]?.message);
  expect(theoremText(derived.value).split('\n')[0]).toBe('dx̃_j(τ)/dτ = -∇_j f_t(x̃(τ))');
});
