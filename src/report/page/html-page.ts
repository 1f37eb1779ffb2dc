/**
 * The whole report as one HTML file: style, script and fonts inside, no request to anywhere. What its script adds (filters,
 * folding out for the printer) is missing without it, and nothing else.
 */
import { VERDICTS } from '../../document/model.ts';
import { anchorsOf } from './anchor.ts';
import { summaryText } from '../verdicts/check-table.ts';
import type { Excerpt } from '../data/claim-page.ts';
import { isExpectedProblem } from '../verdicts/expected-problem.ts';
import type { FullClaim, FullReport } from '../data/full-report.ts';
import { Html, html, joinHtml } from './html.ts';
import { badge, sign } from './html-badge.ts';
import { claimHtml, isFolded } from './html-claim.ts';
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
<title>${report.head.title ?? 'modeq report'}: ${headline(report)}</title>
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
  const parts = partsOf(report.claims.map((claim, at) => ({ claim, anchor: ids[at] ?? '' })));
  return html`<a class="skip" href="#claims">Skip to the claims</a>
<header class="page" id="top">
${titleHtml(report)}
${summaryHtml(report)}
${coverageHtml(report)}
${problemsHtml(report, math)}
</header>
${filterHtml(report)}
<nav aria-labelledby="contents">
${contentsHtml(parts)}
</nav>
<main aria-labelledby="claims">
<h2 id="claims">Claims</h2>
${claimsHtml(parts, math)}
</main>
<footer><p>Written by modeq ${report.version}. Whatever is derived here comes from the update rule alone; proofs and
counterexamples come from two routes that share only the reader and exact numbers.</p>
<a class="top" href="#top">↑ top</a></footer>`;
}

interface Placed {
  readonly claim: FullClaim;
  readonly anchor: string;
}

/** Claims under one heading. */
interface Part {
  readonly title: string;
  readonly file: string | null;
  readonly anchor: string;
  readonly claims: readonly Placed[];
}

/** What was not expected comes first, the others by the sections of their documents. */
function partsOf(claims: readonly Placed[]): Part[] {
  const unexpected = claims.filter(({ claim }) => claim.verdict !== claim.expect);
  const parts: Part[] =
    unexpected.length === 0
      ? []
      : [{ title: 'Not as expected', file: null, anchor: 'not-as-expected', claims: unexpected }];
  const sections = new Map<string, Placed[]>();
  for (const placed of claims.filter(({ claim }) => claim.verdict === claim.expect)) {
    const { file, page } = placed.claim;
    const key = JSON.stringify([file, page.section]);
    sections.set(key, [...(sections.get(key) ?? []), placed]);
  }
  [...sections.values()].forEach((own, at) => {
    const claim = own[0]?.claim;
    const file = claim?.file ?? '';
    const section = claim?.page.section ?? null;
    parts.push({ title: section ?? file, file: section === null ? null : file, anchor: `section-${at}`, claims: own });
  });
  return parts;
}

/** The document's title and date; a report of several without a title is one of modeq. */
function titleHtml({ head, version }: FullReport): Html {
  const facts = [
    ...(head.date === null ? [] : [head.date]),
    ...(head.title === null ? [] : ['modeq report']),
    `modeq ${version}`,
  ];
  return html`<h1>${head.title ?? 'modeq report'}</h1>
<p class="edition">${facts.join(' · ')}</p>`;
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
${verdicts.map(
  verdict => html`<label><input type="checkbox" name="verdict" value="${verdict}" checked> ${badge(verdict)} ${summary[verdict]}</label>
`,
)}
${summary.unexpected === 0 ? null : html`<label><input type="checkbox" name="unexpected"> only unexpected (${summary.unexpected})</label>`}
<input type="search" name="text" aria-label="Id, file or optimizer" placeholder="id, file, optimizer" autocomplete="off" spellcheck="false">
<output id="shown" aria-live="polite">${claims.length} of ${claims.length} claims</output> <button type="reset">Show all</button>
</form>`;
}

function contentsHtml(parts: readonly Part[]): Html {
  const items = parts.map(({ title, anchor, claims }) => {
    const own = claims.map(
      ({ claim, anchor: id }) =>
        html`<li data-claim="${id}"><a href="#${id}">${claim.id}</a> ${sign(claim.verdict)}${claim.verdict === claim.expect ? null : html` <strong class="unexpected">expected: ${claim.expect}</strong>`}</li>
`,
    );
    return html`<li class="part"><a href="#${anchor}">${title}</a><ul>
${own}</ul></li>
`;
  });
  return html`<h2 id="contents">Contents</h2>
<ol class="contents">
${items}</ol>`;
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

function claimsHtml(parts: readonly Part[], math: MathWriter): Html {
  const shown: ShownEquations = new Map();
  // A derived equation is written out at the first claim that calls for a look, which the printer shows whole.
  const all = parts.flatMap(({ claims }) => claims);
  const order = [...all.filter(({ claim }) => !isFolded(claim)), ...all.filter(({ claim }) => isFolded(claim))];
  const articles = new Map(order.map(({ claim, anchor }) => [anchor, claimHtml(claim, anchor, math, shown)]));
  return joinHtml(
    parts.map(
      ({
        title,
        file,
        anchor,
        claims,
      }) => html`<section class="part" aria-labelledby="${anchor}"><h3 id="${anchor}">${title}${file === null ? null : html` <span class="place">${file}</span>`}</h3>
${claims.map(({ anchor: id }) => articles.get(id) ?? null)}</section>
`,
    ),
  );
}
