/**
 * The whole report as one HTML file: style, script and fonts inside, no request to anywhere. What its script adds (filters,
 * folding out for the printer) is missing without it, and nothing else.
 */
import { VERDICTS } from '../../document/model.ts';
import { anchorsOf } from './anchor.ts';
import { summaryText } from '../verdicts/check-table.ts';
import type { Excerpt } from '../data/claim-page.ts';
import { evidenceText } from '../verdicts/evidence-text.ts';
import { isExpectedProblem } from '../verdicts/expected-problem.ts';
import type { FullClaim, FullReport } from '../data/full-report.ts';
import { Html, html, joinHtml } from './html.ts';
import { badge, expectation } from './html-badge.ts';
import { claimHtml } from './html-claim.ts';
import { withFonts } from './html-fonts.ts';
import type { ShownEquations } from './html-formulas.ts';
import { MathWriter } from './html-math.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';

/** By which an older report is known. */
export const GENERATOR = '<meta name="generator" content="modeq report">';

/** What the page is made of besides the report: KaTeX's style sheet, its fonts in base 64, and SHA-256 in base 64. */
export interface PageAssets {
  readonly sheet: string;
  font(file: string): string;
  sha256(text: string): string;
}

/** The page as HTML. The same report gives the same bytes. */
export function htmlPage(report: FullReport, { sheet, font, sha256 }: PageAssets): string {
  const hashOf = (text: string): string => `'sha256-${sha256(text)}'`;
  const math = new MathWriter(sheet);
  const body = bodyHtml(report, math);
  const style = [withFonts(sheet, body.text, font), math.rules, PAGE_STYLE].join('\n');
  const policy = `default-src 'none'; style-src ${hashOf(style)}; font-src data:; img-src data:; script-src ${hashOf(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
${new Html(GENERATOR)}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>modeq report: ${headline(report)}</title>
<style>${new Html(style)}</style>
</head>
<body>
${body}
<script>${new Html(PAGE_SCRIPT)}</script>
</body>
</html>
`.text;
}

function bodyHtml(report: FullReport, math: MathWriter): Html {
  const ids = anchorsOf(report.claims);
  const claims = report.claims.map((claim, at) => ({ claim, anchor: ids[at] ?? '' }));
  return html`<a class="skip" href="#claims">Skip to the claims</a>
<header class="page">
<h1>modeq report</h1>
${summaryHtml(report)}
${coverageHtml(report)}
${problemsHtml(report, math)}
</header>
<nav aria-label="Claims">
${filterHtml(report)}
${overviewHtml(claims)}
</nav>
<main aria-labelledby="claims">
<h2 id="claims">Claims</h2>
${claimsHtml(claims, math)}
</main>
<footer><p>Written by modeq ${report.version}. Whatever is derived here comes from the update rule alone; proofs and
counterexamples come from two routes that share only the reader and exact numbers.</p></footer>`;
}

interface Placed {
  readonly claim: FullClaim;
  readonly anchor: string;
}

/** The first line of the summary: `3 proved, 1 refuted; all as expected`. */
const headline = (report: FullReport): string => summaryText(report, 10_000).split('\n')[0] ?? '';

function summaryHtml(report: FullReport): Html {
  const { seed, command, interrupted, summary, claims, coverage } = report;
  const files = new Set(claims.map(({ file }) => file)).size;
  return html`<p class="lead ${summary.unexpected === 0 && !interrupted ? 'good' : 'bad'}">${headline(report)}</p>
${interrupted ? html`<p class="message"><strong>The run was interrupted.</strong> Claims without a verdict are undecided.</p>` : null}
<dl class="facts">
<div><dt>claims</dt><dd>${claims.length} in ${files} ${files === 1 ? 'document' : 'documents'}</dd></div>
<div><dt>displays</dt><dd>${coverage.judged} judged, ${coverage.defined} defining, ${coverage.ignored} ignored, ${coverage.unannotated} unannotated</dd></div>
<div><dt>seed</dt><dd>${seed}</dd></div>
<div><dt>reproduce</dt><dd><code>${command}</code></dd></div>
</dl>`;
}

