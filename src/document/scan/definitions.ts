/** Definitions of commands and environments in LaTeX text: what stands in them is no display of the document. */

const DEFINING =
  /^\\(?:(?:re|provide)?newcommand|renewcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|(?:re)?newenvironment|[gex]?def|NewDocumentCommand|RenewDocumentCommand)$/;
const LONGEST = 20_000;

/** Whether the command defines another one, or an environment. */
export const isDefining = (command: string): boolean => DEFINING.test(command);

/** Where the definition that `command` begins ends; null where it is not closed. */
export function definitionEnd(text: string, command: string, after: number, end: number): number | null {
  const limit = Math.min(end, after + LONGEST);
  const isPlain = /def$/.test(command);
  const isEnvironment = command.endsWith('environment');
  // The name: \name, or {\name} and {name}.
  const name = /^\*?\s*(?:\{\s*\\?[A-Za-z@*]+\s*\}|\\(?:[A-Za-z@]+|[^A-Za-z\s]))/.exec(text.slice(after, limit));
  if (!name) return null;
  let at = after + name[0].length;
  if (isPlain) {
    const open = text.indexOf('{', at);
    if (open === -1 || open >= limit || /[\\\n]/.test(text.slice(at, open))) return null;
    at = open;
  } else {
    const options = /^(?:\s*\[[^\][]*\])*\s*/.exec(text.slice(at, limit));
    at += options?.[0].length ?? 0;
  }
  const groups = isEnvironment || command.endsWith('DocumentCommand') ? 2 : 1;
  for (let count = 0; count < groups; count += 1) {
    while (/\s/.test(text.charAt(at))) at += 1;
    const close = groupEnd(text, at, limit);
    if (close === null) return null;
    at = close;
  }
  return at;
}

const MARKS = /%[^\n]*|\\[\s\S]|[{}]/g;

/** Where the group that opens at `at` ends. */
function groupEnd(text: string, at: number, limit: number): number | null {
  if (text.charAt(at) !== '{') return null;
  const marks = new RegExp(MARKS);
  marks.lastIndex = at;
  let depth = 0;
  for (let found = marks.exec(text); found && found.index < limit; found = marks.exec(text)) {
    if (found[0] === '{') depth += 1;
    if (found[0] === '}') depth -= 1;
    if (depth === 0) return found.index + 1;
  }
  return null;
}
