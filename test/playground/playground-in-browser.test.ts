/** The playground as a person uses it, in Chromium: a rule typed, its equation under every tab, stopped work, the address. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserProgram, seriousFindings } from '../support/browser.ts';
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

describe.skipIf(browserProgram === null)('a claim', () => {
  const verdict = (page: Page): Promise<string | null> => page.locator('#verdict .verdict').textContent();
  const judged = (page: Page, word: string): Promise<void> =>
    page.locator(`#verdict[aria-busy=false] article[data-verdict=${word}]`).first().waitFor({ timeout: 90_000 });

  test('as derived it is proved', async () => {
    const { page, misdeeds } = await playground.open('example=gd&tab=full-batch');
    await shownLatex(page);
    await page.getByRole('button', { name: 'Take the derived equation' }).click();
    await judged(page, 'proved');
    expect(await verdict(page)).toContain('about gd · full-batch · order 1');
    expect(misdeeds).toEqual([]);
  });

  test('a bare formula with a slip is refuted, with a counterexample and a repair that can be made', async () => {
    const { page } = await playground.open('example=gd&tab=full-batch');
    await shownLatex(page);
    const slip =
      '\\dot{\\tilde\\theta}_j(t) = -\\nabla_j E(\\tilde\\theta(t)) + \\frac{h}{2} \\sum_{i=1}^p \\nabla_{ij} E(\\tilde\\theta(t)) \\nabla_i E(\\tilde\\theta(t))';
    await type(page, slip, 'Claim in LaTeX');
    await judged(page, 'refuted');
    expect(await page.locator('#verdict .counterexample .values dd').count()).toBe(2);
    const repair = page.getByRole('button', { name: 'Repair' }).first();
    await repair.click();
    await judged(page, 'proved');
    expect(await page.locator('#claim .cm-content').textContent()).toContain('(t)) - \\frac{h}{2}');
    // The writer can take it back.
    await page.keyboard.press('Control+z');
    await judged(page, 'refuted');
  });

  test('one that is not read is marked where the mistake is', async () => {
    const { page } = await playground.open('example=gd');
    await type(page, '\\dot{\\tilde\\theta}_j(t) = -\\nabl_j E_n(\\tilde\\theta(t))', 'Claim in LaTeX');
    await judged(page, 'unreadable');
    expect(await page.locator('#claim .cm-lintRange-error').first().textContent()).toContain('\\nabl');
  });

  test('the catalogue has claims about its optimizers', async () => {
    const { page } = await playground.open('example=rmsprop');
    await shownLatex(page);
    await page.locator('#claim-example').selectOption('remark-3.4-factor-printed');
    await judged(page, 'refuted');
    expect(await verdict(page)).toContain('about rmsprop');
  });
});

describe.skipIf(browserProgram === null)('in numbers', () => {
  test('sliders move the coefficient and the run', async () => {
    const { page, misdeeds } = await playground.open('example=adam');
    await shownLatex(page);
    await page.locator('#explore-part').scrollIntoViewIfNeeded();
    await page.locator('#trajectory svg').first().waitFor({ timeout: 90_000 });
    await page.locator('#over-gradient svg').first().waitFor({ timeout: 90_000 });
    const drawn = (box: string): Promise<string | null> => page.locator(`${box} path`).last().getAttribute('d');
    const [coefficient, steps] = [await drawn('#over-gradient'), await drawn('#over-steps')];
    const says = await page.locator('#trajectory-says').textContent();
    expect(says).toMatch(/: [\d.]+ to order 0, [\d.]+ to order 1/);
    const [, leading, first] = / ([\d.]+) to order 0, ([\d.]+) to order 1/.exec(says ?? '') ?? [];
    expect(Number(first)).toBeLessThan(Number(leading));
    const rho = page.getByRole('slider', { name: 'rho' });
    await rho.focus();
    for (let press = 0; press < 30; press += 1) await page.keyboard.press('ArrowLeft');
    expect(await rho.getAttribute('aria-valuetext')).toBe('0.889');
    await expect.poll(() => drawn('#over-gradient'), { timeout: 60_000 }).not.toBe(coefficient);
    await expect.poll(() => drawn('#over-steps'), { timeout: 60_000 }).not.toBe(steps);
    await expect.poll(() => page.locator('#trajectory-says').textContent(), { timeout: 60_000 }).not.toBe(says);
    await expect.poll(() => page.evaluate<string>('decodeURIComponent(location.hash)')).toContain('v.\\rho=0.889');
    expect(misdeeds).toEqual([]);
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

describe.skipIf(browserProgram === null)('copies', () => {
  test('of the equation are the display that derive prints, of the link the address', async () => {
    const { page } = await playground.open('example=gd&tab=full-batch', {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await shownLatex(page);
    const copied = (): Promise<string> => page.evaluate('navigator.clipboard.readText()');
    await page.getByRole('button', { name: 'Copy as LaTeX' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await copied()).toMatch(
      /^\\begin\{align\*\}\n {2}\\dot\{\\tilde\{\\theta\}\}_\{j\}\(t\) &= -\\nabla_\{j\} E[\s\S]*\\end\{align\*\}\n$/,
    );
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect.poll(copied).toMatch(/\/sub\/folder\/#example=gd&tab=full-batch$/);
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

describe.skipIf(browserProgram === null)('for everybody', () => {
  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['dark', 400],
  ] as const)('axe finds nothing serious, %s, %i pixels wide, and nothing sticks out', async (colorScheme, width) => {
    const { page } = await playground.open('example=rmsprop&tab=full-batch', {
      colorScheme,
      viewport: { width, height: 800 },
    });
    await shownLatex(page);
    await page.getByRole('button', { name: 'Take the derived equation' }).click();
    await page.locator('#verdict .verdict').waitFor({ timeout: 90_000 });
    await page.locator('#explore-part').scrollIntoViewIfNeeded();
    await page.locator('#over-steps svg').first().waitFor({ timeout: 90_000 });
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(21, 23, 27)' : 'rgb(255, 255, 255)');
  });

  test('by keyboard: out of the editor by Tab, along the tabs by arrows, quantities by Enter', async () => {
    const { page } = await playground.open('example=adam');
    await shownLatex(page);
    await page.getByLabel('Update rule in LaTeX').click();
    const reach = async (selector: string): Promise<void> => {
      for (let at = 0; at < 40; at += 1) {
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`${selector} is not reached`);
    };
    await reach('#tab-mini-batch');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate('document.activeElement.id')).toBe('tab-full-batch');
    expect(await shownLatex(page)).toContain('\\left\\|');
    await reach('details.quantity > summary');
    await page.keyboard.press('Enter');
    expect(await page.locator('details.quantity[open]').count()).toBe(1);
  });

  test('the theme can be chosen', async () => {
    const { page } = await playground.open('', { colorScheme: 'light' });
    await page.getByRole('button', { name: 'Theme: system' }).click();
    await page.getByRole('button', { name: 'Theme: light' }).click();
    expect(await page.getByRole('button', { name: 'Theme: dark' }).isVisible()).toBe(true);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(21, 23, 27)');
  });
});

test.skipIf(browserProgram === null)('the page is small: less than 3 MB packed, without fonts', () => {
  const { bytes } = playground;
  expect([...bytes.keys()]).toContain('engine.js');
  expect([...bytes.values()].reduce((sum, each) => sum + each, 0)).toBeLessThan(3_000_000);
});

test.skipIf(browserProgram === null)(
  'a page that is open needs no host: work is stopped and begun again without one',
  async () => {
    const { page, misdeeds } = await playground.open('example=gd');
    await shownLatex(page);
    await page.locator('html[data-engine=kept]').waitFor({ state: 'attached' });
    await playground.unplug();
    await page.locator('#order').selectOption('4');
    await page.locator('#example').selectOption('momentum');
    await page.locator('#order').selectOption('0');
    expect(await shownLatex(page)).toContain('\\beta^{n');
    await page.getByRole('button', { name: 'Take the derived equation' }).click();
    await page.locator('#verdict article[data-verdict=proved]').waitFor({ timeout: 90_000 });
    expect(misdeeds.filter(each => !each.includes('font'))).toEqual([]);
  },
);