/** Hidden until the script is there to work it. */
function filterHtml({ summary, claims }: FullReport): Html {
  const verdicts = VERDICTS.filter(verdict => summary[verdict] > 0);
  return html`<form id="filter" hidden aria-label="Filter the claims">
<fieldset><legend>Show</legend>
${verdicts.map(
  verdict => html`<label><input type="checkbox" name="verdict" value="${verdict}" checked> ${badge(verdict)} ${summary[verdict]}</label>
`,
)}
${summary.unexpected === 0 ? null : html`<label><input type="checkbox" name="unexpected"> only what was not expected (${summary.unexpected})</label>`}
</fieldset>
<label class="search">Id, file or optimizer <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
<p><output id="shown" aria-live="polite">${claims.length} of ${claims.length} claims</output> <button type="reset">Show all</button></p>
</form>`;
}

function overviewHtml(claims: readonly Placed[]): Html {
  const rows = claims.map(
    ({
      claim,
      anchor,
    }) => html`<tr data-claim="${anchor}"><th scope="row"><a href="#${anchor}">${claim.id}</a></th><td>${badge(claim.verdict)}${expectation(claim)}</td><td class="wide">${claim.about ?? '–'}</td><td class="wide number">${claim.order ?? '–'}</td><td class="wide">${evidenceText(claim)}</td></tr>
`,
  );
  return html`<h2 id="overview">Overview</h2>
<table class="overview" aria-labelledby="overview">
<thead><tr><th scope="col">claim</th><th scope="col">verdict</th><th scope="col" class="wide">about</th><th scope="col" class="wide number">order</th><th scope="col" class="wide">evidence</th></tr></thead>
<tbody>
${rows}</tbody></table>`;
}

const MOST_LISTED = 1_000;

/** The displays of which nothing is said here; a report that leaves them out in silence would promise too much. */
function coverageHtml({ unannotated }: FullReport): Html | null {
  if (unannotated.length === 0) return null;
  const listed = unannotated.slice(0, MOST_LISTED);
  const more = unannotated.length - listed.length;
  return html`<section aria-labelledby="unannotated"><h2 id="unannotated">Unannotated</h2>
<details><summary>${unannotated.length} ${unannotated.length === 1 ? 'display' : 'displays'} without a magic comment, of which nothing is said here</summary>
<ul class="unannotated">
${listed.map(unannotatedHtml)}</ul>${more > 0 ? html`<p>and ${more} more</p>` : null}</details>
</section>`;
}

const unannotatedHtml = ({ file, line, text }: Excerpt): Html =>
  html`<li><span class="place">${file}:${line}</span><pre class="typed"><code>${text}</code></pre></li>
`;

function problemsHtml({ problems: all, claims }: FullReport, math: MathWriter): Html | null {
  const problems = all.filter(problem => !isExpectedProblem(problem, claims));
  if (problems.length === 0) return null;
  const items = problems.map(({ file, line, column, message, code, hint, severity }) => {
    const place = file === null ? 'modeq' : line === null ? file : `${file}:${line}:${column ?? 1}`;
    return html`<li><span class="place">${place}</span>: ${severity === 'warning' ? 'warning: ' : ''}${math.sentence(message)} <code class="place">${code}</code>${hint === null ? null : html`<br>${math.sentence(hint)}`}</li>
`;
  });
  return html`<section aria-labelledby="problems"><h2 id="problems">Problems</h2><ul class="problems">${items}</ul></section>`;
}

function claimsHtml(claims: readonly Placed[], math: MathWriter): Html {
  const shown: ShownEquations = new Map();
  const files = [...new Set(claims.map(({ claim }) => claim.file))];
  return joinHtml(
    files.map((file, at) => {
      const own = claims.filter(({ claim }) => claim.file === file);
      return html`<section class="file" aria-labelledby="file-${at}"><h3 id="file-${at}">${file}</h3>
${own.map(({ claim, anchor }) => claimHtml(claim, anchor, math, shown))}</section>
`;
    }),
  );
}
