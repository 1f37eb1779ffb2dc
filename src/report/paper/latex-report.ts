/**
 * The report as a LaTeX article with amsmath: what the page shows, for the printer. Formulas are those that modeq wrote
 * itself; everything that a document says is set as text, so that nothing in it is run.
 */
import { summaryText } from '../verdicts/check-table.ts';
import { evidenceText } from '../verdicts/evidence-text.ts';
import type { FullClaim, FullReport } from '../data/full-report.ts';
import { claimLatex } from './latex-claim.ts';
import { latexCode, latexText } from '../text/latex-text.ts';

/** The file report.tex, for pdflatex. The same report gives the same bytes. */
export function reportLatex(report: FullReport): string {
  const { seed, command, interrupted, claims } = report;
  const shown = new Map<string, string>();
  const [headline = '', displays = ''] = summaryText(report, 10_000).trimEnd().split('\n');
  return `${PREAMBLE}
\\begin{document}
\\section*{modeq report}
\\noindent\\textbf{${latexText(headline)}.}${interrupted ? ' The run was interrupted.' : ''}\\par
\\noindent ${latexText(displays)}.\\par
\\noindent Seed ${seed}. To reproduce: ${latexCode(command)}\\par
${unannotated(report)}
${overview(claims)}
${claims.map(claim => claimLatex(claim, shown)).join('\n')}
\\end{document}
`;
}

const PREAMBLE = `% Written by modeq.
\\documentclass[10pt,a4paper]{article}
\\usepackage[utf8]{inputenc}
\\usepackage{amsmath,amssymb,array,longtable,graphicx}
\\providecommand{\\mathscr}[1]{\\mathcal{#1}}
\\setlength{\\textwidth}{165mm}
\\setlength{\\oddsidemargin}{-2mm}
\\setlength{\\topmargin}{-15mm}
\\setlength{\\textheight}{245mm}
\\setlength{\\parindent}{0pt}
\\setlength{\\parskip}{3pt}
\\allowdisplaybreaks
\\emergencystretch=3em
\\hbadness=10000
\\newcommand{\\claimhead}[2]{\\subsection*{\\texttt{#1}\\quad\\textnormal{\\textit{#2}}}}
% A formula, made smaller where it is wider than the page.
\\newcommand{\\fitted}[1]{\\sbox0{$\\displaystyle #1$}\\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\usebox0}\\else\\usebox0\\fi}
\\newcommand{\\claimpart}[1]{\\par\\medskip\\textbf{\\small #1}\\par\\nobreak}`;

const MOST_LISTED = 200;

function unannotated({ unannotated: displays }: FullReport): string {
  if (displays.length === 0) return '';
  const places = displays.slice(0, MOST_LISTED).map(({ file, line }) => latexCode(`${file}:${line}`));
  const more = displays.length > places.length ? ` and ${displays.length - places.length} more` : '';
  return `\\noindent Displays without a magic comment, of which nothing is said here: ${places.join(', ')}${more}.\\par`;
}

function overview(claims: readonly FullClaim[]): string {
  if (claims.length === 0) return '';
  const rows = claims.map(
    claim =>
      `\\raggedright ${latexCode(claim.id)} & ${outcome(claim)} & \\raggedright ${latexCode(claim.about ?? '-')} & ${claim.order ?? '--'} & \\raggedright\\arraybackslash ${latexText(evidenceText(claim))} \\\\`,
  );
  return `\\begin{longtable}{@{}p{50mm}p{25mm}p{26mm}p{9mm}p{36mm}@{}}
claim & verdict & about & order & evidence \\\\ \\hline \\endhead
${rows.join('\n')}
\\end{longtable}`;
}

const outcome = ({ verdict, expect }: FullClaim): string =>
  verdict === expect ? verdict : `\\raggedright\\textbf{${verdict}} (expected: ${expect})`;
