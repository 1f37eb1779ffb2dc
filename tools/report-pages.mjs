/**
 * How long the report of `npm start` is on paper, and whether all of it can be read on a narrow screen: pages of the page as
 * Chromium prints it and of report.tex as pdflatex sets it, and formulas that are wider than 400 pixels. Fails where one is too
 * much. `npm start` comes before it.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const FOLDER = resolve('build/report');
/** Of the paper's own claims; those of the literature beside them have their share. */
const MOST_PAGES = 20;
/** Formulas that no break makes narrow enough (one long fraction) scroll in their box, with a shadow as a cue. */
const MOST_WIDE = 20;

const onPath = name => {
  const { status, stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
};

let failed = false;
function hold(what, value, most) {
  const isGood = value > 0 && value < most;
  failed ||= !isGood;
  console.log(`${isGood ? 'ok' : 'too many'}: ${what}: ${value} (below ${Math.round(10 * most) / 10})`);
}

if (!existsSync(join(FOLDER, 'index.html'))) {
  console.error(`${FOLDER} holds no report: run npm start first`);
  process.exit(2);
}

const { claims } = JSON.parse(readFileSync(join(FOLDER, 'report.json'), 'utf8'));
const own = claims.filter(({ page }) => !page.typed.file.includes('literature')).length;
const mostPages = (MOST_PAGES * claims.length) / own;

const browserPath = onPath('chromium') ?? onPath('chromium-browser') ?? onPath('google-chrome');
if (browserPath === null) console.log('skipped: pages and widths in the browser (no Chromium)');
else {
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage();
  // A busy machine may take long over it.
  page.setDefaultTimeout(300_000);
  await page.goto(pathToFileURL(join(FOLDER, 'index.html')).href);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  hold('pages that Chromium prints', (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length, mostPages);
  await page.setViewportSize({ width: 400, height: 800 });
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
  await page.evaluate('document.fonts.ready');
  const [wide, all] = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.formula')].filter(box => box.clientHeight > 1);
    return [boxes.filter(box => box.scrollWidth > box.clientWidth + 1).length, boxes.length];
  });
  hold(`formulas that scroll at 400 px, of ${all}`, wide, MOST_WIDE);
  await browser.close();
}

if (onPath('pdflatex') === null) console.log('skipped: pages of report.tex (no pdflatex)');
else {
  const folder = mkdtempSync(join(tmpdir(), 'modeq-pages-'));
  copyFileSync(join(FOLDER, 'report.tex'), join(folder, 'report.tex'));
  const { stdout } = spawnSync('pdflatex', ['-no-shell-escape', '-interaction=nonstopmode', 'report.tex'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  hold('pages of report.tex', Number(/\((\d+) pages?/.exec(stdout)?.[1] ?? 0), mostPages);
  hold('overfull lines of report.tex, and one', 1 + (stdout.match(/^Overfull/gm) ?? []).length, 2);
  rmSync(folder, { recursive: true });
}
process.exit(failed ? 1 : 0);
