import { describe, expect, it } from 'vitest';
import { oneLine, oneLineDefinition } from '../../src/formula/one-line.ts';
import { claimOf, GD, problemsOf, read } from './reading.ts';

/** A claim `c` with keys and a display. */
const claim = (display: string, keys = '', where = ''): string =>
  `% !modeq claim c ${keys}\n${where === '' ? '' : `% !modeq where ${where}\n`}\\begin{gather}\n${display}\n\\end{gather}\n`;
const statementsOf = (display: string, keys = '', where = ''): string[] =>
  claimOf(claim(display, keys, where)).statements.map(
    ({ kind, left, relation, right }) => `${kind}: ${oneLine(left)} ${relation} ${oneLine(right)}`,
  );

describe('what a statement says', () => {
  it.each([
    [String.raw`\dot{\tilde\theta}_j(t) = -\nabla_j E_n(\tilde\theta(t))`, 'flow: theta_j = -d_j E_n(theta)'],
    [String.raw`\dot\theta_j = -\nabla_j E_n(\theta)`, 'flow: theta_j = -d_j E_n(theta)'],
    [String.raw`\frac{d\theta_j}{dt} = -\nabla_j E_n(\theta)`, 'flow: theta_j = -d_j E_n(theta)'],
    [String.raw`\dot\theta = -\nabla E_n(\theta)`, 'flow: theta_j = -d_j E_n(theta)'],
    [
      String.raw`\theta_j^{(n+1)} = \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n)})`,
      'map: theta_j^(n + 1) = theta_j^(n) - h*d_j E_n(theta^(n))',
    ],
    [
      String.raw`\widetilde E(\theta) = E(\theta) + h E(\theta)`,
      String.raw`modified-loss: \tilde{E} = E(theta) + h*E(theta)`,
    ],
    [
      String.raw`\widetilde E_{\mathrm{SGD}}(\theta) = E(\theta)`,
      String.raw`modified-loss: \tilde{E}_{\mathrm{SGD}} = E(theta)`,
    ],
    [
      String.raw`\|\tilde\theta(nh) - \theta^{(n)}\| \le C h^2`,
      String.raw`global-bound: ‖[c: theta_c - theta_c^(n)]‖ \le C*h^2`,
    ],
    [
      String.raw`\nabla_j E_k(\tilde\theta(t_k)) = \nabla_j E_k(\theta)`,
      'expansion: d_j E_k(theta^(k)) = d_j E_k(theta)',
    ],
    [
      String.raw`\nabla_j \|\nabla E(\theta)\|^2 = 2 \sum_i \nabla_{ij} E(\theta) \nabla_i E(\theta)`,
      'identity: d_j (‖[c: d_c E(theta)]‖^2) = 2*(sum(i=1..p) d_ij E(theta)*d_i E(theta))',
    ],
  ])('%s', (display, expected) => {
    expect(statementsOf(display)).toEqual([expected]);
  });

  it('splits chains and rows, and numbers the statements', () => {
    const read = claimOf(
      claim(
        String.raw`\dot\theta_j = -\nabla_j E_n(\theta) + O(h) \\ 1 + x < 2 \quad x + 1 = 1 + x = x + 1`,
        '',
        'x < 1',
      ),
    );
    expect(read.statements.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'c.1 flow',
      'c.2 identity',
      'c.3 identity',
      'c.4 identity',
    ]);
  });

  it('takes a quantity of given as a statement about it', () => {
    const text = String.raw`% !modeq claim first
\[ \dot\theta_j = -R_j^{(n)}(\theta), \quad R_j^{(n)}(\theta) := \nabla_j E_n(\theta) \]
% !modeq claim second given=first
\[ R_j^{(n)}(\theta) = \nabla_j E(\theta) \]`;
    const [, second] = read(GD + text).claims;
    expect(second?.statements.map(({ kind }) => kind)).toEqual(['given-quantity']);
    expect(second?.definitions).toEqual([]);
    expect(second?.setting).toBe('full-batch');
  });
});

