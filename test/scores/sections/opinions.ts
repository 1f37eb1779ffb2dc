/** Closed-form identities, asked of the program, of SymPy and of Maxima. */
import type { FuzzClaim } from '../../fuzz/claim.ts';
import { documentOf } from '../../fuzz/claim.ts';
import type { Domain } from '../../fuzz/facts.ts';
import { drawIdentity } from '../../fuzz/identities.ts';
import { isWrong, judgeAll } from '../../fuzz/judge.ts';
import { Dice } from '../../fuzz/random.ts';
import { placesOf } from '../../fuzz/tree.ts';
import { isPlain, type Program, scalarName, withSums, writtenOut } from '../opinions/algebra-text.ts';
import { type Asked, maxima, type Opinion, type Question, sympy } from '../opinions/ask-programs.ts';
import { percent, type SectionKind, table, type UnitResult } from '../section.ts';

const IDENTITIES = 500;
const BLOCK = 5;
const INSTANCES = 60;
/** Values of the numbers at the points, by domain. */
const VALUES: Readonly<Record<Domain, readonly string[]>> = {
  unit: ['2/7', '3/5', '5/11'],
  'unit-closed': ['3/8', '4/9', '2/3'],
  positive: ['5/3', '7/4', '9/5'],
  'not-negative': ['5/3', '7/4', '9/5'],
  real: ['-5/3', '7/4', '-9/5'],
};
const STEPS = [0, 1, 4];

/** Identity number `at` of the seed: both sides of numbers, n and sums alone, at least one of them with a sum. */
export function identityNumber(seed: number, at: number): FuzzClaim {
  const dice = new Dice(Math.imul(seed, 2_000_003) + at);
  for (let turn = 0; turn < 4_000; turn += 1) {
    const claim = drawIdentity(dice);
    if (!claim || claim.labels.length > 0 || claim.meanings.length > 0 || claim.optimizer) continue;
    const sides = [claim.left, claim.right];
    const hasSum = sides.some(side => placesOf(side).some(({ tree }) => tree.kind === 'sum'));
    if (hasSum && sides.every(isPlain) && claim.relation === '=') return claim;
  }
  throw new Error(`no identity ${at} of seed ${seed}`);
}

/** The difference of both sides for a program, with sums and written out at points. */
export function questionOf({ left, right, scalars, leastN }: FuzzClaim, program: Program): Question {
  const both = (text: (side: typeof left) => string): string => `(${text(left)})-(${text(right)})`;
  const letters = new Set(
    [left, right].flatMap(side =>
      placesOf(side).flatMap(({ tree }) => (tree.kind === 'sum' || tree.kind === 'product' ? [`x${tree.index}`] : [])),
    ),
  );
  const points = STEPS.map((step, which) => {
    let text = both(side => writtenOut(side, leastN + step, program));
    for (const [name, domain] of scalars) {
      const [top, bottom] = (VALUES[domain][which] ?? '').split('/');
      const value = program === 'sympy' ? `Rational(${top},${bottom})` : `(${top}/${bottom})`;
      text = text.replaceAll(new RegExp(String.raw`\b${scalarName(name)}\b`, 'g'), value);
    }
    return text;
  });
  const known = (domain: Domain): 'unit' | 'positive' | 'real' =>
    domain === 'unit' || domain === 'unit-closed' ? 'unit' : domain === 'real' ? 'real' : 'positive';
  return {
    scalars: new Map([...scalars].map(([name, domain]) => [scalarName(name), known(domain)])),
    letters: ['xn', ...letters],
    difference: both(side => withSums(side, program)),
    points,
  };
}

/** What a program says of the whole: it sees zero, or another value at a point, or only values. */
export function sayingOf({ rules, points }: Opinion): 'equal' | 'equal at the points' | 'different' | 'no answer' {
  if (points.includes('nonzero')) return 'different';
  if (rules === 'zero') return 'equal';
  return points.includes('zero') ? 'equal at the points' : 'no answer';
}

