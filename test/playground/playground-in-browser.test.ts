/** The playground as a person uses it, in Chromium: a rule typed, its equation under every tab, stopped work, the address. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserProgram } from '../support/browser.ts';
import { PlaygroundBrowser } from './opened.ts';

let playground: PlaygroundBrowser;
beforeAll(async () => {
  if (browserProgram !== null) playground = await PlaygroundBrowser.start();
}, 240_000);
afterAll(async () => {
  if (browserProgram !== null) await playground.end();
});

/** The formulas that KaTeX made from this LaTeX are in the equation. */
async function shownLatex(page: Page): Promise<string> {
  await page.locator('#equation[aria-busy=false]').waitFor();
  return (await page.locator('#equation .formula annotation').allTextContents()).join('\n');
}

const type = async (page: Page, text: string, label = 'Update rule in LaTeX'): Promise<void> => {
  await page.getByLabel(label).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
};

describe.skipIf(browserProgram === null)('the rule and its equation', () => {
  test('Adam is there, as understood and derived, and nothing else is asked for', async () => {
    const { page, misdeeds } = await playground.open();
    expect(await shownLatex(page)).toContain('\\dot{\\tilde{\\theta}}_{j}(t) &= -\\frac{M_{j}^{(n)}');
    expect(await page.locator('#understood .conventions li').allTextContents()).toContainEqual(
      expect.stringContaining('is a state that starts from zero'),
    );
    expect(await page.locator('#understood annotation').first().textContent()).toContain('\\sqrt');
    expect(misdeeds).toEqual([]);
  });

  test('named quantities unfold, one by one and all', async () => {
    const { page } = await playground.open();
    await shownLatex(page);
    const first = page.locator('details.quantity').first();
    expect(await first.locator('.formula').isVisible()).toBe(false);
    await first.locator('summary').click();
    expect(await first.locator('.formula').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Unfold quantities' }).click();
    expect(await page.locator('details.quantity:not([open])').count()).toBe(0);
    await page.getByRole('button', { name: 'Fold quantities', exact: true }).click();
    expect(await page.locator('details.quantity[open]').count()).toBe(0);
  });

  test('each tab has its equation', async () => {
    const { page } = await playground.open('example=rmsprop');
    const under = async (tab: string): Promise<string> => {
      await page.getByRole('tab', { name: tab }).click();
      return shownLatex(page);
    };
    expect(await under('mini-batch')).toContain('E_{n}');
    expect(await under('full batch')).toContain('\\rho^{n+1}');
    const limit = await under('n → ∞');
    expect(limit).not.toContain('\\rho^{n');
    expect(limit).toContain('2 \\rho');
    expect(await under('regimes')).toContain('\\approx');
    expect(await under('map')).toContain('\\theta_{j}^{(n+1)}');
    await page.locator('#order').selectOption('0');
    expect(await shownLatex(page)).not.toContain('h^{2}');
  });

  test('a rule without comments is read with those that are proposed, which can be put in', async () => {
    const { page } = await playground.open();
    await type(page, '\\[ x_{k+1} = x_k - \\eta \\nabla f(x_k). \\]');
    await page.locator('#proposed').waitFor({ state: 'visible' });
    expect(await shownLatex(page)).toContain('\\dot{\\tilde{x}}');
    await page.getByRole('button', { name: 'Put it in' }).click();
    await page.locator('#proposed').waitFor({ state: 'hidden' });
    expect(await page.locator('#rule .cm-content').textContent()).toContain('!modeq optimizer');
  });

  test('what is wrong is said and marked in its place', async () => {
    const { page } = await playground.open();
    await type(page, '% !modeq optimizer x\n\\[ \\theta_{n+1} = \\theta_n - h \\nabl E(\\theta_n) \\]');
    await page.locator('#understood .problems').waitFor();
    expect(await page.locator('#rule .cm-lintRange-error').first().textContent()).toContain('\\nabl');
  });
});

describe.skipIf(browserProgram === null)('the address', () => {
  test('holds an example readably, and a typed rule packed; both come back', async () => {
    const { page } = await playground.open('example=momentum&tab=full-batch&order=2');
    expect(await shownLatex(page)).toContain('h^{2}');
    expect(await page.getByRole('tab', { name: 'full batch' }).getAttribute('aria-selected')).toBe('true');
    await type(page, '% !modeq optimizer mine\n\\[ \\theta_{n+1} = \\theta_n - 3 h \\nabla E(\\theta_n) \\]');
    await expect.poll(() => page.evaluate('location.hash')).toContain('rule=');
    const hash = await page.evaluate<string>('location.hash.slice(1)');
    const { page: other } = await playground.open(hash);
    expect(await shownLatex(other)).toContain('-3 \\nabla_{j} E');
    expect(await other.locator('#rule .cm-content').textContent()).toContain('optimizer mine');
  });
});

describe.skipIf(browserProgram === null)('long work', () => {
  test('shows that it goes on, stops when told, and the page goes on', async () => {
    const { page, misdeeds } = await playground.open('example=adam&order=4');
    const stop = page.locator('#equation-progress').getByRole('button', { name: 'Stop' });
    await stop.waitFor({ state: 'visible' });
    await expect
      .poll(() => page.locator('#equation-progress-stage').textContent(), { timeout: 20_000 })
      .toBe('deriving to order 4');
    await stop.click();
    expect(await page.locator('#equation').textContent()).toContain('Stopped');
    await stop.waitFor({ state: 'hidden' });
    await page.locator('#order').selectOption('0');
    expect(await shownLatex(page)).toContain('\\dot{\\tilde{\\theta}}_{j}(t)');
    expect(misdeeds).toEqual([]);
  });
});

test.skipIf(browserProgram === null)('the page is small: less than 3 MB packed, without fonts', () => {
  const { bytes } = playground;
  expect([...bytes.keys()]).toContain('engine.js');
  expect([...bytes.values()].reduce((sum, each) => sum + each, 0)).toBeLessThan(3_000_000);
});
