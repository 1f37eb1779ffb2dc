/** The report where people read it: in Chromium, from file://, by mouse, by keyboard, on a narrow screen, in the dark. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserProgram as program, seriousFindings, startBrowser } from '../support/browser.ts';
import { modeq } from '../support/memory-terminal.ts';

const DOCUMENTS = ['mixed.tex', 'hostile.md'].map(name =>
  join(fileURLToPath(new URL('documents', import.meta.url)), name),
);

let folder = '';
let browser: Browser | null = null;
beforeAll(async () => {
  if (program === null) return;
  folder = mkdtempSync(join(tmpdir(), 'modeq-test-'));
  for (const path of DOCUMENTS)
    await modeq([
      'report',
      path,
      '--out',
      join(folder, path.endsWith('.md') ? 'hostile' : 'mixed'),
      '--instances',
      '20',
    ]);
  browser = await startBrowser(program);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  if (folder !== '') rmSync(folder, { recursive: true });
});

/** What a page did that it should not have done. */
interface Opened {
  readonly page: Page;
  readonly misdeeds: string[];
}

async function open(which: 'mixed' | 'hostile', options: BrowserContextOptions = {}): Promise<Opened> {
  if (browser === null) throw new Error('the browser did not start');
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const misdeeds: string[] = [];
  const url = pathToFileURL(join(folder, which, 'index.html')).href;
  page.on('console', message => void misdeeds.push(`console: ${message.text()}`));
  page.on('pageerror', error => void misdeeds.push(`error: ${error.message}`));
  page.on('dialog', dialog => {
    misdeeds.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', request => {
    if (request.url() !== url && !request.url().startsWith('data:')) misdeeds.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, misdeeds };
}

const visibleClaims = (page: Page): Promise<string[]> => page.locator('article.claim:visible h4').allTextContents();

describe.skipIf(program === null)('the page', () => {
  test('has the title and the date of the document, and its sections as contents', async () => {
    const { page } = await open('mixed');
    expect(await page.locator('h1').textContent()).toBe('Claims of every kind');
    expect(await page.locator('.edition').textContent()).toMatch(/^1 December 2026 · modeq report · modeq \d/);
    expect(await page.locator('.contents > li > a').allTextContents()).toEqual([
      'Not as expected',
      'Descent',
      'Limits & more',
    ]);
    expect(await page.locator('#claim-right details.fold').getAttribute('open')).toBeNull();
    await page.locator('.contents a', { hasText: 'right' }).click();
    expect(await page.locator('#claim-right details.fold').getAttribute('open')).toBe('');
    await page.evaluate('scrollTo(0, 9999)');
    expect(await page.locator('#filter').evaluate(bar => bar.getBoundingClientRect().top)).toBe(0);
    expect(await page.locator('#filter').evaluate(bar => bar.clientHeight)).toBeLessThan(50);
  });

  test('shows every claim with its verdict, formulas and counterexample, and asks nothing of the network', async () => {
    const { page, misdeeds } = await open('mixed');
    expect(await visibleClaims(page)).toEqual(['twice-as-much', 'unread', 'right', 'wrong-limit', 'several']);
    const claim = page.locator('#claim-twice-as-much');
    expect(await claim.locator('> header').textContent()).toContain('refuted');
    expect(await claim.locator('> header').textContent()).toContain('expected: proved');
    expect(await claim.locator('.values dd').allTextContents()).toEqual(['-2', '-1']);
    expect(await claim.locator('.about').textContent()).toMatch(/mixed\.tex:18$/);
    expect(await claim.locator('pre.typed').textContent()).toContain('\\nabla_{ij} E_n(\\tth)');
    expect(await claim.locator('.formula .katex-html:visible').count()).toBe(4);
    expect(await claim.locator('.formula math').count()).toBe(4);
    // The slip in the formula as typed, the repair beside it.
    expect(await claim.locator('.slip').count()).toBe(1);
    expect(await claim.locator('.repair').count()).toBe(1);
    expect(await page.locator('#claim-unread mark').textContent()).toBe('\\left');
    const width = await page.evaluate('document.querySelector("#claim-wrong-limit img.figure").naturalWidth');
    expect(width).toBeGreaterThan(100);
    // KaTeX's fonts are there, not a stand-in of the machine.
    expect(await page.evaluate('document.fonts.ready.then(() => document.fonts.check("16px KaTeX_Math"))')).toBe(true);
    expect(misdeeds).toEqual([]);
  });

  test('names what is unannotated, the seed and the command', async () => {
    const { page } = await open('mixed');
    await page.locator('section[aria-labelledby=unannotated] summary').click();
    expect(await page.locator('.unannotated li').allTextContents()).toEqual([
      expect.stringMatching(/mixed\.tex:36.*<\/script><img src="x"/s),
    ]);
    const facts = await page.locator('header.page dl').textContent();
    expect(facts).toContain('1 unannotated');
    expect(facts).toMatch(/modeq report \S*mixed\.tex --seed 1 --instances 20 --out DIR/);
  });

  test('filters by verdict, by what was not expected and by text, and shows all again', async () => {
    const { page, misdeeds } = await open('mixed');
    await page.locator('input[value=proved]').uncheck();
    expect(await visibleClaims(page)).toEqual(['twice-as-much', 'unread', 'wrong-limit']);
    expect(await page.locator('.contents li[data-claim]:visible').count()).toBe(3);
    await page.locator('input[name=unexpected]').check();
    expect(await visibleClaims(page)).toEqual(['twice-as-much', 'unread']);
    expect(await page.locator('#shown').textContent()).toBe('2 of 5 claims');
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => page.locator('#shown').textContent()).toBe('5 of 5 claims');
    await page.getByRole('searchbox').fill('momentum');
    expect(await visibleClaims(page)).toEqual(['wrong-limit']);
    expect(misdeeds).toEqual([]);
  });

  test('a link leads to its claim even when the filter hides it', async () => {
    const { page } = await open('mixed');
    await page.locator('input[value=refuted]').uncheck();
    await page.evaluate('location.hash = "claim-wrong-limit"');
    await page.locator('#claim-wrong-limit').waitFor({ state: 'visible' });
    expect(await visibleClaims(page)).toHaveLength(5);
    expect(await page.locator('#claim-wrong-limit .permalink a').getAttribute('href')).toBe('#claim-wrong-limit');
  });

  test('an equation that another claim shows is there when it is asked for', async () => {
    const { page } = await open('mixed');
    const again = page.locator('#claim-right details.again');
    expect(await again.locator('.formula').count()).toBe(0);
    await page.locator('#claim-right details.fold > summary').click();
    await again.locator('summary').click();
    expect(await again.locator('.formula').first().textContent()).toBe(
      await page.locator('#claim-twice-as-much-derived .formula').first().textContent(),
    );
  });

  test('folds every claim out for the printer, and back; steps are printed where the reader unfolded them', async () => {
    const { page } = await open('mixed');
    const fold = page.locator('#claim-right details.fold');
    expect(await fold.getAttribute('open')).toBeNull();
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await fold.getAttribute('open')).toBe('');
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await fold.getAttribute('open')).toBeNull();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('is whole without scripts, but for the filter', async () => {
    const { page } = await open('mixed', { javaScriptEnabled: false });
    expect(await visibleClaims(page)).toHaveLength(5);
    expect(await page.locator('#filter').isVisible()).toBe(false);
  });
});

