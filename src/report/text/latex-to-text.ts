/** Sentences of LaTeX as plain text for a terminal: the few commands that write-ups use in prose. */
import { unicodeName } from '../../latex/write/write-unicode.ts';

const SIGNS: Readonly<Record<string, string>> = {
  dots: '…',
  cdots: '…',
  le: '≤',
  ge: '≥',
  in: '∈',
  equiv: '≡',
  nabla: '∇',
  sum: 'Σ',
  infty: '∞',
  to: '→',
  noindent: '',
  item: '-',
  mathbb: '',
};

const RELATIONS: ReadonlySet<string> = new Set(['le', 'ge', 'in', 'equiv', 'to', 'dots', 'cdots']);

/** The text without commands, dollars and braces. Example: `for $k \le n$` is `for k ≤ n`. */
export function latexToText(latex: string): string {
  return latex
    .replace(/\\(?:begin|end)\{\w+\}\n?/g, '')
    .replace(/\\frac\{([^{}]*(?:\{[^{}]*\})?[^{}]*)\}\{([^{}]*)\}/g, '$1/$2')
    .replace(/\\(?:tilde|boldsymbol|hat|bar)\{(?:[^{}]|\{[^{}]*\})*\}/g, name => unicodeName(name))
    .replace(/\\(?:emph|textbf|texttt|text)\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$1')
    .replace(/\\([A-Za-z]+)( ?)/g, (_, command: string, blank: string) => {
      const sign = SIGNS[command];
      return sign === undefined ? unicodeName(`\\${command}`) : RELATIONS.has(command) ? `${sign}${blank}` : sign;
    })
    .replace(/\^\{(\([^{}()]*\))\}/g, '^$1')
    .replace(/([_^])\{(.)\}/gu, '$1$2')
    .replace(/\{([^{}]*)\}/g, '{$1}')
    .replace(/[$]|~(?=\w)/g, found => (found === '~' ? ' ' : ''))
    .replace(/\\([%#&_{}])/g, '$1');
}
