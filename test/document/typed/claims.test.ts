/** Claims in the spellings of authors: the verdict is that of the canonical spelling. */
import { describe, expect, it } from 'vitest';
import { oneLine } from '../../../src/formula/one-line.ts';
import { read } from '../reading.ts';

const R = String.raw;
const GD = R`% !modeq notation loss=f parameters=x
% !modeq optimizer gd
\[ x_{k+1}=x_k-h\nabla f(x_k) \]
`;
const STEPS = R`% !modeq notation loss=f parameters=x step=\eta
% !modeq optimizer sgd
\[ x_{k+1}=x_k-\eta_k\nabla f_k(x_k) \]
`;

/** Every statement in one line, definitions before them; the problems of what is unreadable. */
function meaningOf(head: string, display: string): string[] {
  const { claims, unreadable } = read(`${head}% !modeq claim c\n${display}\n`);
  if (unreadable[0]) return unreadable[0].problems.map(({ code }) => code);
  return claims.flatMap(({ definitions, statements }) => [
    ...definitions.map(({ name, body }) => `${name} := ${oneLine(body)}`),
    ...statements.map(
      ({ kind, left, right, order }) => `${kind} ${oneLine(left)} = ${oneLine(right)} order ${order ?? 0}`,
    ),
  ]);
}

