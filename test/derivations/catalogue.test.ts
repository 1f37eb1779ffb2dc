/**
 * The catalogue of optimizers: every document is derived and stands on the page, rows are the optimizers that programs of their own are, and the
 * page is what the engine says.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { catalogue, PAGE, pageOf, refusedCatalogue, refusedSectionOf, sectionOf } from '../../tools/optimizers-page.ts';
import { distanceOf, documentIterates, map, ownIterates, type Point, type Rule, zeros } from '../support/own-rules.ts';

const documents = builtInDocuments().documents.filter(({ file }) => file.startsWith('derivations/optimizers/'));
const page = readFileSync(PAGE, 'utf8');
const sections = page.split(/\n\n(?=##? )/).map(section => section.trim());

/** Adam's step with ε outside of the root, m and v at their corrected values. */
const adamStep = (m: Point, v: Point, beta: number, rho: number, epsilon: number, n: number): Point =>
  map((a, b) => a / (1 - beta ** (n + 1)) / (Math.sqrt(b / (1 - rho ** (n + 1))) + epsilon), m, v);
const norm = (point: Point): number => Math.hypot(...point);

const RULES: Readonly<Record<string, Rule>> = {
  'torch-sgd': ({ h, gradient, value }, start) => {
    const [mu, tau, lambda] = [value('mu'), value('tau'), value('lambda')];
    let [theta, b] = [start, zeros(start)];
    return n => {
      const g = map((a, x) => a + lambda * x, gradient(n, theta), theta);
      b = n === 0 ? g : map((a, c) => mu * a + (1 - tau) * c, b, g);
      theta = map((x, a) => x - h * a, theta, b);
      return theta;
    };
  },
  'torch-sgd-nesterov': ({ h, gradient, value }, start) => {
    const [mu, lambda] = [value('mu'), value('lambda')];
    let [theta, b] = [start, zeros(start)];
    return n => {
      const g = map((a, x) => a + lambda * x, gradient(n, theta), theta);
      b = map((a, c) => mu * a + c, b, g);
      theta = map((x, a, c) => x - h * (c + mu * a), theta, b, g);
      return theta;
    };
  },
  fista: ({ h, gradient }, start) => {
    let [x, before] = [start, start];
    return n => {
      const y = map((a, b) => a + (n / (n + 3)) * (a - b), x, before);
      [before, x] = [x, map((a, g) => a - h * g, y, gradient(n, y))];
      return x;
    };
  },
  'triple-momentum': ({ h, gradient, value }, start) => {
    const [beta, gamma] = [value('beta'), value('gamma')];
    let [x, before] = [start, start];
    return n => {
      const y = map((a, b) => (1 + gamma) * a - gamma * b, x, before);
      [before, x] = [x, map((a, b, g) => (1 + beta) * a - beta * b - h * g, x, before, gradient(n, y))];
      return x;
    };
  },
  'torch-adam': ({ h, gradient, value }, start) => {
    const [beta, rho, epsilon, lambda] = [value('beta'), value('rho'), value('epsilon'), value('lambda')];
    let [theta, m, v] = [start, zeros(start), zeros(start)];
    return n => {
      const g = map((a, x) => a + lambda * x, gradient(n, theta), theta);
      m = map((a, c) => a + (1 - beta) * (c - a), m, g);
      v = map((a, c) => rho * a + (1 - rho) * c * c, v, g);
      theta = map((x, d) => x - h * d, theta, adamStep(m, v, beta, rho, epsilon, n));
      return theta;
    };
  },
  'torch-adamw': ({ h, gradient, value }, start) => {
    const [beta, rho, epsilon, lambda] = [value('beta'), value('rho'), value('epsilon'), value('lambda')];
    let [theta, m, v] = [start, zeros(start), zeros(start)];
    return n => {
      const g = gradient(n, theta);
      m = map((a, c) => a + (1 - beta) * (c - a), m, g);
      v = map((a, c) => rho * a + (1 - rho) * c * c, v, g);
      theta = map((x, d) => x * (1 - h * lambda) - h * d, theta, adamStep(m, v, beta, rho, epsilon, n));
      return theta;
    };
  },
  adan: ({ h, gradient, value }, start) => {
    const [beta, gamma, rho] = [value('beta'), value('gamma'), value('rho')];
    const [epsilon, lambda] = [value('epsilon'), value('lambda')];
    let [theta, m, d, v] = [start, zeros(start), zeros(start), zeros(start)];
    let before: Point | null = null;
    return n => {
      const g = gradient(n, theta);
      const change = map((a, b) => a - b, g, before ?? g);
      m = map((a, c) => beta * a + (1 - beta) * c, m, g);
      d = map((a, c) => gamma * a + (1 - gamma) * c, d, change);
      v = map((a, c, e) => rho * a + (1 - rho) * (c + gamma * e) ** 2, v, g, change);
      before = g;
      theta = map(
        (x, a, b, c) => (x - (h / (Math.sqrt(c) + epsilon)) * (a + gamma * b)) / (1 + h * lambda),
        theta,
        m,
        d,
        v,
      );
      return theta;
    };
  },
  novograd: ({ h, gradient, value }, start) => {
    const [beta, rho, epsilon, lambda] = [value('beta'), value('rho'), value('epsilon'), value('lambda')];
    let [theta, m, v] = [start, zeros(start), 0];
    return n => {
      const g = gradient(n, theta);
      v = n === 0 ? norm(g) ** 2 : rho * v + (1 - rho) * norm(g) ** 2;
      m = map((a, c, x) => beta * a + c / (Math.sqrt(v) + epsilon) + lambda * x, m, g, theta);
      theta = map((x, a) => x - h * a, theta, m);
      return theta;
    };
  },
  lamb: ({ h, gradient, value }, start) => {
    const [beta, rho, epsilon, lambda] = [value('beta'), value('rho'), value('epsilon'), value('lambda')];
    let [theta, m, v] = [start, zeros(start), zeros(start)];
    return n => {
      const g = gradient(n, theta);
      m = map((a, c) => beta * a + (1 - beta) * c, m, g);
      v = map((a, c) => rho * a + (1 - rho) * c * c, v, g);
      const r = map((d, x) => d + lambda * x, adamStep(m, v, beta, rho, epsilon, n), theta);
      const ratio = norm(theta) / norm(r);
      theta = map((x, d) => x - h * ratio * d, theta, r);
      return theta;
    };
  },
  mars: ({ h, gradient, value }, start) => {
    const [beta, rho, gamma] = [value('beta'), value('rho'), value('gamma')];
    const [epsilon, lambda] = [value('epsilon'), value('lambda')];
    let [theta, before, m, v] = [start, start, zeros(start), zeros(start)];
    return n => {
      const g = gradient(n, theta);
      const c = map((a, b) => a + ((gamma * beta) / (1 - beta)) * (a - b), g, gradient(n, before));
      m = map((a, b) => beta * a + (1 - beta) * b, m, c);
      v = map((a, b) => rho * a + (1 - rho) * b * b, v, c);
      before = theta;
      theta = map((x, d) => x - h * lambda * x - h * d, theta, adamStep(m, v, beta, rho, epsilon, n));
      return theta;
    };
  },
  asam: ({ h, gradient, value }, start) => {
    const [r, eta, epsilon] = [value('r'), value('eta'), value('epsilon')];
    let theta = start;
    return n => {
      const g = gradient(n, theta);
      const size = map(x => x * x + eta, theta);
      const s = Math.sqrt(map((t, a) => t * a * a, size, g).reduce((sum, a) => sum + a, epsilon));
      const ascended = map((x, t, a) => x + (h * r * t * a) / s, theta, size, g);
      theta = map((x, a) => x - h * a, theta, gradient(n, ascended));
      return theta;
    };
  },
  optimistic: ({ h, gradient }, start) => {
    let theta = start;
    let before: Point | null = null;
    return n => {
      const g = gradient(n, theta);
      theta = map((x, a, b) => x - 2 * h * a + h * b, theta, g, before ?? g);
      before = g;
      return theta;
    };
  },
  'torch-rmsprop': ({ h, gradient, value }, start) => {
    const [rho, mu, epsilon, kappa] = [value('rho'), value('mu'), value('epsilon'), value('kappa')];
    let [theta, v, a, b] = [start, zeros(start), zeros(start), zeros(start)];
    return n => {
      const g = gradient(n, theta);
      v = map((x, c) => rho * x + (1 - rho) * c * c, v, g);
      a = map((x, c) => rho * x + (1 - rho) * c, a, g);
      b = map((x, c, s, m) => mu * x + c / (Math.sqrt(s - m * m + kappa) + epsilon), b, g, v, a);
      theta = map((x, c) => x - h * c, theta, b);
      return theta;
    };
  },
  'polyak-average': ({ h, gradient }, start) => {
    let theta = start;
    const all = [start];
    return n => {
      theta = map((x, g) => x - h * g, theta, gradient(n, theta));
      all.push(theta);
      return map((...values) => values.reduce((sum, each) => sum + each, 0) / values.length, ...all);
    };
  },
};

