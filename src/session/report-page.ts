/** The report as one page that needs no other file. */
import { katexFont, katexSheet, sha256 } from '../files/page-assets.ts';
import type { FullReport } from '../report/data/full-report.ts';
import { htmlPage } from '../report/page/html-page.ts';

/** The file index.html. The same report gives the same bytes. */
export const reportPage = (report: FullReport): string =>
  htmlPage(report, { sheet: katexSheet(), font: katexFont, sha256 });