describe('definitions', () => {
  it('reads them in any order, nested, with any formal letters', () => {
    const { definitions } = claimOf(
      claim(
        String.raw`\dot\theta_j = -A_j^{(n)}(\tilde\theta(t)), \\ A_i^{(l)}(x) := B_i^{(l)}(x)^2, \quad B_a^{(m)} := \nabla_a E_m(\theta)`,
      ),
    );
    expect(definitions.map(each => oneLineDefinition(each))).toEqual([
      'A_i^(l) := B_i^(l)(theta)^2',
      'B_a^(m) := d_a E_m(theta)',
    ]);
  });

  it('moves a shifted label into the body', () => {
    const { definitions } = claimOf(
      claim(String.raw`\dot\theta_j = -A_j^{(n+1)}, \quad A_j^{(n+1)} := \nabla_j E_n(\theta)`),
    );
    expect(definitions.map(each => oneLineDefinition(each))).toEqual(['A_j^(n) := d_j E_(n - 1)(theta)']);
  });

  it('takes = for := where the name means nothing else and is used', () => {
    const read = claimOf(claim(String.raw`\dot\theta_j = -\gamma_n \nabla_j E_n(\theta) \\ \gamma_n = \frac{1}{n+1}`));
    expect(read.definitions.map(({ name, indexSorts }) => `${name} ${indexSorts.join()}`)).toEqual(['\\gamma history']);
    expect(read.statements.length).toBe(1);
  });

  it('learns from the body what a subscript counts', () => {
    const { definitions } = claimOf(
      claim(
        String.raw`\dot\theta_j = -\sum_{k=0}^n c_k \nabla_j E_k(\theta), \quad c_s := \frac{1}{s+1} + d_s, \quad d_s := \frac{\nabla_1 E_s}{2}`,
      ),
    );
    expect(definitions.map(({ name, indexSorts }) => `${name} ${indexSorts.join()}`)).toEqual([
      'c history',
      'd history',
    ]);
  });

  it('refuses circles, doubles, declared names and names that nothing defines', () => {
    const flow = String.raw`\dot\theta_j = -A_j`;
    expect(problemsOf(GD + claim(`${flow}, \\quad A_j := B_j, \\quad B_j := A_j`))).toEqual([
      'c: definition-cycle 5:28',
    ]);
    expect(problemsOf(GD + claim(`${flow}, \\quad A_j := 1, \\quad A_j := 2`))).toEqual(['c: defined-twice 5:44']);
    expect(problemsOf(GD + claim(`${flow}, \\quad A_j := 1`, '', 'A > 0'))).toContain('c: declared-and-defined 6:28');
    expect(problemsOf(GD + claim(flow))).toEqual(['c: undefined-name 5:17']);
    expect(problemsOf(GD + claim(String.raw`\dot\theta_j = -\bar A_j, \quad \bar A_j := 1, \quad A_j = 2`))).toEqual([
      'c: undefined-name 5:54',
    ]);
    expect(problemsOf(GD + claim('A_j := 1'))).toEqual(['c: no-statement 4:1']);
  });
});