describe('the catalogue', () => {
  it('is read, each document one optimizer with its name and source', () => {
    expect(documents.flatMap(({ problems }) => problems)).toEqual([]);
    expect(documents.map(({ file }) => file)).toEqual(catalogue().map(name => `derivations/optimizers/${name}`));
    for (const { file, optimizers } of documents)
      expect(optimizers.map(({ id }) => `derivations/optimizers/${id}.tex`)).toEqual([file]);
    expect(documents.length).toBeGreaterThan(50);
  });

  it('has the rows of programs written apart', async () => {
    for (const [id, rule] of Object.entries(RULES)) {
      const optimizer = documents.flatMap(({ optimizers }) => optimizers).find(each => each.id === id);
      if (optimizer === undefined) throw new Error(`${id} is not there`);
      const own = ownIterates(rule);
      const rows = await documentIterates(optimizer);
      expect(distanceOf(rows, own), id).toBeLessThan(1e-12);
      expect(
        distanceOf(
          rows,
          ownIterates((world, start) => rule({ ...world, h: world.h * 1.01 }, start)),
        ),
        id,
      ).toBeGreaterThan(1e-6);
    }
  });
});

describe('docs/optimizers.md', () => {
  it('has a section for each document, and nothing else', () => {
    const wanted = [...catalogue(), ...refusedCatalogue()].length;
    expect(sections.filter(section => section.startsWith('## ')).length).toBe(wanted);
    const [head = ''] = sections;
    expect(pageOf([], [])).toContain(head);
  });

  it.each(refusedCatalogue())('%s is refused, with the reason that the page gives', name => {
    expect(sections).toContain(refusedSectionOf(name));
  });

  it.each(catalogue())('%s is what the engine derives', name => {
    expect(sections).toContain(sectionOf(name));
  });
});