describe('a claim is read as its canonical spelling', () => {
  const flow = R`\[ \dot x = -\nabla f(x) - \frac h4\nabla\|\nabla f(x)\|^2 + O(h^2) \]`;
  it.each([
    ['in a box', R`\[ \boxed{\dot x = -\nabla f(x) - \frac h4\nabla\|\nabla f(x)\|^2 + O(h^2)} \]`],
    ['with a letter of its own', R`\[ \dot X = -\nabla f(X) - \frac h4\nabla\|\nabla f(X)\|^2 + O(h^2) \]`],
    [
      'as a quotient of differentials',
      R`\[ \frac{dX}{dt} = -\nabla f(X) - \frac h4\nabla\|\nabla f(X)\|^2 + O(h^2) \]`,
    ],
    ['with a prime', R`\[ X'(t) = -\nabla f(X(t)) - \frac h4\nabla\|\nabla f(X(t))\|^2 + O(h^2) \]`],
    ['with a partial derivative', R`\[ \partial_t X = -\nabla f(X) - \frac h4\nabla\|\nabla f(X)\|^2 + O(h^2) \]`],
  ])('%s', (_, display) => expect(meaningOf(GD, display)).toEqual(meaningOf(GD, flow)));

  it.each([
    [R`\dot X + \nabla f(X) = O(h)`, R`\dot X = -\nabla f(X) + O(h)`],
    [R`\dot X - h X = -\nabla f(X) + O(h^2)`, R`\dot X = -\nabla f(X) + h X + O(h^2)`],
    [R`0 = \nabla f(X) + \frac{dX}{dt} + O(h)`, R`\dot X = -\nabla f(X) + O(h)`],
    [R`2\dot X_j = -\nabla_j f(X) + O(h)`, R`\dot X_j = \frac{-\nabla_j f(X)}{2} + O(h)`],
    [R`\nabla f(X) = -\dot X + O(h)`, R`\dot X = -(\nabla f(X)) + O(h)`],
    [R`-\dot X(t) = \nabla f(X(t)) + O(h)`, R`\dot X = -(\nabla f(X)) + O(h)`],
  ])('solved for the velocity: %s', (typed, solved) => {
    const [meaning, ...more] = meaningOf(GD, R`\[ ${typed} \]`);
    expect(more).toEqual([]);
    expect(meaning).toMatch(/^flow /);
    expect(meaning).toEqual(meaningOf(GD, R`\[ ${solved} \]`)[0]);
  });

  it.each([
    [
      R`\dot x = -\nabla f(x) - \frac h2(\nabla^2f\,\nabla f)(x)`,
      R`\dot x = -\nabla f(x) - \frac h2(\nabla^2f\,\nabla f)`,
    ],
    [
      R`\dot x_j = -(\nabla f)_j(x) - \frac h2(\nabla^2f\,\nabla f)_j(x)`,
      R`\dot x_j = -\nabla_jf(x) - \frac h2(\nabla^2f\,\nabla f)_j`,
    ],
    [
      R`\dot x = -\nabla f(x) - \frac{h}{2!}\nabla^2f(x)\nabla f(x)`,
      R`\dot x = -\nabla f(x) - \frac h2\nabla^2f(x)\nabla f(x)`,
    ],
  ])('groups at the current point, and factorials of numbers: %s', (typed, plain) => {
    const [meaning, ...more] = meaningOf(GD, R`\[ ${typed} \]`);
    expect(more).toEqual([]);
    expect(meaning).toMatch(/^flow /);
    expect(meaning).toEqual(meaningOf(GD, R`\[ ${plain} \]`)[0]);
  });

  it.each([
    [R`\dot x = -\nabla f(x) - \frac h2(\nabla^2f\,\nabla f)(x_{k-1})`, 'vector-product'],
    [R`\dot x = -\nabla f(x) + \Theta(h)`, 'remainder'],
    [R`\dot x = -\nabla f(x) + O(\sqrt h)`, 'remainder'],
    [R`\dot x = -\nabla f(x) - \frac{h}{(k-1)!}\nabla^2f(x)\nabla f(x)`, 'unexpected-symbol'],
  ])('not at another point, nor in other sizes: %s', (typed, code) =>
    expect(meaningOf(GD, R`\[ ${typed} \]`)).toEqual([code]),
  );

  it('where a definition has the parameters for its argument', () => {
    const canonical = meaningOf(
      GD,
      R`\[ \dot x = -\nabla\Phi(x), \quad \Phi(x) := f(x) + \frac h4\|\nabla f(x)\|^2 \]`,
    );
    expect(canonical).toHaveLength(2);
    expect(meaningOf(GD, R`\[ \dot X = -\nabla\Phi(X), \quad \Phi(x) := f(x) + \frac h4\|\nabla f(x)\|^2 \]`)).toEqual(
      canonical,
    );
    expect(meaningOf(GD, R`\[ \dot X = -\nabla f(x) \]`)).toEqual(['undefined-name']);
  });

  it('the letter of the trajectory beside iterates in a bound', () => {
    const bound = (point: string): string =>
      R`\[ \|x_k - ${point}(kh)\| \le Ch, \quad \dot ${point} = -\nabla f(${point}) \]`;
    expect(meaningOf(GD, bound('X'))).toEqual(meaningOf(GD, bound(R`{\tilde x}`)));
    expect(meaningOf(GD, bound('X'))[0]).toMatch(/^global-bound/);
    // Elsewhere a letter beside the parameters is not taken for them.
    expect(meaningOf(GD, R`\[ \dot X = -\nabla f(X) + h x_k \]`)).toContain('undefined-name');
  });

  it('of a velocity beside a vector or an operator nothing is made', () => {
    for (const display of [R`\[ (I + h\nabla^2 f)\dot X = -\nabla f(X) \]`, R`\[ \nabla f^\top \dot x = 0 \]`])
      expect(meaningOf(GD, display)).toEqual([expect.stringMatching(/time-derivative|undefined-name/)]);
  });

  it('the derivative of a loss of several letters in time', () => {
    const head = R`% !modeq notation loss=\mathcal{L}
% !modeq optimizer gd
\[ \theta_{k+1}=\theta_k-h\nabla \mathcal L(\theta_k) \]
`;
    const rate = (time: string): string[] =>
      meaningOf(
        head,
        R`\[ \frac{d\mathcal L}{d${time}} = -\|\nabla\mathcal L\|^2 + O(h), \frac{d\theta}{d${time}} = -\nabla\mathcal L + O(h) \]`,
      );
    expect(rate('t')).toHaveLength(2);
    expect(rate(R`\tau`)).toEqual(rate('t'));
  });

  it('grad and Hess', () => {
    expect(
      meaningOf(GD, R`\[ \dot x = -\operatorname{grad} f(x) - \frac h2 \mathrm{Hess} f(x) \mathrm{grad} f(x) \]`),
    ).toEqual(meaningOf(GD, R`\[ \dot x = -\nabla f(x) - \frac h2 \nabla^2 f(x) \nabla f(x) \]`));
  });

  it('a prime on a function is no velocity', () => {
    expect(meaningOf(GD, R`\[ \phi'(t) = 1 - \phi(t)^2 \]`)).toEqual(['undefined-name']);
  });

  it('with the time', () => {
    expect(meaningOf(GD, R`\[ \dot X(t) = -\nabla f(X(t)) + O(h) \]`)).toEqual(
      meaningOf(GD, R`\[ \dot x(t) = -\nabla f(x(t)) + O(h) \]`),
    );
  });

  it('with the component, and the time under another letter', () => {
    const head = R`% !modeq notation loss=f parameters=x step=\eta iteration=t
% !modeq optimizer gd
\[ x_{t+1}=x_t-\eta\nabla f_t(x_t) \]
`;
    const canonical = meaningOf(head, R`\[ \dot{\tilde x}_j = -\nabla_j f_t(\tilde x) + O(\eta) \]`);
    expect(canonical[0]).toMatch(/^flow /);
    for (const time of ['s', R`\tau`, 'r'])
      for (const moving of [R`\tilde{x}`, R`x`])
        expect(
          meaningOf(head, R`\[ \dot{${moving}}_{j}(${time}) = -\nabla_j f_t(${moving}(${time})) + O(\eta) \]`),
        ).toEqual(canonical);
  });

  it('with another colon', () => {
    const display = (sign: string): string =>
      R`\[ \dot x = -\nabla g(x), \quad g(x) ${sign} f(x) + \frac h4\|\nabla f(x)\|^2 \]`;
    for (const sign of [R`\vcentcolon=`, R`\colonequals`, R`\coloneqq`])
      expect(meaningOf(GD, display(sign))).toEqual(meaningOf(GD, display(':=')));
  });

  it('a step with a label over the step', () => {
    const typed = R`\[ \dot x = -\frac{\eta_k}{\eta}\nabla f_k(x) - \frac{\eta_k^2}{2\eta}\nabla^2f_k(x)\nabla f_k(x) + O(\eta^2) \]`;
    const [meaning] = meaningOf(STEPS, typed);
    expect(meaning).toMatch(/^flow .*order 1$/);
    expect(meaning).not.toContain('/h');
    expect(meaning).toContain(R`\sigma`);
  });

  it('a derivative with a slash', () => {
    const [slashed] = meaningOf(
      GD,
      R`\[ dx_j/dt = -\partial f/\partial x_j - \frac h2\sum_i\nabla_{ij}f\,\partial f/\partial x_i \]`,
    );
    const [fraction] = meaningOf(
      GD,
      R`\[ \frac{dx_j}{dt} = -\frac{\partial f}{\partial x_j} - \frac h2\sum_i\nabla_{ij}f\,\frac{\partial f}{\partial x_i} \]`,
    );
    expect(slashed).toMatch(/^flow .*order 1$/);
    expect(slashed).toBe(fraction);
  });

  it('a definition that leaves out the index of the statement', () => {
    const display = (name: string): string =>
      R`\[ \dot x_j = -\nabla_jf - h ${name}, \quad ${name} := \frac12\sum_i\nabla_{ij}f\,\nabla_if \]`;
    expect(meaningOf(GD, display('A'))).toEqual(meaningOf(GD, display('A_j')));
    const vector = R`\[ \dot x = -\nabla f - h A, \quad A := \frac12\sum_i\nabla_{ij}f\,\nabla_if \]`;
    expect(meaningOf(GD, vector)).toContain('unsummed-index');
  });

  it('limits with arrows', () => {
    const typed = (display: string, key = ' limit=large-n'): string[] => {
      const { claims, unreadable } = read(
        `${GD}% !modeq claim c${key}\n% !modeq where \\beta in (0,1)\n\\[ ${display} \\]\n`,
      );
      if (unreadable[0]) return unreadable[0].problems.map(({ code, hint }) => `${code}: ${hint ?? ''}`);
      return claims.flatMap(({ statements }) =>
        statements.map(({ left, right }) => `${oneLine(left)} = ${oneLine(right)}`),
      );
    };
    const equality = typed(R`1 - \beta^k = 1`);
    expect(equality).toHaveLength(1);
    for (const display of [
      R`1 - \beta^k \to 1`,
      R`1 - \beta^k \longrightarrow 1`,
      R`\lim_{k\to\infty} 1 - \beta^k = 1`,
      R`1 - \beta^k \to 1 \quad \text{as } k \to \infty`,
    ])
      expect(typed(display)).toEqual(equality);
    expect(typed(R`1 - \beta^k \to 1`, '')[0]).toMatch(/^relation: Say limit=large-n/);
  });

  it('a function of a number without parentheses', () => {
    const where = (display: string): string[] => meaningOf(`${GD}`, display);
    expect(where(R`\[ \log 2 + \tanh 3 = \log(2) + \tanh(3) \]`)).toHaveLength(1);
    expect(where(R`\[ \log 2 h = h \log 2 \]`)).toEqual(['function-argument']);
  });

  it('losses that come round again', () => {
    expect(meaningOf(STEPS, R`\[ \dot x = -\sigma_k\nabla f_{k \bmod m}(x) + O(\eta) \]`)).toEqual(
      meaningOf(STEPS, R`\[ \dot x = -\sigma_k\nabla f_k(x) + O(\eta) \]`),
    );
  });

  it('a letter that stands beside the parameters is no trajectory', () => {
    expect(meaningOf(GD, R`\[ \dot X = -\nabla f(x) \]`)).toEqual(['undefined-name']);
  });

  it('numbers under the parameters beside a component with its number, where labels are subscripts too', () => {
    const one = meaningOf(GD, R`\[ \dot x_1 = -\nabla_1 f - \frac h4 \nabla_2 \|\nabla f\|^2 + x_2 - x_1 + O(h^2) \]`);
    expect(one[0]).toMatch(/^flow /);
    expect(one[0]).not.toMatch(/\^\(/);
    expect(
      meaningOf(
        GD,
        R`\[ \dot x_1 = -\frac{\partial f}{\partial x_1} - \frac h4 \frac{\partial}{\partial x_2} |\nabla f|^2 + x_2 - x_1 + O(h^2) \]`,
      ),
    ).toEqual(one);
    expect(meaningOf(GD, R`\[ \dot x_j = -\nabla_j f + x_{1,j} + O(h) \]`)).not.toEqual(
      meaningOf(GD, R`\[ \dot x_j = -\nabla_j f + x_j + O(h) \]`),
    );
  });
});

describe('claims as their authors type them', () => {
  it('the gradient of a group at the current point', () => {
    const typed = R`\[ \dot x = -\nabla\Bigl(f + \frac h4\|\nabla f\|^2\Bigr)(x) + O(h^2) \]`;
    const plain = R`\[ \dot x = -\nabla\Bigl(f(x) + \frac h4\|\nabla f(x)\|^2\Bigr) + O(h^2) \]`;
    expect(meaningOf(GD, typed)).toEqual(meaningOf(GD, plain));
    // A Hessian may be applied to that vector, and so may the Jacobian of a field.
    expect(meaningOf(GD, R`\[ \dot x = -\nabla^2\bigl(f + 2f\bigr)(x) \]`)).toEqual(['argument-or-factor']);
  });

  it('labels are those of the optimizer that a claim is about', () => {
    const head = R`% !modeq notation loss=f parameters=x step=h
% !modeq optimizer one
\[ x_{t+1} = x_t - h\nabla f_t(x_t) \]
% !modeq optimizer two
\[ x_{k+1} = x_k - h\nabla f_k(x_k) \]
`;
    const about = (id: string, letter: string): string[] =>
      meaningOf(head, `% !modeq about=${id}\n\\[ \\dot x = -\\nabla f_${letter}(x) + O(h) \\]`);
    expect(about('two', 'k')).toEqual(about('one', 't'));
    expect(about('two', 'k')[0]).toMatch(/^flow /);
    expect(about('one', 'k')).toEqual(['undefined-name']);
  });

  it.each([
    R`\max_{0\le k\le T/h}\|x_k - x(kh)\| = O(h^2)`,
    R`\sup_{0\le k\le \lfloor T/h\rfloor}\|x_k - \tilde x(kh)\| = O(h^2)`,
    R`\sup_{k}\|x_k - \tilde x(kh)\|_\infty \le Ch^2`,
  ])('bounds of other forms are read: %s', display => {
    expect(meaningOf(GD, R`\[ ${display} \]`)).toEqual([expect.stringMatching(/^global-bound /)]);
  });

  it('the loss along the motion, where t counts the steps', () => {
    const head = GD.replaceAll('k', 't');
    const typed = R`\[ \frac{d}{dt}f(x) = -\|\nabla f(x)\|^2 + O(h), \quad \dot x = -\nabla f(x) + O(h) \]`;
    expect(meaningOf(head, typed)).toEqual(meaningOf(GD, typed));
    expect(meaningOf(GD, typed).length).toBe(2);
  });
});

describe('what is read and not judged, or has two readings', () => {
  const GD_T = R`% !modeq notation loss=f parameters=x step=s
% !modeq optimizer gd
\[ x_{k+1} = x_k - s\nabla f(x_k) \]
`;
  it.each([
    R`\[ \ddot X + \frac3t\dot X + \nabla f(X) = 0 \]`,
    R`\[ m\ddot x = -\nabla f(x) - \mu\dot x \]`,
    R`\[ \frac{d^2 x}{dt^2} + \gamma\frac{dx}{dt} = -\nabla f(x) \]`,
  ])('a second derivative in time: %s', display => {
    const { claims, unreadable } = read(`${GD_T}% !modeq claim c\n${display}\n`);
    expect(unreadable).toEqual([]);
    expect(claims[0]?.statements.map(({ undecided }) => undecided)).toEqual([
      expect.stringContaining('second derivative in time'),
    ]);
  });

  it.each([
    ['a condition in front of two statements', R`\[ \forall n \ge 2: n^2 \ge 2n, \quad n^3 \ge 4n \]`, 'condition'],
    ['≈ without an order', R`\[ \dot x \approx -\nabla f(x) \]`, 'approximation-without-regime'],
  ])('%s', (_, display, code) => {
    const { unreadable } = read(`${GD_T}% !modeq claim c\n${display}\n`);
    expect(unreadable[0]?.problems[0]?.code).toBe(code);
  });

  it('the identity typed as \\mathbb{1} has the hint that mends it', () => {
    const display = R`\[ \dot x = -\left(\mathbb 1 + \frac s2\nabla^2f(x)\right)\nabla f(x) \]`;
    const { unreadable } = read(`${GD_T}% !modeq claim c\n${display}\n`);
    expect(unreadable[0]?.problems[0]?.hint).toMatch(/^Write I for the identity matrix/);
    expect(read(`${GD_T}% !modeq claim c\n${display.replace(R`\mathbb 1`, 'I')}\n`).unreadable).toEqual([]);
  });
});

describe('a step that goes to zero', () => {
  it.each([R`\quad\text{as } h\to0`, R`, \qquad h \to 0^+`])('%s is told to be the leading order', condition => {
    for (const key of ['', ' limit=large-n']) {
      const { unreadable } = read(`${GD}% !modeq claim c${key}\n${R`\[ \dot x = -\nabla f(x) ${condition} \]`}\n`);
      expect(unreadable.flatMap(({ problems }) => problems.map(({ hint }) => hint))).toEqual([
        'Say order=0 on the claim, and leave this out.',
      ]);
    }
  });
});
