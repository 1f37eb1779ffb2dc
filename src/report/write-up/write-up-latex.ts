/**
 * A write-up as LaTeX: a whole article that needs amsmath and nothing else, or its body as a fragment to be put into
 * another paper. Every display carries the magic comment that lets `modeq check` judge it.
 */
import { hasOneLoss } from '../../notation/settings.ts';
import { DEFAULT_NOTATION, type Notation } from '../../optimizer/model.ts';
import { findingText } from './finding-text.ts';
import { printRows } from './print-row.ts';
import { type Findings, type Part, type Section, type Step, stepsOf, type WriteUp } from './write-up.ts';

export interface LatexOptions {
  /** In front of every id and label. */
  readonly prefix: string;
  /** A body for \input, with labels, instead of an article with numbers. */
  readonly fragment: boolean;
  /** Letters that fit on a line. */
  readonly width: number;
  /** What was found when the claims were judged; null before that. */
  readonly findings: Findings | null;
  /** How it can be made again. */
  readonly command: string;
}

/** The text; ends in a newline. */
export function writeUpLatex(writeUp: WriteUp, options: LatexOptions): string {
  const printer = new Printer(writeUp, options);
  return options.fragment ? printer.fragment() : printer.article();
}

/** The id of a step in the document. */
export const documentId = (step: Pick<Step, 'id'>, prefix: string): string => `${prefix}-${step.id}`;

class Printer {
  readonly #writeUp: WriteUp;
  readonly #options: LatexOptions;
  /** The number of each display in an article. */
  readonly #numbers: ReadonlyMap<string, number>;

  constructor(writeUp: WriteUp, options: LatexOptions) {
    this.#writeUp = writeUp;
    this.#options = options;
    this.#numbers = new Map(stepsOf(writeUp).map(({ id }, at) => [id, at + 1]));
  }

  article(): string {
    const { optimizer, setting, order } = this.#writeUp;
    const title = `The modified equation of \\texttt{${escapeText(optimizer.id)}}`;
    const subtitle = `${hasOneLoss(setting) ? 'Full batch' : 'Mini-batches'}, to order ${order} in the step size`;
    return `\\documentclass[11pt]{article}
\\usepackage{amsmath}
\\setlength{\\textwidth}{6.5in}
\\setlength{\\oddsidemargin}{0in}
\\setlength{\\evensidemargin}{0in}
\\setlength{\\textheight}{9in}
\\setlength{\\topmargin}{-0.5in}
\\setlength{\\emergencystretch}{3em}
\\allowdisplaybreaks[1]
\\begin{document}
\\begin{center}
{\\LARGE ${title}}\\\\[1ex]
{\\large ${subtitle}}
\\end{center}
${this.#notation()}
${this.#body()}
${this.#method()}
\\end{document}
`;
  }

  fragment(): string {
    return `% The modified equation of ${this.#writeUp.optimizer.id}, to be read with \\input. It needs amsmath.
% ${this.#options.command}
\\begingroup
\\allowdisplaybreaks[1]
${this.#notation()}
${this.#body()}
\\endgroup
`;
  }

