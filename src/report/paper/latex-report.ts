/**
 * The report as a LaTeX article with amsmath: what the page shows, for the printer. Formulas are those that modeq wrote
 * itself; everything that a document says is set as text, so that nothing in it is run.
 */
import { summaryText } from '../verdicts/check-table.ts';
import type { FullClaim, FullReport } from '../data/full-report.ts';
import { claimLatex } from './latex-claim.ts';
import { latexCode, latexText } from '../text/latex-text.ts';

/** The file report.tex, for pdflatex. The same report gives the same bytes. */
export function reportLatex(report: FullReport): string {
  const { seed, command, interrupted, claims, head, version } = report;
  const unexpected = claims.filter(({ verdict, expect }) => verdict !== expect);
  const others = claims.filter(({ verdict, expect }) => verdict === expect);
  const edition = [...(head.date === null ? [] : [head.date]), `modeq ${version}`].join(', ');
  const shown = new Map<string, string>();
  const [headline = '', displays = ''] = summaryText(report, 10_000).trimEnd().split('\n');
  return `${PREAMBLE}
\\begin{document}
{\\Large\\bfseries ${latexText(head.title ?? 'modeq report')}\\par}
\\noindent ${latexText(edition)}\\par
\\noindent\\textbf{${latexText(headline)}.}${interrupted ? ' The run was interrupted.' : ''}\\par
\\noindent ${latexText(displays)}.\\par
\\noindent Seed ${seed}. To reproduce: ${latexCode(command)}\\par
${unannotated(report)}
${unexpected.length === 0 ? '' : `\\section*{Not as expected}\n${unexpected.map(claim => claimLatex(claim, shown)).join('\n')}`}
${sections(others, shown)}
\\end{document}
`;
}

const PREAMBLE = `% Written by modeq.
\\documentclass[10pt,a4paper]{article}
\\usepackage[utf8]{inputenc}
\\usepackage{amsmath,amssymb,graphicx}
\\providecommand{\\mathscr}[1]{\\mathcal{#1}}
\\setlength{\\textwidth}{171mm}
\\setlength{\\oddsidemargin}{-5mm}
\\setlength{\\topmargin}{-20mm}
\\setlength{\\textheight}{258mm}
\\setlength{\\parskip}{0pt}
\\setlength{\\parindent}{0pt}
\\linespread{0.96}
\\allowdisplaybreaks
\\emergencystretch=3em
\\hbadness=10000
\\newcommand{\\sectionhead}[1]{\\par\\medskip{\\large\\bfseries #1\\par}\\nobreak}
\\newcommand{\\shorthead}[3]{\\par\\vskip2pt{\\raggedright\\texttt{#1}\\quad\\textit{#2}\\quad{\\footnotesize #3}\\par}\\nobreak}
\\newcommand{\\claimhead}[2]{\\par\\medskip{\\raggedright\\large\\texttt{#1}\\quad\\textit{#2}\\par}\\nobreak}
% A formula, made smaller where it is wider than the page.
\\newcommand{\\fitted}[1]{\\sbox0{$\\displaystyle #1$}\\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox0}\\else\\usebox0\\fi}
\\newcommand{\\claimpart}[1]{\\par\\smallskip\\textbf{\\small #1}\\par\\nobreak}`;

const MOST_LISTED = 200;

function unannotated({ unannotated: displays }: FullReport): string {
  if (displays.length === 0) return '';
  const places = displays.slice(0, MOST_LISTED).map(({ file, line }) => latexCode(`${file}:${line}`));
  const more = displays.length > places.length ? ` and ${displays.length - places.length} more` : '';
  return `\\noindent Displays without a magic comment, of which nothing is said here: ${places.join(', ')}${more}.\\par`;
}

/** The claims under the headings of their documents. */
function sections(claims: readonly FullClaim[], shown: Map<string, string>): string {
  let last: string | null = null;
  return claims
    .map(claim => {
      const heading = claim.page.section ?? claim.file;
      const head = heading === last ? [] : [`\\sectionhead{${latexText(heading)}}`];
      last = heading;
      return [...head, claimLatex(claim, shown)].join('\n');
    })
    .join('\n');
}
