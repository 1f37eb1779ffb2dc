/** SymPy and Maxima as Debian has them, asked whether a difference is zero: by their own rules, and at points in exact arithmetic. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One difference: as a formula with sums, and written out at some points. */
export interface Question {
  /** Names of the numbers, and whether each is positive and below 1. */
  readonly scalars: ReadonlyMap<string, 'unit' | 'positive' | 'real'>;
  readonly letters: readonly string[];
  readonly difference: string;
  readonly points: readonly string[];
}

export interface Opinion {
  readonly rules: 'zero' | 'open' | 'none';
  readonly points: readonly ('zero' | 'nonzero' | 'none')[];
}

export interface Asked {
  readonly name: string;
  readonly version: string;
  readonly ask: (questions: readonly Question[]) => readonly Opinion[];
}

const SCRIPT = fileURLToPath(new URL('sympy_opinion.py', import.meta.url));
const MILLISECONDS = 20_000;
/** Debian's own Python first: another one on the path may not have the package. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

/** SymPy, or null where python3-sympy is not installed. */
export function sympy(): Asked | null {
  for (const python of PYTHONS) {
    if (python.startsWith('/') && !existsSync(python)) continue;
    const found = spawnSync(python, ['-c', 'import sympy; print(sympy.__version__)'], { encoding: 'utf8' });
    if (found.status !== 0) continue;
    return { name: 'SymPy', version: found.stdout.trim(), ask: questions => askSympy(python, questions) };
  }
  return null;
}

function askSympy(python: string, questions: readonly Question[]): Opinion[] {
  const input = questions
    .map(({ scalars, letters, difference, points }) =>
      JSON.stringify({
        scalars: Object.fromEntries([...scalars].map(([name, domain]) => [name, domain !== 'real'])),
        letters,
        difference,
        points,
      }),
    )
    .join('\n');
  const { stdout } = spawnSync(python, [SCRIPT], {
    input: `${input}\n`,
    encoding: 'utf8',
    maxBuffer: 1e8,
    timeout: MILLISECONDS * (1 + questions.length) * 3,
  });
  const lines = (stdout ?? '').split('\n').filter(line => line !== '');
  return questions.map(({ points }, at) => {
    const answer: unknown = JSON.parse(lines[at] ?? 'null');
    return isOpinion(answer) ? answer : nothing(points);
  });
}

const isOpinion = (value: unknown): value is Opinion =>
  typeof value === 'object' && value !== null && 'rules' in value && 'points' in value;

const nothing = (points: readonly string[]): Opinion => ({ rules: 'none', points: points.map(() => 'none' as const) });

/** Maxima, or null where it is not installed; its sums are those of the package maxima-share, and its own where that is missing. */
export function maxima(): Asked | null {
  const found = spawnSync('maxima', ['--version'], { encoding: 'utf8' });
  if (found.status !== 0) return null;
  const version = /[\d.]+\S*/.exec(found.stdout)?.[0] ?? '';
  return { name: 'Maxima', version, ask: questions => questions.map(askMaxima) };
}

/** A process for each, since a question that Maxima asks back would swallow the next. */
function askMaxima({ scalars, difference, points }: Question): Opinion {
  const assumed = [...scalars].flatMap(([name, domain]) =>
    domain === 'unit' ? [`${name}>0`, `${name}<1`] : domain === 'positive' ? [`${name}>0`] : [],
  );
  const assume = ['xn>=0', ...assumed].map(each => `assume(${each})$`).join('');
  const zero = (expression: string): string =>
    `block([v:errcatch(${expression})],if v=[] then "none" else if v[1]=0 then "zero" else "open")`;
  const exact = points.map(
    (point, at) =>
      `block([v:errcatch(radcan(ratsimp(${point})))],print("POINT${at}",if v=[] then "none" else if v[1]=0 then "zero" else if numberp(v[1]) or is(abs(float(v[1]))>1/10^9) then "nonzero" else "none"))$`,
  );
  const program = (body: string): string =>
    `display2d:false$ simpsum:true$ errcatch(load(simplify_sum))$ declare(xn,integer)$ ${assume} ${body}`;
  const run = (body: string): string =>
    spawnSync('maxima', ['--very-quiet', `--batch-string=${program(body)}`], {
      encoding: 'utf8',
      timeout: MILLISECONDS,
      input: '',
      maxBuffer: 1e7,
    }).stdout ?? '';
  const byRules = /RULES (\w+)/.exec(
    run(`print("RULES",${zero(`radcan(ratsimp(simplify_sum(${difference})))`)})$`),
  )?.[1];
  const atPoints = run(exact.join(' '));
  return {
    rules: byRules === 'zero' || byRules === 'open' ? byRules : 'none',
    points: points.map((_, at) => {
      const found = new RegExp(String.raw`POINT${at} (\w+)`).exec(atPoints)?.[1];
      return found === 'zero' || found === 'nonzero' ? found : 'none';
    }),
  };
}
