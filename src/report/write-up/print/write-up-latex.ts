/**
 * A write-up as LaTeX: a whole article that needs amsmath and nothing else, or its body as a fragment to be put into
 * another paper. Every display carries the magic comment that lets `modeq check` judge it.
 */
import { hasOneLoss } from '../../../notation/settings.ts';
import { DEFAULT_NOTATION, type Notation } from '../../../optimizer/model.ts';
import { findingMark, findingText } from './finding-text.ts';
import { printDisplay } from './print-row.ts';
import { bibliography, citedIn, type ReferenceKey, withCitations } from '../model/references.ts';
import { repeatedSteps } from './repeated-steps.ts';
import { type Findings, type Part, type Section, type Step, stepsOf, type WriteUp } from '../model/write-up.ts';

export interface LatexOptions {
  /** In front of every id and label. */
  readonly prefix: string;
  /** A body for \input, with labels, instead of an article with numbers. */
  readonly fragment: boolean;
  /** Letters that fit on a line. */
  readonly width: number;
  /** Of the page; one if left out. */
  readonly columns?: 1 | 2;
  /** Where what was found about a step stands: beside its display, or nowhere, but for what is not proved; `margin` if left out. */
  readonly checks?: 'margin' | 'off';
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
  /** Steps whose right side stands in an earlier display, with that step. */
  readonly #repeated: ReadonlyMap<string, Step>;
  readonly #cited: readonly ReferenceKey[];

  constructor(writeUp: WriteUp, options: LatexOptions) {
    this.#writeUp = writeUp;
    this.#options = options;
    // All of them are judged; a right side is shown once.
    this.#repeated = options.findings === null ? new Map() : repeatedSteps(writeUp, options.findings);
    const shown = stepsOf(writeUp).filter(({ id }) => !this.#repeated.has(id));
    this.#numbers = new Map(shown.map(({ id }, at) => [id, at + 1]));
    this.#cited = citedIn(textsOf(writeUp));
  }

  article(): string {
    const { setting, order, title, source } = this.#writeUp;
    const { columns = 1 } = this.#options;
    const subtitle = `The modified equation ${hasOneLoss(setting) ? 'in the full batch' : 'with mini-batches'}, to order ${order} in the step size`;
    const layout = columns === 2 ? TWO_COLUMNS : ONE_COLUMN;
    return `${layout}
\\begin{document}
${columns === 2 ? '\\twocolumn[{' : ''}\\begin{center}
{\\LARGE ${escapeText(title)}}\\\\[1ex]
{\\large ${subtitle}}
\\end{center}${columns === 2 ? '\\vspace{2ex}}]' : ''}
${this.#notation()}
${this.#body()}
${this.#method()}
${bibliography(this.#cited, source)}\\end{document}
`;
  }

  fragment(): string {
    const { title } = this.#writeUp;
    const { columns = 1 } = this.#options;
    return `% The modified equation of ${title}, to be read with \\input. It needs amsmath.
% ${this.#options.command}
\\begingroup
\\allowdisplaybreaks[1]
\\postdisplaypenalty=10000${columns === 2 ? '\n\\emergencystretch=3em\n\\hbadness=4000' : ''}
${this.#notation()}
${this.#body()}
\\endgroup
`;
  }

  /** What the words behind the displays mean. */
  #method(): string {
    const { findings } = this.#options;
    const { step } = this.#writeUp.notation;
    const { checks = 'margin' } = this.#options;
    if (findings === null) return '';
    if (checks === 'off') return this.#command();
    return `\\section{How the steps were checked}
Every display was printed, read back from the text of this document and judged as it stands there; the margin says how. \\emph{Proved} means that both sides were brought to one normal form, for all iterations, dimensions, losses and hyperparameters that the first section allows. An \\emph{instance} is a random exact choice of all of them, at which both sides were evaluated to ${findings.digits} digits (seed ${findings.seed}). \\emph{Run} means that the optimizer itself, as printed, was run in exact power series of $${step}$ from random points, and its coefficients compared with the display; no symbolic expansion takes part in that. The prose between the displays and the error bound are not checked. What has no such word was not checked.

${this.#command()}`;
  }

  #command(): string {
    const { command } = this.#options;
    return `\\begin{flushleft}\\small
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

  /** The parts of the proof stand under one heading. */
  #section(section: Section): string {
    const { fragment } = this.#options;
    const { id, title, parts } = section;
    const isProof = section.level === 'proof';
    const [outer, inner] = fragment ? ['subsection', 'subsubsection'] : ['section', 'subsection'];
    const opens = isProof && this.#writeUp.sections.find(({ level }) => level === 'proof') === section;
    const label = fragment ? `\\label{${this.#label(id)}-section}` : '';
    const heading = `${opens ? `\\${outer}{Proof of the theorem}\n` : ''}\\${isProof ? inner : outer}{${title}}${label}`;
    return `${heading}\n${this.#parts(parts)}\n`;
  }

  /** A display stands in the paragraph of the prose before it. */
  #parts(parts: readonly Part[]): string {
    return parts.reduce((text, part, at) => {
      const gap = at === 0 ? '' : part.kind === 'prose' || part.opening !== undefined ? '\n\n' : '\n';
      return `${text}${gap}${this.#part(part)}`;
    }, '');
  }