  /** What the words behind the displays mean. */
  #method(): string {
    const { findings, command } = this.#options;
    const { step } = this.#writeUp.notation;
    if (findings === null) return '';
    return `\\section{How the steps were checked}
Every display was printed, read back from the text of this document and judged as it stands there. \\emph{Proved} means that both sides were brought to one normal form, for all iterations, dimensions, losses and hyperparameters that the first section allows. An \\emph{instance} is a random exact choice of all of them, at which both sides were evaluated to ${findings.digits} digits (seed ${findings.seed}). \\emph{Run} means that the optimizer itself, as printed, was run in exact power series of $${step}$ from random points, and its coefficients compared with the display; no symbolic expansion takes part in that. What has no such word was not checked.

\\begin{flushleft}\\small
\\texttt{${escapeText(command).replaceAll('--', '-{}-')}}
\\end{flushleft}
`;
  }

  /** The magic comment with the letters, where they are not the usual ones. */
  #notation(): string {
    const { notation } = this.#writeUp;
    const roles = Object.entries(notation).filter(
      ([role, letter]) => DEFAULT_NOTATION[role as keyof Notation] !== letter,
    );
    return roles.length === 0
      ? ''
      : `% !modeq notation ${roles.map(([role, letter]) => `${role}=${letter}`).join(' ')}\n`;
  }

  #body(): string {
    return this.#writeUp.sections.map(section => this.#section(section)).join('\n');
  }

  #section({ id, title, parts }: Section): string {
    const { fragment } = this.#options;
    const heading = fragment ? `\\subsection{${title}}\\label{${this.#label(id)}-section}` : `\\section{${title}}`;
    return `${heading}\n${this.#parts(parts)}\n`;
  }

  /** A display stands in the paragraph of the prose before it. */
  #parts(parts: readonly Part[]): string {
    return parts.reduce((text, part, at) => {
      const gap = at === 0 ? '' : part.kind === 'prose' ? '\n\n' : '\n';
      return `${text}${gap}${this.#part(part)}`;
    }, '');
  }

  #part(part: Part): string {
    if (part.kind === 'prose') return this.#refer(part.text);
    if (this.#options.findings?.leftOut.has(part.id) === true) return LEFT_OUT;
    return this.#step(part);
  }

  #step(step: Step): string {
    const { fragment, width, findings } = this.#options;
    const rows = printRows(step.rows, this.#writeUp.notation, width);
    const mark = fragment ? ` \\label{${this.#label(step.id)}}` : ` \\tag{${this.#numbers.get(step.id) ?? 0}}`;
    const lines = rows.flatMap((row, at) => {
      const isLast = at === rows.length - 1;
      return row.map((line, position) => {
        const ends = position === row.length - 1;
        const stop = ends ? (isLast ? '.' : ',') : '';
        const behind = isLast && ends ? mark : fragment ? ' \\notag' : '';
        return `  ${line}${stop}${behind}`;
      });
    });
    const environment = fragment ? 'align' : 'align*';
    const display = `\\begin{${environment}}\n${lines.join(' \\\\\n')}\n\\end{${environment}}`;
    return `${this.#comment(step)}\n${display}\n${this.#justification(step, findings)}`.trimEnd();
  }

  #justification(step: Step, findings: Findings | null): string {
    const reason = step.reason === '' ? '' : `${this.#refer(step.reason)} `;
    const found = findings === null ? '' : findingText(step, findings);
    const text = `${reason}${found}`.trim();
    return text === '' ? '' : `{\\small\\noindent ${text}\\par}`;
  }

  #comment(step: Step): string {
    const { prefix } = this.#options;
    const id = step.role === 'optimizer' ? this.#optimizerId() : documentId(step, prefix);
    const keys = Object.entries(step.keys).map(([key, value]) => {
      if (typeof value === 'string' || typeof value === 'number') return `${key}=${value}`;
      return `${key}={${value.map(each => documentId({ id: each }, prefix)).join(',')}}`;
    });
    if (step.role === 'claim' && step.keys.setting === undefined && hasOneLoss(this.#writeUp.setting))
      keys.push('setting=full-batch');
    // What was found is what a later check is to find again.
    const found = this.#options.findings?.claims.get(step.id)?.verdict ?? 'proved';
    if (found !== 'proved' && step.keys.expect === undefined) keys.push(`expect=${found}`);
    if (step.role === 'ignore' || step.role === 'followed') return '% !modeq ignore';
    const about = step.role === 'optimizer' ? [] : [`about=${this.#optimizerId()}`];
    const where = step.where.length === 0 ? [] : [`% !modeq where ${step.where.join(', ')}`];
    return [
      `% !modeq ${[step.role, id, ...about, ...keys.filter(each => !each.endsWith('={}'))].join(' ')}`,
      ...where,
    ].join('\n');
  }

  #optimizerId(): string {
    const { optimizer } = this.#writeUp;
    const { prefix } = this.#options;
    return prefix === optimizer.id ? prefix : `${prefix}-${optimizer.id}`;
  }

  #label(id: string): string {
    return `${this.#options.prefix}:${id}`;
  }

  #refer(text: string): string {
    return text.replace(/<<([\w-]+)>>/g, (_, id: string) =>
      this.#options.fragment ? `\\eqref{${this.#label(id)}}` : `(${this.#numbers.get(id) ?? '?'})`,
    );
  }
}

const LEFT_OUT = 'The leading terms that were found for this did not stand the check, and are left out.';

const escapeText = (text: string): string =>
  text.replace(/[\\{}^~]/g, each => `\\char${each.charCodeAt(0)} `).replace(/[_#%&$]/g, each => `\\${each}`);