describe('defaults', () => {
  const order = (display: string, keys = ''): number => claimOf(claim(display, keys)).order;

  it.each([
    [String.raw`a_{n+1} := \beta a_n, \quad a_0 := 1 \\ a_n = \beta^{n+1}`],
    [String.raw`\sum_{k=0}^n c_k = 1, \quad c_k := \beta^k, \quad c_0 := 0`],
    [String.raw`\dot\theta_j = -c_n\nabla_jE_n + O(h), \quad c_n := 1-\beta^{n+1}, \quad c_{1} := 0`],
  ])('a number in a subscript beside a family of that name is refused: %s', display => {
    const text = GD + claim(display, 'about=gd', String.raw`\beta in (0,1)`);
    expect(problemsOf(text).map(each => each.split(' ')[1])).toEqual(['value-or-name']);
  });
  it('a name with a number beside others is one', () => {
    const display = String.raw`c_1 + c_2 = 2\beta, \quad c_1 := \beta, \quad c_2 := c_1, \quad d_n := n, \quad d_n \ge 0`;
    expect(problemsOf(GD + claim(display, 'about=gd', String.raw`\beta in (0,1)`))).toEqual([]);
  });

  it('is refused where the remainder hides all, or the key says another order', () => {
    const problems = (display: string, keys = ''): string[] => problemsOf(GD + claim(display, keys));
    expect(problems(String.raw`\dot\theta_j = O(1)`)).toEqual(['c: says-nothing 5:1']);
    expect(problems(String.raw`E(\theta) = O(1)`)).toEqual(['c: says-nothing 5:1']);
    expect(problems(String.raw`\dot\theta_j = -\nabla_jE_n + O(h)`, 'order=1')).toEqual(['c: order-and-remainder 5:1']);
    expect(problems(String.raw`\dot\theta_j = -\nabla_jE_n + O(h^3)`, 'order=0')).toEqual([
      'c: order-and-remainder 5:1',
    ]);
    expect(problems(String.raw`\dot\theta_j = -\nabla_jE_n + O(h^2)`, 'order=1')).toEqual([]);
  });

  it('of what the rows make, without a series in h, is two: it holds as it stands', () => {
    expect(order(String.raw`\theta^{(n+1)} - \theta^{(n)} = 0`)).toBe(2);
    expect(order(String.raw`\nabla_jE_n(\theta^{(n)}) = \nabla_jE_n(\theta^{(n+1)})`)).toBe(2);
    expect(order(String.raw`\nabla_jE_n(\theta^{(n+1)}) = \nabla_jE_n(\theta)`)).toBe(0);
    expect(order(String.raw`\nabla_jE_n(\theta^{(n)}) = \nabla_jE_n(\theta^{(n+1)})`, 'order=0')).toBe(0);
  });

  it('takes the order from the key, the remainder or the highest power of h', () => {
    expect(order(String.raw`\dot\theta_j = -\nabla_j E_n(\theta)`)).toBe(0);
    expect(order(String.raw`\dot\theta_j = -\nabla_j E_n(\theta)`, 'order=2')).toBe(2);
    expect(order(String.raw`\dot\theta_j = -\nabla_j E_n(\theta) + O(h^2)`)).toBe(1);
    expect(order(String.raw`\dot\theta_j = -\nabla_j E_n(\theta) + o(h)`)).toBe(1);
    expect(order(String.raw`\dot\theta_j = -\frac{1}{h}(h \nabla_j E_n(\theta) + h^3 \theta_j)`)).toBe(2);
    expect(order(String.raw`\dot\theta_j = A_j, \quad A_j := h \theta_j`)).toBe(1);
    expect(order(String.raw`\theta_j^{(n+1)} = \theta_j^{(n)} - h \theta_j + h^2 \theta_j`)).toBe(1);
    expect(order(String.raw`\theta_j^{(n+1)} = \theta_j^{(n)} - h \theta_j + O(h^3)`)).toBe(1);
    expect(order(String.raw`\theta_j^{(n+1)} = \theta_j^{(n)} + O(h)`)).toBe(0);
    expect(order(String.raw`\|\tilde\theta(nh) - \theta^{(n)}\| \le C h^2`)).toBe(1);
    expect(problemsOf(GD + claim(String.raw`\dot\theta_j = \sqrt{1+h} \theta_j`))).toEqual(['c: order-missing 5:1']);
  });

  it('takes the setting from the losses', () => {
    const setting = (display: string, keys = ''): string => claimOf(claim(display, keys)).setting;
    expect(setting(String.raw`\dot\theta_j = -\nabla_j E_n(\theta)`)).toBe('mini-batch');
    expect(setting(String.raw`\dot\theta_j = -\nabla_j E(\theta)`)).toBe('full-batch');
    expect(setting(String.raw`\dot\theta_j = -\nabla_j E_n(\theta)`, 'setting=full-batch')).toBe('full-batch');
    expect(setting('1 < 2')).toBe('mini-batch');
    expect(problemsOf(GD + claim(String.raw`\dot\theta_j = -\nabla_j E(\theta) - \nabla_j E_n(\theta)`))).toEqual([
      'c: unindexed-loss 5:26',
    ]);
    expect(problemsOf(GD + claim(String.raw`\dot\theta_j = -\nabla_j E(\theta)`, 'setting=mini-batch'))).toEqual([
      'c: unindexed-loss 5:26',
    ]);
  });

  it('is about the only optimizer of the file', () => {
    expect(claimOf(claim('1 < 2')).about).toBe('gd');
    const two = GD + GD.replace('optimizer gd', 'optimizer other');
    expect(problemsOf(two + claim(String.raw`\dot\theta_j = -\nabla_j E_n(\theta)`))).toEqual(['c: missing-about 7:1']);
    expect(problemsOf(two + claim('1 < 2'))).toEqual([]);
  });
});