  #part(part: Part): string {
    if (part.kind === 'prose') return this.#refer(part.text);
    const opening = part.opening === undefined ? '' : `${part.opening.text}\n`;
    if (this.#options.findings?.leftOut.has(part.id) === true) return `${opening}${LEFT_OUT}`;
    const earlier = this.#repeated.get(part.id);
    if (earlier === undefined) return `${opening}${this.#step(part)}`;
    const found = [this.#mark(part), this.#open(part)].filter(text => text !== '').join(' ');
    return `${this.#refer(part.opening?.again(`<<${earlier.id}>>`) ?? '')}${found}`;
  }

  #step(step: Step): string {
    const { fragment, width } = this.#options;
    const { notation, withoutPoint } = this.#writeUp;
    const { rows, fill } = printDisplay(step.rows, notation, { width, withoutPoint });
    const number = fragment ? ` \\label{${this.#label(step.id)}}` : ` \\tag{${this.#numbers.get(step.id) ?? 0}}`;
    // A reason that goes on in small letters is part of the sentence.
    const end = /^[a-z]/.test(step.reason) ? ',' : '.';
    const lines = rows.flatMap((row, at) => {
      const isLast = at === rows.length - 1;
      return row.map((line, position) => {
        const ends = position === row.length - 1;
        const stop = ends ? (isLast ? end : ',') : '';
        const behind = isLast && ends ? number : fragment ? ' \\notag' : '';
        return `  ${line}${stop}${behind}`;
      });
    });
    const environment = fragment ? 'align' : 'align*';
    const inside = `\\begin{${environment}}\n${lines.join(' \\\\\n')}\n\\end{${environment}}`;
    const smaller = SIZES.find(([least]) => fill > least)?.[1] ?? null;
    const [before, display] = smaller === null ? ['', inside] : [`\\begingroup${smaller}`, `${inside}\n\\endgroup`];
    const mark = this.#mark(step);
    const behind = [this.#refer(step.reason), this.#open(step)].filter(text => text !== '').join(' ');
    return [
      ...[mark, before].filter(each => each !== ''),
      this.#comment(step),
      display,
      ...(behind === '' ? [] : [behind]),
    ].join('\n');
  }

  /** What was found, for the margin. */
  #mark(step: Step): string {
    const { findings, checks = 'margin' } = this.#options;
    const mark = findings === null || checks === 'off' ? '' : findingMark(step, findings);
    return mark === '' ? '' : `\\marginpar{\\raggedright\\scriptsize ${mark}}`;
  }

  /** That something is not proved is said in the text, whether or not there are marks. */
  #open(step: Step): string {
    const { findings } = this.#options;
    return findings === null ? '' : findingText(step, findings);
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
    const cited = withCitations(text, this.#cited, this.#writeUp.source, this.#options.fragment);
    return cited.replace(/<<([\w-]+)>>/g, (_, id: string) =>
      this.#options.fragment ? `\\eqref{${this.#label(id)}}` : `(${this.#numbers.get(id) ?? '?'})`,
    );
  }
}

/** The paper that is printed here. */
const ONE_COLUMN = `\\documentclass[11pt]{article}
\\usepackage{amsmath}
\\setlength{\\textwidth}{6.5in}
\\setlength{\\oddsidemargin}{0in}
\\setlength{\\evensidemargin}{0in}
\\setlength{\\marginparwidth}{0.8in}
\\setlength{\\textheight}{9in}
\\setlength{\\topmargin}{-0.5in}
\\setlength{\\emergencystretch}{3em}
\\allowdisplaybreaks[1]
\\postdisplaypenalty=10000`;
const TWO_COLUMNS = `\\documentclass[twocolumn]{article}
\\usepackage{amsmath}
\\setlength{\\textwidth}{7in}
\\setlength{\\oddsidemargin}{-0.37in}
\\setlength{\\evensidemargin}{-0.37in}
\\setlength{\\marginparwidth}{0.57in}
\\setlength{\\marginparsep}{0.05in}
\\setlength{\\textheight}{9in}
\\setlength{\\topmargin}{-0.5in}
\\setlength{\\emergencystretch}{3em}
\\raggedbottom
\\hbadness=4000
\\allowdisplaybreaks[1]
\\postdisplaypenalty=10000`;

const textsOf = ({ sections }: WriteUp): readonly string[] =>
  sections.flatMap(({ parts }) => parts.map(part => (part.kind === 'prose' ? part.text : part.reason)));

/** Smaller letters for displays that no line can hold; a line is filled to nine tenths where `fill` is 1. */
const SIZES: readonly (readonly [number, string])[] = [
  [1.28, '\\scriptsize'],
  [1.16, '\\footnotesize'],
  [1.05, '\\small'],
];

const LEFT_OUT = 'The leading terms that were found for this did not stand the check, and are left out.';

const escapeText = (text: string): string =>
  text.replace(/[\\{}^~]/g, each => `\\char${each.charCodeAt(0)} `).replace(/[_#%&$]/g, each => `\\${each}`);