describe.skipIf(program === null)('by keyboard', () => {
  test('skips to the claims, reaches and works the filter, and folds steps out', async () => {
    const { page } = await open('mixed');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the claims');
    const reach = async (selector: string): Promise<void> => {
      for (let at = 0; at < 60; at += 1) {
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`${selector} is not reached`);
    };
    await reach('input[value=proved]');
    await page.keyboard.press('Space');
    expect(await visibleClaims(page)).toEqual(['twice-as-much', 'unread', 'wrong-limit']);
    await reach('details.steps > summary');
    await page.keyboard.press('Enter');
    expect(await page.locator('#claim-twice-as-much details.steps').getAttribute('open')).toBe('');
  });
});

describe.skipIf(program === null)('at 400 pixels', () => {
  test.each(['mixed', 'hostile'] as const)(
    '%s: the page does not scroll sideways; long formulas do, in their boxes',
    async which => {
      const { page } = await open(which, { viewport: { width: 400, height: 800 } });
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
      const boxes = await page.evaluate<number[]>(
        '[...document.querySelectorAll(".formula, .scroll, pre")].map(box => box.getBoundingClientRect().right)',
      );
      expect(Math.max(...boxes)).toBeLessThanOrEqual(400);
      if (which === 'mixed') {
        // What modeq wrote is broken into lines that fit; MathML is there once.
        const shown = page.locator('#claim-right .formula .katex-html:visible');
        expect(await shown.count()).toBe(2);
        expect(await page.locator('#claim-right .formula math').count()).toBe(2);
        expect(await page.locator('#claim-right .formula[tabindex]').count()).toBe(0);
        const wide = await page.evaluate<number>(
          `[...document.querySelectorAll('.formula')].filter(box => box.clientHeight > 1 && box.scrollWidth > box.clientWidth + 1).length`,
        );
        expect(wide).toBe(0);
      }
    },
  );
});

