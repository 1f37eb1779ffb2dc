import { describe, expect, it } from 'vitest';
import {
  modulus,
  addition,
  call,
  divide,
  gradient,
  index,
  iterate,
  multiplication,
  number,
  parameter,
  toPower,
  quantity,
  root,
  schedule,
  step,
  subtraction,
} from '../../src/formula/build.ts';
import { COMPONENT, type Formula, type Vector } from '../../src/formula/formula.ts';
import { oneLine } from '../../src/formula/one-line.ts';
import { Rational } from '../../src/number/rational.ts';
import { buildOptimizer } from '../../src/optimizer/build-optimizer.ts';
import { iterationPlus } from '../../src/optimizer/label.ts';
import { type Declaration, DEFAULT_NOTATION, type Notation, type Optimizer } from '../../src/optimizer/model.ts';
import type { Row } from '../../src/optimizer/row.ts';

const source = { name: 'hand.tex', text: 'rows written by hand' };
const span = { source, start: 0, end: 4 };
const j = index(COMPONENT);
const beta = parameter('\\beta');
const n = (offset: number): Formula => iterationPlus(offset);
const theta = (offset: number): Formula => iterate(j, n(offset));
const at = (body: Formula): Vector => ({ index: COMPONENT, body });
/** ∇_j E_{n+batch} at the point with component `body`. */
const slope = (batch: number, body: Formula): Formula => gradient([j], n(batch), at(body));
const named = (name: string, offset: number): Formula => quantity(name, [j], [n(offset)]);
const row = (name: string, label: Formula | null, right: Formula, componentTyped = true): Row => ({
  kind: 'name',
  name,
  componentTyped,
  label,
  right,
  span,
});
const update = (offset: number, right: Formula): Row => ({ kind: 'update', label: n(offset), right, span });
const declarations: Declaration[] = [
  {
    kind: 'scalar',
    name: '\\beta',
    domain: { lower: Rational.zero, lowerOpen: true, upper: Rational.one, upperOpen: true },
    span: null,
  },
];

const build = (rows: Row[], notation: Partial<Notation> = {}) =>
  buildOptimizer({ id: 'x', rows, declarations, notation: { ...DEFAULT_NOTATION, ...notation }, span });

function built(rows: Row[], notation: Partial<Notation> = {}): Optimizer {
  const result = build(rows, notation);
  if (!result.ok) throw new Error(result.problems.map(problem => `${problem.code}: ${problem.message}`).join('; '));
  return result.value;
}

function codeOf(rows: Row[], notation: Partial<Notation> = {}): string {
  const result = build(rows, notation);
  return result.ok ? 'accepted' : (result.problems[0]?.code ?? 'no problem');
}

const momentum = (offset: number, own: Formula, input: Formula): Row =>
  row('m', n(offset), addition(multiplication(beta, own), input));
const descend = (direction: Formula): Row => update(1, subtraction(theta(0), multiplication(step, direction)));