describe('keys of claims', () => {
  it('reads every key', () => {
    const text = `${claim(String.raw`\dot\theta_j \approx -\nabla_j E(\theta)`, String.raw`about=gd setting=full-batch order=1 limit=n->infinity regime=small-gradient part=memory at={\beta=0, \rho = \frac12} same-as=d given={d} assume={\beta \ne \rho, \nabla_j E > 0, what?} rescale={h \to h(1-\beta)/\sqrt\rho} vector=componentwise expect=undecided`, String.raw`\beta, \rho in [0,1)`)}
% !modeq claim d
\\[ \\dot\\theta_j = -\\nabla_j E_n(\\theta) \\]`;
    const read = claimOf(text);
    expect(read).toMatchObject({
      about: 'gd',
      setting: 'full-batch',
      order: 1,
      limit: 'large-n',
      regime: 'small-gradient',
      part: 'memory',
      sameAs: 'd',
      given: ['d'],
      vector: 'componentwise',
      expect: 'undecided',
    });
    expect(read.at.map(({ name, value }) => `${name} = ${oneLine(value)}`)).toEqual(['\\beta = 0', '\\rho = 1/2']);
    expect(read.assume.map(({ text, comparisons }) => `${text}: ${comparisons.length}`)).toEqual([
      '\\beta \\ne \\rho: 1',
      '\\nabla_j E > 0: 1',
      'what?: 0',
    ]);
    expect(read.rescale && oneLine(read.rescale)).toBe('(h*(1 - \\beta))/sqrt(\\rho)');
  });

  it('continues on further lines, and takes the id from the label', () => {
    const read = claimOf(String.raw`% !modeq claim about=gd
  % !modeq order=1
  % !modeq where x > 0, y in [0,1]
  % !modeq expect=refuted
\begin{equation}\label{eq:one}
  \dot\theta_j = -x y \nabla_j E_n(\theta)
\end{equation}`);
    expect(read).toMatchObject({ id: 'eq:one', order: 1, expect: 'refuted' });
    expect(read.declarations.map(({ name }) => name)).toEqual(['x', 'y']);
  });

  it('reads inline claims', () => {
    expect(claimOf('% !modeq claim c about=gd expect=refuted: $1 = 2$.')).toMatchObject({
      id: 'c',
      about: 'gd',
      expect: 'refuted',
    });
  });

  it.each([
    ['order=1.5', 'unknown-value 3:24'],
    ['order=-1', 'unknown-value 3:24'],
    ['setting=full', 'unknown-value 3:26'],
    ['expect=prooved', 'unknown-value 3:25'],
    ['exect=proved', 'unknown-key 3:18'],
    ['order=1 order=2', 'duplicate-key 3:26'],
    ['about=', 'missing-value 3:23'],
    ['about=nobody', 'unknown-optimizer 3:24'],
    ['given=nothing', 'unknown-given 3:24'],
    ['same-as=nothing', 'unknown-claim 3:26'],
    ['at={\\beta=0}', 'bad-value 3:22'],
    ['rescale={\\eta \\to h}', 'bad-value 3:27'],
    ['assume={a', 'unbalanced-braces 3:25'],
    ['stray', 'broken-magic-comment 3:18'],
    ['vector=yes', 'unknown-value 3:25'],
    ['flow={\\theta = 1}', 'bad-value 3:24'],
  ])('%s', (keys, problem) => {
    expect(problemsOf(GD + claim(String.raw`\dot\theta_j = 0`, keys))).toContain(`c: ${problem}`);
  });

  it('keeps the expectation of a claim that is unreadable', () => {
    const document = read(GD + claim('a = b', 'expect=unreadable'));
    expect(document.unreadable.map(({ id, expect: expected }) => [id, expected])).toEqual([['c', 'unreadable']]);
  });

  it('reads flow= with the name of the modified loss', () => {
    const display = String.raw`\widetilde E(\theta) = E(\theta) + h \|\nabla E(\theta)\|^2`;
    const read = claimOf(claim(display, String.raw`flow={\dot\theta = -c\nabla\widetilde E}`, 'c > 0'));
    expect(read.statements[0]?.kind).toBe('modified-loss');
    expect(read.flow && oneLine(read.flow)).toBe('-c*d_j \\tilde{E}');
  });

  it('needs a regime for ≈', () => {
    expect(problemsOf(GD + claim(String.raw`\dot\theta_j \approx 0`))).toEqual(['c: approximation-without-regime 5:1']);
  });
});

