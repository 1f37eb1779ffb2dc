/** Figures as documents: whole, of their own, the same bytes twice, and what they claim holds in their numbers. */
import { describe, expect, test } from 'vitest';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import { drawCoefficientFigures } from '../../src/figures/coefficient-figures.ts';
import { drawFigure } from '../../src/figures/figure-page.ts';
import { complaintsAboutSvg } from '../support/svg-document.ts';

const optimizers = builtInDocuments().documents.flatMap(document => document.optimizers);
function draw(): ReturnType<typeof drawCoefficientFigures> {
  const [adam, rmsprop] = ['adam', 'rmsprop'].map(id => optimizers.find(optimizer => optimizer.id === id));
  if (adam === undefined || rmsprop === undefined) throw new Error('both come with the package');
  return drawCoefficientFigures(adam, rmsprop);
}
const figures = draw();
function numbersOf(name: string): unknown {
  return figures.find(figure => figure.name === name)?.numbers;
}

describe('the figures on the coefficients', () => {
  test.each(figures.map(figure => [figure.name, figure] as const))(
    '%s is a self-contained SVG document',
    (_, { svg }) => {
      expect(complaintsAboutSvg(svg)).toEqual([]);
    },
  );

  test('the map has one bar of colours, a value at each border between two of them, and no swatches', () => {
    const svg = figures.find(({ name }) => name === 'coefficient-map')?.svg ?? '';
    const bar = [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="14" fill="(#[\da-f]{6})"/g)];
    expect(new Set(bar.map(([, , y]) => y)).size).toBe(1);
    expect(new Set(bar.map(([, , , , colour]) => colour)).size).toBe(10);
    const ends = bar.map(([, x, , width]) => Number(x) + Number(width));
    for (const [at, [, x]] of bar.slice(1).entries()) expect(Number(x)).toBeCloseTo(ends[at] ?? 0, 1);
    const borders = ['−1,000', '−100', '−10', '−1', '0', '1', '10', '100', '1,000'];
    const values = [...svg.matchAll(/<text x="([\d.]+)"[^>]* text-anchor="middle">([−\d,]+)</g)].filter(([, x]) =>
      ends.some(end => Math.abs(end - Number(x)) < 0.02),
    );
    expect(values.slice(0, 9).map(([, , value]) => value)).toEqual(borders);
  });

  test('the axes have real subscripts', () => {
    for (const { svg } of figures) expect(svg).not.toMatch(/[ⱼ₁₂]/);
    expect(figures.find(({ name }) => name === 'coefficient-steps')?.svg).toMatch(
      />λ<tspan dy="[\d.]+" font-size="9">j</,
    );
  });

  test('are the same bytes when they are drawn again', () => {
    expect(draw().map(({ svg }) => svg)).toEqual(figures.map(({ svg }) => svg));
  });

  test('the map: the boundary moves to larger ρ with β and with ε/|∇_jE|²', () => {
    const { maps } = numbersOf('coefficient-map') as {
      maps: { ratio: number; boundary: { beta: number; rho: number }[] }[];
    };
    expect(maps.length).toBeGreaterThan(3);
    for (const [at, { ratio, boundary }] of maps.entries()) {
      for (const { beta, rho } of boundary) {
        expect((1 + rho) / (1 - rho) / ((1 + beta) / (1 - beta)) / (1 + ratio)).toBeCloseTo(1, 5);
        expect(rho).toBeGreaterThan(beta);
      }
      const before = maps[at - 1]?.boundary[0]?.rho ?? 0;
      if (boundary[0] !== undefined) expect(boundary[0].rho).toBeGreaterThan(before);
    }
  });

  test('the steps: thousands at ρ = 0.999, and the value there is within 5 %', () => {
    const { panels } = numbersOf('coefficient-steps') as {
      panels: {
        curves: {
          hyperparameters: { rho: number };
          limit: number;
          settledFrom: number;
          n: number[];
          coefficient: number[];
        }[];
      }[];
    };
    const curves = panels.flatMap(panel => panel.curves);
    expect(curves.length).toBeGreaterThan(10);
    for (const { hyperparameters, limit, settledFrom, n, coefficient } of curves) {
      if (hyperparameters.rho === 0.999) expect(settledFrom).toBeGreaterThan(3000);
      for (const [at, value] of coefficient.entries())
        if ((n[at] ?? 0) >= settledFrom) expect(Math.abs(value / limit - 1)).toBeLessThanOrEqual(0.05);
    }
  });

  test("the parts: RMSProp's coefficient changes its sign at (1−ρ)/(2ρ), its parts never", () => {
    const { panels } = numbersOf('coefficient-parts') as {
      panels: { rho: number; crossing: number; discretization: number[]; memory: number[] }[];
    };
    expect(panels.length).toBeGreaterThan(2);
    for (const { rho, crossing, discretization, memory } of panels) {
      expect(crossing / ((1 - rho) / (2 * rho))).toBeCloseTo(1, 9);
      expect(discretization.every(value => value > 0)).toBe(true);
      expect(memory.every(value => value < 0)).toBe(true);
    }
  });
});

test('what a figure says cannot become markup', () => {
  const panel = { svg: '<svg width="1" height="1"></svg>', width: 300, height: 10 };
  const hostile = '<script>"&\'</script> a_<b';
  const svg = drawFigure({
    title: hostile,
    notes: [hostile],
    panels: [{ title: hostile, panel }],
    columns: 1,
    legend: [{ label: hostile, colour: 'red', shape: 'box' }],
  });
  expect(svg).not.toContain('<script');
  expect(complaintsAboutSvg(svg)).toEqual([]);
});