describe('the model of an optimizer', () => {
  it('keeps labels that already count as the model does', () => {
    const optimizer = built([momentum(1, named('m', 0), slope(0, theta(0))), descend(named('m', 1))]);
    expect(optimizer.states.map(state => state.name)).toEqual(['m']);
    expect(oneLine(optimizer.states[0]?.right ?? step)).toBe(
      oneLine(addition(multiplication(beta, named('m', 0)), slope(0, theta(0)))),
    );
    expect(optimizer.states[0]?.initial).toEqual(number(0));
    expect(oneLine(optimizer.update)).toBe(oneLine(subtraction(theta(0), multiplication(step, named('m', 1)))));
  });

  it('moves a state that is made with the label n up by one', () => {
    const optimizer = built([momentum(0, named('m', -1), slope(0, theta(0))), descend(named('m', 0))]);
    expect(oneLine(optimizer.states[0]?.right ?? step)).toBe(
      oneLine(addition(multiplication(beta, named('m', 0)), slope(0, theta(0)))),
    );
    expect(oneLine(optimizer.update)).toBe(oneLine(subtraction(theta(0), multiplication(step, named('m', 1)))));
  });

  it('counts rows from 1 so that the first step uses the first loss', () => {
    const rows = [
      momentum(0, named('m', -1), named('g', 0)),
      row('g', n(0), slope(0, theta(-1))),
      row('\\hat{m}', n(0), divide(named('m', 0), subtraction(number(1), toPower(beta, n(0))))),
      update(0, subtraction(theta(-1), multiplication(step, named('\\hat{m}', 0)))),
    ];
    const optimizer = built(rows, { index: 'subscript' });
    const [state] = optimizer.states;
    expect(oneLine(state?.right ?? step)).toBe(oneLine(addition(multiplication(beta, named('m', 0)), named('g', 1))));
    const g = optimizer.quantities.find(each => each.name === 'g');
    expect(oneLine(g?.body ?? step)).toBe(oneLine(slope(-1, theta(-1))));
    expect(oneLine(optimizer.update)).toBe(oneLine(subtraction(theta(0), multiplication(step, named('\\hat{m}', 1)))));
  });

  it('counts from 1 where 1 − β^t would be zero in the first step', () => {
    const corrected = divide(named('m', 0), subtraction(number(1), toPower(beta, n(0))));
    const rows = [momentum(0, named('m', -1), slope(0, theta(0))), descend(corrected)];
    const optimizer = built(rows, { index: 'subscript' });
    expect(oneLine(optimizer.update)).toContain(oneLine(subtraction(number(1), toPower(beta, n(1)))));
    expect(oneLine(optimizer.states[0]?.right ?? step)).toContain(oneLine(slope(0, theta(0))));
    expect(codeOf(rows)).toBe('division-by-zero');
  });

  it('shifts a quantity so that its label is its iteration', () => {
    const optimizer = built([
      row('y', n(1), addition(theta(1), multiplication(beta, subtraction(theta(1), theta(0))))),
      descend(slope(0, named('y', 0))),
    ]);
    expect(oneLine(optimizer.quantities[0]?.body ?? step)).toBe(
      oneLine(addition(theta(0), multiplication(beta, subtraction(theta(0), theta(-1))))),
    );
  });

  it('begins one step later where the initial row gives what the first step makes', () => {
    const start = row('m', number(0), gradient([j], number(0), at(iterate(j, number(0)))));
    const optimizer = built([start, momentum(0, named('m', -1), slope(0, theta(0))), descend(named('m', 0))]);
    const [state] = optimizer.states;
    expect(oneLine(state?.right ?? step)).toBe(
      oneLine(addition(multiplication(beta, named('m', 0)), slope(1, theta(1)))),
    );
    expect(oneLine(optimizer.update)).toBe(oneLine(subtraction(theta(0), multiplication(step, named('m', 0)))));
  });

  it('takes a scalar recursion without components', () => {
    const optimizer = built([
      row('b', n(1), addition(multiplication(beta, named('b', 0)), number(1)), false),
      descend(divide(slope(0, theta(0)), named('b', 1))),
    ]);
    expect(optimizer.states[0]?.componentwise).toBe(false);
    expect(oneLine(optimizer.update)).toContain(oneLine(quantity('b', [], [n(1)])));
  });

  it('sees a recursion that goes through an intermediate row', () => {
    const optimizer = built([
      row('a', n(0), multiplication(beta, named('m', 0))),
      row('m', n(1), addition(named('a', 0), slope(0, theta(0)))),
      descend(named('m', 1)),
    ]);
    expect(optimizer.states.length).toBe(1);
  });

  it('accepts look-ahead, also through a velocity of size O(h), and two-step rules', () => {
    const velocity = [
      row(
        'v',
        n(1),
        subtraction(
          multiplication(beta, named('v', 0)),
          multiplication(step, slope(0, addition(theta(0), multiplication(beta, named('v', 0))))),
        ),
      ),
      update(1, addition(theta(0), named('v', 1))),
    ];
    const twoStep = [
      update(
        1,
        addition(
          theta(0),
          multiplication(beta, subtraction(theta(0), theta(-1))),
          multiplication(step, slope(0, theta(0))),
        ),
      ),
    ];
    const decay = [
      update(
        1,
        subtraction(
          multiplication(subtraction(number(1), multiplication(step, beta)), theta(0)),
          multiplication(step, slope(0, theta(0))),
        ),
      ),
    ];
    expect([velocity, twoStep, decay].map(rows => codeOf(rows))).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('accepts products of different states and schedules', () => {
    const rows = [
      momentum(1, named('m', 0), slope(0, theta(0))),
      row(
        'v',
        n(1),
        addition(
          multiplication(beta, named('v', 0)),
          toPower(subtraction(slope(0, theta(0)), named('m', 1)), number(2)),
        ),
      ),
      row('w', n(1), multiplication(named('w', 0), named('m', 0))),
      descend(
        multiplication(
          schedule('\\eta', n(0)),
          divide(named('m', 1), root(addition(named('v', 1), named('w', 0), number(1)))),
        ),
      ),
    ];
    expect(codeOf(rows)).toBe('accepted');
  });
});

describe('refusals', () => {
  const g = slope(0, theta(0));
  const cases: [string, Row[]][] = [
    ['no-update', [momentum(1, named('m', 0), g)]],
    ['two-updates', [descend(g), descend(g)]],
    ['two-rows', [momentum(1, named('m', 0), g), momentum(1, named('m', 0), g), descend(named('m', 1))]],
    ['state-never-updated', [row('m', number(0), number(1)), descend(g)]],
    ['initial-value-not-read', [row('m', number(0), number(1)), row('m', n(1), g), descend(named('m', 1))]],
    ['bad-initial-row', [row('m', number(3), number(1)), momentum(1, named('m', 0), g), descend(named('m', 1))]],
    ['state-not-linear', [row('m', n(1), toPower(named('m', 0), number(2))), descend(named('m', 1))]],
    ['state-not-linear', [row('m', n(1), root(addition(named('m', 0), number(1)))), descend(named('m', 1))]],
    ['state-not-linear', [row('m', n(1), call('tanh', named('m', 0))), descend(named('m', 1))]],
    [
      'state-not-linear',
      [
        row('a', n(0), toPower(named('m', 0), number(2))),
        row('m', n(1), addition(named('m', 0), named('a', 0))),
        descend(named('m', 1)),
      ],
    ],
    ['state-too-far-back', [row('m', n(1), addition(named('m', 0), named('m', -9), g)), descend(named('m', 1))]],
    [
      'state-too-far-back',
      [
        row('m', number(0), number(1)),
        row('m', n(1), addition(named('m', 0), named('m', -1), g)),
        descend(named('m', 1)),
      ],
    ],
    ['state-too-far-back', [momentum(1, named('m', 0), g), descend(named('m', -12))]],
    ['definition-cycle', [row('a', n(1), named('b', 1)), row('b', n(1), named('a', 1)), descend(named('a', 1))]],
    ['definition-cycle', [row('m', n(1), addition(named('m', 1), g)), descend(named('m', 1))]],
    [
      'memory-does-not-fade',
      [
        row(
          'm',
          n(1),
          addition(
            multiplication(subtraction(number(1), multiplication(beta, step)), named('m', 0)),
            multiplication(step, g),
          ),
        ),
        descend(named('m', 1)),
      ],
    ],
    ['update-not-small', [update(1, subtraction(theta(0), g))]],
    ['update-not-small', [update(1, subtraction(multiplication(beta, theta(0)), multiplication(step, g)))]],
    ['shift-not-small', [descend(slope(0, addition(theta(0), beta)))]],
    ['shift-not-small', [descend(slope(0, multiplication(beta, theta(0))))]],
    ['shift-not-small', [momentum(1, named('m', 0), g), descend(slope(0, addition(theta(0), named('m', 1))))]],
    [
      'implicit-update',
      [
        update(
          1,
          subtraction(
            addition(theta(0), multiplication(beta, subtraction(theta(1), theta(0)))),
            multiplication(step, g),
          ),
        ),
      ],
    ],
    ['implicit-update', [descend(slope(0, theta(2)))]],
    ['loss-not-available', [descend(slope(1, theta(0)))]],
    ['division-by-zero', [descend(divide(g, subtraction(beta, beta)))]],
    ['fixed-start', [{ kind: 'update', label: number(0), right: number(1), span }, descend(g)]],
    ['undefined-name', [descend(named('u', 0))]],
  ];
  it.each(cases)('%s (case %#)', (code, rows) => {
    expect(codeOf(rows)).toBe(code);
  });

  it('names a place in the text', () => {
    const result = build([descend(modulus(named('u', 0)))]);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.problems[0]?.span).toEqual(span);
  });
});