describe('conditions', () => {
  const conditionOf = (display: string) => claimOf(claim(display, '', 'x > 0')).statements[0]?.condition ?? null;

  it('reads comparisons, and drops what is always so', () => {
    expect(conditionOf(String.raw`x = 1 \quad \text{if } x \ge 1`)?.comparisons.length).toBe(1);
    expect(conditionOf(String.raw`\dot\theta_j = x \theta_j, \quad t \in [nh, (n+1)h]`)?.comparisons.length).toBe(2);
    expect(conditionOf(String.raw`\dot\theta_j = x \theta_j, \quad n = 0, 1, \ldots`)).toBe(null);
    expect(conditionOf(String.raw`\dot\theta_j = x \theta_j, \quad j = 1, \ldots, p`)).toBe(null);
    expect(conditionOf(String.raw`\dot\theta_j = x \theta_j, \quad n = 0, 1, \ldots, N`)).toBe(null);
    expect(conditionOf(String.raw`x = 1 \quad \text{for all } n`)).toBe(null);
    const later = conditionOf(String.raw`\dot\theta_j = x \theta_j, \quad n = 2, 3, \ldots`)?.comparisons ?? [];
    expect(later.map(({ left, relation, right }) => [oneLine(left), relation, oneLine(right)])).toEqual([
      ['n', '\\ge', '2'],
    ]);
    expect(conditionOf(String.raw`x > 1 \iff 2x > 2`)?.equivalence).toBe(true);
  });

  it.each([
    String.raw`x < 1 \quad \text{if } x < 1,5`,
    String.raw`x < 1 \quad \text{if } x < 1, x`,
    String.raw`x < 1 \quad \text{if } x, x < 1`,
    String.raw`x < 1 \iff x < 1, 5`,
    String.raw`x < 1, \quad n \ge 1, 5`,
    String.raw`x < 1 \quad \text{for } n = 0, 1`,
    String.raw`x < 1 \quad \text{for } n = 0, 1, \ldots, 5`,
    String.raw`x < 1 \quad \text{for } n = 0, 2, \ldots`,
  ])('refuses a part that compares nothing: %s', display => {
    expect(problemsOf(GD + claim(display, '', 'x > 0'))).toEqual([expect.stringMatching(/^c: condition /)]);
  });

  it('leaves an assumption with such a part without comparisons, which nobody passes over', () => {
    const { assume } = claimOf(claim('x < 1', 'assume={x < 1,5}', 'x > 0'));
    expect(assume.map(({ comparisons }) => comparisons.length)).toEqual([1, 0]);
  });

  it('keeps the text of what it does not understand', () => {
    expect(conditionOf(String.raw`x = 1 \quad \text{if } y \in \mathbb{R}`)).toMatchObject({ comparisons: [] });
  });
});