describe.skipIf(program === null)('for everybody', () => {
  test.each(['light', 'dark'] as const)('axe finds nothing serious, %s', async colorScheme => {
    const { page } = await open('mixed', { colorScheme });
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    expect(await seriousFindings(page)).toEqual([]);
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(21, 23, 27)' : 'rgb(255, 255, 255)');
  });

  test('axe is awake: it finds a picture without words', async () => {
    const { page } = await open('mixed');
    await page.evaluate('document.querySelector("main").append(document.createElement("img"))');
    expect((await seriousFindings(page)).join()).toContain('image-alt');
  });

  test('headings go down step by step, and there are landmarks', async () => {
    const { page } = await open('mixed');
    const levels = await page.evaluate<number[]>(
      '[...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map(each => Number(each.tagName[1]))',
    );
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, at) => level > (levels[at - 1] ?? 1) + 1)).toEqual([]);
    for (const role of ['banner', 'navigation', 'main', 'contentinfo'] as const)
      expect(await page.getByRole(role).count()).toBe(1);
  });
});

describe.skipIf(program === null)('hostile documents', () => {
  test('run nothing, load nothing, link nowhere', async () => {
    const { page, misdeeds } = await open('hostile');
    await page.mouse.move(300, 300);
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    expect(await page.locator('article.claim').count()).toBe(6);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img, iframe, object, embed, link, base').count()).toBe(0);
    const links = await page.evaluate<string[]>(
      '[...document.querySelectorAll("a")].map(each => each.getAttribute("href"))',
    );
    expect(links.filter(link => !link.startsWith('#'))).toEqual([]);
    const handlers = await page.evaluate<string[]>(
      '[...document.querySelectorAll("*")].flatMap(each => each.getAttributeNames()).filter(name => name.startsWith("on") || name === "style")',
    );
    expect(handlers).toEqual([]);
    expect(await visibleClaims(page)).toContain('"><img src=x onerror=alert(1)>');
    expect(misdeeds).toEqual([]);
  });

  test('the policy lets no other script run, were there one', async () => {
    const { page, misdeeds } = await open('hostile');
    await page.evaluate(
      'document.body.append(Object.assign(document.createElement("script"), { textContent: "alert(5)" }))',
    );
    expect(misdeeds.join()).toContain('Content Security Policy');
    expect(misdeeds.join()).not.toContain('dialog');
  });

  test('no formula paints outside its box', async () => {
    const { page } = await open('hostile');
    const containments = await page.evaluate<string[]>(
      '[...new Set([...document.querySelectorAll(".formula")].map(box => getComputedStyle(box).contain))]',
    );
    expect(containments).toEqual(['paint']);
  });
});