const SAYINGS = ['equal', 'equal at the points', 'different', 'no answer'] as const;

export const opinionScore: SectionKind = {
  id: 'opinions',
  open: seed => {
    const programs = [sympy(), maxima()];
    const found = programs.filter((each): each is Asked => each !== null);
    const absent = ['python3-sympy', 'maxima'].filter((_, at) => programs[at] === null);
    const versions = found.map(({ name, version }) => `${name} ${version}`).join(' and ');
    return {
      id: 'opinions',
      title: 'Agreement with SymPy and Maxima',
      about:
        `${IDENTITIES} identities between sums in closed form, true and false ones, asked of the program and of ${versions || 'nobody'}: whether the difference is zero by their own rules (outside of special values such as β = 1), and at three points in exact arithmetic, where sums are written out.` +
        (absent.length > 0 ? ` Not installed here, and so not asked: ${absent.join(', ')}.` : ''),
      unit: `${BLOCK} identities`,
      size: IDENTITIES / BLOCK,
      missing: found.length === 0 ? `neither python3-sympy nor maxima is installed here` : null,
      run: unit => {
        const claims = Array.from({ length: BLOCK }, (_, at) => identityNumber(seed, unit * BLOCK + at));
        return compared(claims, found, unit * BLOCK);
      },
      lines: counts => {
        const names = [...new Set(Object.keys(counts).map(key => key.split(': ')[0] ?? ''))].sort();
        const of = (name: string, verdict: string, saying: string): number =>
          counts[`${name}: ${verdict}: ${saying}`] ?? 0;
        const verdicts = ['proved', 'supported', 'refuted', 'undecided'];
        const rows = names.flatMap(name =>
          verdicts.map(verdict => {
            const each = SAYINGS.map(saying => of(name, verdict, saying));
            return [`${name}: ${verdict} here`, each.reduce((sum, count) => sum + count, 0), ...each];
          }),
        );
        const asked = rows.reduce((sum, row) => sum + Number(row[1]), 0);
        const against = names.reduce(
          (sum, name) =>
            sum + of(name, 'proved', 'different') + of(name, 'supported', 'different') + of(name, 'refuted', 'equal'),
          0,
        );
        const answered =
          asked -
          names.reduce((sum, name) => sum + verdicts.reduce((all, each) => all + of(name, each, 'no answer'), 0), 0);
        return [
          ...table(['', 'asked', ...SAYINGS], rows),
          '',
          `Answers against the program: ${against} of ${answered} (${percent(against, answered)}); each is listed below where it is one.`,
        ];
      },
    };
  },
};

function compared(claims: readonly FuzzClaim[], programs: readonly Asked[], first: number): UnitResult {
  const verdicts = judgeAll(claims, { instances: INSTANCES });
  const counts: Record<string, number> = {};
  const wrong: string[] = [];
  for (const [at, claim] of claims.entries()) {
    const judged = verdicts[at];
    if (judged && isWrong(claim, judged))
      wrong.push(`identity ${first + at} is ${claim.truth} and ${judged.verdict}: ${documentOf(claim)}`);
  }
  for (const { name, ask } of programs) {
    const program: Program = name === 'SymPy' ? 'sympy' : 'maxima';
    const opinions = ask(claims.map(claim => questionOf(claim, program)));
    for (const [at, claim] of claims.entries()) {
      const opinion = opinions[at];
      const verdict = verdicts[at]?.verdict ?? 'unreadable';
      if (!opinion) throw new Error('every question has an answer');
      const saying = sayingOf(opinion);
      const key = `${name}: ${verdict}: ${saying}`;
      counts[key] = (counts[key] ?? 0) + 1;
      // A value at a point is exact and decides; rules that see zero may have other conventions for empty sums.
      if (saying === 'different' && (verdict === 'proved' || verdict === 'supported'))
        wrong.push(`identity ${first + at} is ${verdict}, and different for ${name}: ${documentOf(claim)}`);
    }
  }
  return { counts, wrong };
}
