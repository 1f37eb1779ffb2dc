/** Rules that read the point that they make: rows beside programs of their own, equations beside the rows, equations of the literature. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/document/read/read-document.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeDocuments } from '../../src/judge/judge-documents.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { distanceOf, documentIterates, map, ownIterates, type Point, type Rule, zeros } from '../support/own-rules.ts';
import { disagreements } from './disagreements.ts';

const loaded = loadDocuments([new URL('implicit.tex', import.meta.url).pathname]);
const optimizers = loaded.documents.flatMap(document => [...document.optimizers]);
const named = (id: string): (typeof optimizers)[number] => {
  const found = optimizers.find(each => each.id === id);
  if (!found) throw new Error(id);
  return found;
};

/** x = f(x), by bisecting the way to f(x), which settles where f contracts. */
function solved(start: Point, f: (x: Point) => Point): Point {
  let x = start;
  for (let round = 0; round < 300; round += 1) x = map((a, b) => (a + b) / 2, x, f(x));
  return x;
}

const RULES: Readonly<Record<string, Rule>> = {
  'backward-euler': ({ h, gradient }, start) => {
    let theta = start;
    return n => {
      theta = solved(theta, next => map((a, g) => a - h * g, theta, gradient(n, next)));
      return theta;
    };
  },
  midpoint: ({ h, gradient }, start) => {
    let theta = start;
    return n => {
      const middle = solved(theta, y => map((a, g) => a - (h / 2) * g, theta, gradient(n, y)));
      theta = map((a, b) => 2 * b - a, theta, middle);
      return theta;
    };
  },
  'implicit-momentum': ({ h, gradient, value }, start) => {
    const beta = value('beta');
    let [theta, m] = [start, zeros(start)];
    return n => {
      const next = solved(theta, x => map((a, b, g) => a - h * (beta * b + g), theta, m, gradient(n, x)));
      m = map((a, b) => (a - b) / h, theta, next);
      theta = next;
      return theta;
    };
  },
  'implicit-heavy-ball': ({ h, gradient, value }, start) => {
    const beta = value('beta');
    let [theta, before] = [start, start];
    return n => {
      const next = solved(theta, x => map((a, b, g) => a + beta * (a - b) - h * g, theta, before, gradient(n, x)));
      [before, theta] = [theta, next];
      return theta;
    };
  },
  'implicit-decay': ({ h, gradient, value }, start) => {
    const [beta, rho, lambda, epsilon] = [value('beta'), value('rho'), value('lambda'), value('epsilon')];
    let [theta, m, v] = [start, zeros(start), zeros(start)];
    return n => {
      const g = gradient(n, theta);
      m = map((a, b) => beta * a + (1 - beta) * b, m, g);
      v = map((a, b) => rho * a + (1 - rho) * b * b, v, g);
      theta = map((a, b, c) => (a - (h * b) / Math.sqrt(c + epsilon)) / (1 + h * lambda), theta, m, v);
      return theta;
    };
  },
};

describe('implicit rules', () => {
  it('are read without problems', () => {
    expect(loaded.documents.flatMap(({ problems }) => problems.map(({ message }) => message))).toEqual([]);
    expect(optimizers).toHaveLength(7);
  });

  it.each(Object.keys(RULES))('the rows of %s are the program', async id => {
    const rule = RULES[id];
    if (!rule) throw new Error(id);
    expect(distanceOf(await documentIterates(named(id)), ownIterates(rule))).toBeLessThan(1e-13);
  });

  it.each(optimizers.map(({ id }) => id))('the equations of %s follow it', id => {
    expect(disagreements(named(id))).toEqual([]);
  });

  it('have the equations of the literature', async () => {
    const judged = await judgeDocuments(loaded.documents, standardEngine, { ...DEFAULT_OPTIONS, instances: 40 });
    expect(judged.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'euler proved',
      'middle proved',
      'trapezoid proved',
      'explicit-sign refuted',
    ]);
  });

  it('are refused where the new point has no factor h, also through a row', () => {
    const code = (rows: string): string | undefined => {
      const text = `% !modeq optimizer one\n% !modeq where \\beta in (0,1)\n\\begin{align} ${rows} \\end{align}`;
      return readDocument({ name: 'paper.tex', text }).problems[0]?.code;
    };
    const gradient = String.raw`h \nabla_j E_n(\theta^{(n)})`;
    expect(code(String.raw`\theta_j^{(n+1)} &= \beta\theta_j^{(n)} + (1-\beta)\theta_j^{(n+1)} - ${gradient}`)).toBe(
      'implicit-update',
    );
    const average = String.raw`w_j^{(n+1)} &= \beta w_j^{(n)} + (1-\beta)\theta_j^{(n+1)}, \quad w_j^{(0)} = \theta_j^{(0)} \\ `;
    expect(code(String.raw`${average}\theta_j^{(n+1)} &= w_j^{(n+1)} - ${gradient}`)).toBe('implicit-update');
    expect(code(String.raw`${average}\theta_j^{(n+1)} &= w_j^{(n)} - ${gradient}`)).toBeUndefined();
    expect(code(String.raw`\theta_j^{(n+1)} &= \theta_j^{(n)} - h \nabla_j E_n(\theta^{(n+2)})`)).toBe(
      'implicit-update',
    );
  });
});
