/**
 * Five ways of writing the same: a factor across the bar of a fraction, an average as a sum, a quantity named or inlined, rows
 * in another order, 1 − ρ under a name of its own. Each is made of the text alone. Shares no code with the program.
 */
import type { Dice } from '../fuzz/random.ts';
import { type Block, fractions, joinedRows, rowsOf } from './tex.ts';

export type Way = 'bar' | 'average' | 'name' | 'inline' | 'order' | 'complement';
export const WAYS: readonly Way[] = ['bar', 'average', 'name', 'inline', 'order', 'complement'];

/** The block in another spelling; null where this way has nothing to do there. */
export type Rewriter = (block: Block, dice: Dice) => Block | null;

const isLoose = (text: string): boolean => {
  let depth = 0;
  for (const [at, letter] of [...text.trim()].entries()) {
    if ('{(['.includes(letter)) depth += 1;
    else if ('})]'.includes(letter)) depth -= 1;
    else if (depth === 0 && (letter === '-' || (letter === '+' && at > 0))) return true;
  }
  return false;
};
const grouped = (text: string): string => (isLoose(text) ? `\\left(${text}\\right)` : text);

/** a/b as (1/b) a or a (1/b), and (a/c)/b as a/(c b). Of several fractions each other one. */
const acrossBar: Rewriter = (block, dice) => {
  if (/\\frac\{(?:d|\\partial)/.test(block.body)) return null;
  const all = fractions(block.body);
  const chosen = all.filter(
    ({ start, end }, at) =>
      !all.some((other, before) => before < at && other.start < start && end <= other.end) &&
      !/[\^_]\{?$/.test(block.body.slice(0, start)),
  );
  if (chosen.length === 0) return null;
  let body = block.body;
  for (const { start, end, over, under } of chosen.toReversed()) {
    const divided = /^([^/+]*?) ?\/ ?\((.*)\)$/.exec(over.trim());
    const isAlone = /^\s*(?:$|[+\-=,.&\\]\W|\}|\\right|\\quad|\\end)/.test(body.slice(end));
    const other =
      divided?.[1] && divided[2] && !divided[2].includes(')')
        ? `\\frac{${divided[1]}}{\\left(${divided[2]}\\right) ${grouped(under)}}`
        : /^\s*1\s*$/.test(over)
          ? `${grouped(under)}^{-1}`
          : // Behind a Σ it would stand under it, where a letter cannot be bound again.
            dice.chance(0.5) || !isAlone || (/\\sum/.test(over) && /\\sum/.test(under))
            ? `\\frac{1}{${under}} ${grouped(over)}`
            : `${grouped(over)} \\frac{1}{${under}}`;
    if (/\^\{-1\}$/.test(other) && !/^[A-Za-z0-9]$|^\\left\(/.test(grouped(under))) continue;
    // What Σ reaches to would become more.
    if (/\\sum/.test(over) && !isAlone) continue;
    body = body.slice(0, start) + other + body.slice(end);
  }
  return body === block.body ? null : { ...block, body };
};

const SCALARS = ['\\rho', '\\beta', '\\mu'];
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const complementOf = (scalar: string): string => `(?:\\\\left)?\\(1 ?- ?${escaped(scalar)}(?:\\\\right)?\\)`;

/** Optimizers whose averages became sums: by id the state and the factor that it lacks. */
export type Sums = ReadonlyMap<string, readonly { readonly state: string; readonly factor: string }[]>;

/** m ← β m + (1 − β) g as m ← β m + g, with (1 − β) m for m elsewhere. */
export function averagesOf(block: Block): { readonly state: string; readonly factor: string }[] {
  if (block.kind !== 'optimizer') return [];
  return rowsOf(block.body).rows.flatMap(row => {
    const found =
      /^\s*(\\?[A-Za-z]+)_\{?j\}?\^\{\(n\+1\)\}\s*&?=\s*(\\[a-z]+) \1_\{?j\}?\^\{\(n\)\} \+ \(1 ?- ?(\\[a-z]+)\)/.exec(
        row,
      );
    return found?.[1] && found[2] && found[2] === found[3] ? [{ state: found[1], factor: `(1-${found[2]})` }] : [];
  });
}

const averageAsSum =
  (sums: Sums): Rewriter =>
  block => {
    if (block.kind === 'optimizer') {
      const states = averagesOf(block);
      if (states.length === 0) return null;
      const { open, rows, close } = rowsOf(block.body);
      const changed = rows.map(row => {
        const own = states.find(({ state }) => new RegExp(`^\\s*${escaped(state)}_`).test(row));
        let text = row;
        if (own) text = text.replace(/\+ \(1 ?- ?\\[a-z]+\) ?/, '+ ');
        for (const { state, factor } of states)
          if (own?.state !== state)
            text = text.replace(
              new RegExp(`${escaped(state)}_\\{?j\\}?\\^\\{\\(n(?:\\+1)?\\)\\}`, 'g'),
              each => `${factor} ${each}`,
            );
        return text;
      });
      return { ...block, body: joinedRows(open, changed, close) };
    }
    let body = block.body;
    const about = /about=(\S+)/.exec(block.head)?.[1] ?? '';
    for (const { state, factor } of sums.get(about) ?? [])
      body = body.replace(
        new RegExp(`${escaped(state)}_\\{?j\\}?\\^\\{\\(n(?:\\+1)?\\)\\}`, 'g'),
        each => `${factor} ${each}`,
      );
    for (const scalar of SCALARS) {
      const weighted = new RegExp(
        `\\\\frac\\{1\\}\\{1-${escaped(scalar)}\\^\\{n\\+1\\}\\} (\\\\sum_\\{k=0\\}\\^\\{n\\}) (${escaped(scalar)}\\^\\{n-k\\}) ${complementOf(scalar)}`,
        'g',
      );
      body = body.replace(
        weighted,
        (_, sum: string, power: string) => `\\frac{1}{\\sum_{r=0}^{n} ${scalar}^{r}} ${sum} ${power}`,
      );
      const inside = new RegExp(
        `(\\\\sum_\\{k=0\\}\\^\\{n\\}) (${escaped(scalar)}\\^\\{n-k\\}) ?${complementOf(scalar)}`,
        'g',
      );
      body = body.replace(inside, (_, sum: string, power: string) => `(1-${scalar}) ${sum} ${power}`);
    }
    return body === block.body ? null : { ...block, body };
  };

/** A part that occurs gets a name: the gradient of the step in rows, 1 − ρ^{n+1} in claims. */
const named: Rewriter = block => {
  const { open, rows, close } = rowsOf(block.body);
  if (block.kind === 'optimizer') {
    const gradient =
      /\\nabla_\{?j\}? E_\{?n\}? ?(?:\\left)?\( ?\\boldsymbol\{?\\?\s?\\?theta\}?\^\{\(n\)\} ?(?:\\right)? ?\)/g;
    const [found] = block.body.match(gradient) ?? [];
    if (found === undefined) return null;
    const name = 'z_{j}^{(n)}';
    const changed = rows.map(row => row.replaceAll(gradient, name));
    const first = ` ${name} ${open.includes('align') ? '&' : ''}:= ${found}, `;
    return open.includes('align') ? { ...block, body: joinedRows(open, [first, ...changed], close) } : null;
  }
  const part = /1-(\\rho|\\beta)\^\{n\+1\}/.exec(block.body)?.[0];
  if (part === undefined || !open.includes('gather') || /\\begin\{split\}/.test(block.body)) return null;
  const last = rows.at(-1)?.replace(/[.,]\s*$/, '') ?? '';
  const changed = [...rows.slice(0, -1), last].map(row => row.replaceAll(part, '\\kappa_n'));
  return {
    ...block,
    body: joinedRows(open, [...changed.slice(0, -1), `${changed.at(-1)}, `, ` \\kappa_n := ${part}.\n`], close),
  };
};

const HEAD = /^\s*(\\bar\{[A-Z]\}|[A-Z])_\{j\}\^\{\(n\)\}\(\\boldsymbol\{\\theta\}\) := ([\s\S]*?)[,.]?\s*$/;

/** A defined quantity is written out where it is used and its row is gone. */
const inlined: Rewriter = (block, dice) => {
  if (block.kind !== 'claim' || !/\\begin\{gather\}/.test(block.body)) return null;
  const { open, rows, close } = rowsOf(block.body);
  const definitions = rows.flatMap((row, at) => {
    const found = HEAD.exec(row);
    return found?.[1] && found[2] ? [{ at, name: found[1], text: found[2] }] : [];
  });
  // What uses no other letter twice: at i the summed i would be bound again.
  const possible = definitions.filter(({ name, text }) => !new RegExp(`${escaped(name)}_\\{`).test(text));
  if (possible.length === 0) return null;
  const { at, name, text } = dice.pick(possible);
  const use = new RegExp(
    `(?<!\\\\bar\\{)${escaped(name)}_\\{([a-z])\\}\\^\\{\\(([a-z])\\)\\}(?:\\\\left)?\\((\\\\tilde\\{\\\\boldsymbol\\{\\\\theta\\}\\}\\(t\\)|\\\\boldsymbol\\{\\\\theta\\})(?:\\\\right)?\\)(\\^\\{\\d\\})?`,
    'g',
  );
  const changed = rows
    .filter((_, row) => row !== at)
    .map(row =>
      row.replace(use, (_, component: string, label: string, point: string, power: string | undefined) => {
        const body = text
          .replaceAll(/\bi\b(?=[=}j])|(?<=_\{)i/g, 'q')
          .replaceAll(/(?<![A-Za-z\\])k\b/g, 'r')
          .replaceAll(/(?<=[_{^(q])j(?=\})|(?<=_\{q)j/g, component)
          .replaceAll(/(?<![A-Za-z\\])n\b/g, label)
          .replaceAll('\\boldsymbol{\\theta}', point);
        return power === undefined ? `\\left(${body}\\right)` : `\\left(${body}\\right)^{${power.slice(2, -1)}}`;
      }),
    );
  const last = changed.at(-1)?.replace(/,\s*$/, '.\n') ?? '';
  return { ...block, body: joinedRows(open, [...changed.slice(0, -1), last], close) };
};

/** Rows of an optimizer, and definitions of a claim, in another order. */
const reordered: Rewriter = (block, dice) => {
  const { open, rows, close } = rowsOf(block.body);
  if (rows.length < 2 || /\\begin\{split\}|\\begin\{cases\}/.test(block.body)) return null;
  if (block.kind === 'claim' && rows.slice(1).some(row => !row.includes(':='))) return null;
  const bare = rows.map(row => row.trim().replace(/[,.]$/, ''));
  const isAsBefore = (places: readonly number[]): boolean => places.every((at, place) => at === place);
  let order = dice.shuffled(bare.map((_, at) => at));
  for (let tries = 0; tries < 8 && isAsBefore(order); tries += 1) order = dice.shuffled(order);
  if (isAsBefore(order)) return null;
  return {
    ...block,
    body: joinedRows(
      open,
      order.map(at => `\n  ${bare[at]}, `),
      `\n${close}`,
    ),
  };
};

/** ρ = 1 − α: α is the name of what was 1 − ρ. */
const complemented: Rewriter = block => {
  const rename = (text: string): string =>
    SCALARS.slice(0, 2).reduce((all, scalar, at) => {
      const name = ['\\alpha', '\\tau'][at] ?? '';
      return all
        .replaceAll(new RegExp(`${complementOf(scalar)}(?!\\^)`, 'g'), `${name} `)
        .replaceAll(new RegExp(`\\{1 ?- ?${escaped(scalar)}\\}`, 'g'), `{${name}}`)
        .replaceAll(new RegExp(`${escaped(scalar)}(?![A-Za-z_])`, 'g'), `(1-${name})`);
    }, text);
  const head = block.head.replaceAll(/\\(rho|beta)(?= (?:\\?in) )/g, (_, name: string) =>
    name === 'rho' ? '\\alpha' : '\\tau',
  );
  const domains = head.replaceAll(/(\\(?:alpha|tau) \\?in )\[0,1\)/g, '$1(0,1]');
  if (/at=\{|rescale=|assume=/.test(domains) && /\\(?:rho|beta)/.test(domains)) {
    const keys = domains.replaceAll(
      /\\(rho|beta)=(\d)/g,
      (_, name: string, value: string) => `\\${name === 'rho' ? 'alpha' : 'tau'}=${1 - Number(value)}`,
    );
    return /\\partial\\(?:rho|beta)/.test(block.body)
      ? null
      : { ...block, head: rename(keys), body: rename(block.body) };
  }
  if (/\\partial ?\\(?:rho|beta)/.test(block.body)) return null;
  const body = rename(block.body);
  return body === block.body && domains === block.head ? null : { ...block, head: rename(domains), body };
};

/** `sums`: which averages of the optimizers that claims are about became sums. */
export function rewriterOf(way: Way, sums: Sums): Rewriter {
  switch (way) {
    case 'bar':
      return acrossBar;
    case 'average':
      return averageAsSum(sums);
    case 'name':
      return named;
    case 'inline':
      return inlined;
    case 'order':
      return reordered;
    case 'complement':
      return complemented;
  }
}
