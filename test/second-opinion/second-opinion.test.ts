/**
 * nerdamer 1.1.13 and mathjs 15.2.0 on the closed forms of the full batch: the claims as typed, for concrete n. Where they
 * agree with the proofs is asserted, and where they can say nothing; both see that wrong twins are wrong.
 */
import { afterAll, describe, expect, it } from 'vitest';
import type { Claim, Statement } from '../../src/document/model.ts';
import { loadDocuments } from '../../src/files/documents/load.ts';
import { exampleDocuments } from '../support/example-optimizers.ts';
import type { Formula } from '../../src/formula/formula.ts';
import { documentIndexOf, resolveClaim } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { twins } from '../../src/judge/slips/twins.ts';
import { Oracle } from './ask.ts';
import { exactReader, named } from './exact.ts';
import { plainAlgebra, type Spelling } from './plain-algebra.ts';

const oracle = new Oracle();
afterAll(() => oracle.close());
const exact = await exactReader();
const POINT = ['2/7', '3/5', '4/3', '5/2'];
const LIBRARIES = ['nerdamer', 'mathjs'] as const;

const own = loadDocuments([new URL('closed-forms.tex', import.meta.url).pathname]).documents;
const all = [...own, ...exampleDocuments()];
const BUILT_IN = ['section-4-mean-age', 'section-4-gamma', 'remark-3.4-factor'];

interface Form {
  readonly claim: Claim;
  readonly statement: Statement;
}
const forms = new Map<string, Form>(
  all.flatMap(document =>
    document.claims
      .filter(({ id }) => own.includes(document) || BUILT_IN.includes(id) || id === 'section-4-slope')
      .map((claim): [string, Form] => {
        const resolved = resolveClaim(claim, documentIndexOf(document, all));
        const statement = resolved.ok ? resolved.value.claim.statements[0] : undefined;
        if (!resolved.ok || !statement) throw new Error(`${claim.id} is read`);
        return [claim.id, { claim: resolved.value.claim, statement }];
      }),
  ),
);
const form = (id: string): Form => {
  const found = forms.get(id);
  if (!found) throw new Error(`there is a claim ${id}`);
  return found;
};

/** Both sides at n in plain algebra, with the numbers to insert. */
function sides({ claim, statement }: Form, n: number): { left: string; right: string; values: string[] } {
  const spelling: Spelling = { letters: new Map(), definitions: claim.definitions };
  const [left, right] = [statement.left, statement.right].map(each => plainAlgebra(each, n, spelling));
  return { left: left ?? '', right: right ?? '', values: POINT.slice(0, spelling.letters.size) };
}

const whole = (text: string): string => text.replace(/\/1$/, '');
const valueBy = async (library: (typeof LIBRARIES)[number], text: string, values: readonly string[]): Promise<string> =>
  whole(await oracle.text(library, 'value', text, named(values)));

describe('the closed forms', () => {
  const ids = [...forms.keys()].filter(id => id !== 'section-4-slope');
  it('are there', () => expect(ids.length).toBe(9));
  it.each(own.flatMap(({ claims }) => claims.map(claim => [claim.id, claim] as const)))('%s is proved', (_, claim) => {
    const context = {
      library: documentIndexOf(own[0] ?? fail(), all),
      engine: standardEngine,
      equations: new Equations(standardEngine),
    };
    expect(judgeClaim(claim, context, { ...DEFAULT_OPTIONS, instances: 20 }).verdict).toBe('proved');
  });
  it.each(ids)('%s: exact values by three programs are equal on both sides', async id => {
    for (const n of [0, 1, 2, 3, 4]) {
      const { left, right, values } = sides(form(id), n);
      const value = exact(left, values);
      expect(value).not.toBeNull();
      expect(exact(right, values)).toBe(value);
      for (const library of LIBRARIES)
        for (const side of [left, right])
          expect(await valueBy(library, side, values), `${library}, n = ${n}`).toBe(value);
    }
  });
});

const fail = (): never => {
  throw new Error('the document was read');
};

/** What `simplify` of the difference gives for n = 0, 1, 2, 3: zero, an error, or something that it does not see to be zero. */
type Opinion = 'zero' | 'error' | 'open';
const SIMPLIFIED: readonly (readonly [string, 'nerdamer' | 'mathjs', readonly Opinion[]])[] = [
  ['normalisation', 'nerdamer', ['zero', 'zero', 'zero', 'zero']],
  ['age', 'nerdamer', ['zero', 'zero', 'zero', 'zero']],
  ['age-uncorrected', 'nerdamer', ['zero', 'zero', 'error', 'zero']],
  ['section-4-mean-age', 'nerdamer', ['zero', 'zero', 'zero', 'zero']],
  ['numerator', 'nerdamer', ['zero']],
  ['double-sum', 'nerdamer', ['zero', 'error']],
  ['remark-3.4-factor', 'nerdamer', ['error']],
  ['section-4-gamma', 'nerdamer', ['error', 'error']],
  ['normalisation', 'mathjs', ['zero', 'zero', 'zero', 'zero']],
  ['remark-3.4-factor', 'mathjs', ['zero']],
  ['age', 'mathjs', ['zero', 'open', 'open', 'open']],
  ['section-4-mean-age', 'mathjs', ['zero', 'open', 'open', 'open']],
  ['section-4-gamma', 'mathjs', ['open', 'open']],
];

describe('simplifying the difference of the two sides', () => {
  it.each(SIMPLIFIED)('%s by %s', { timeout: 90_000 }, async (id, library, opinions) => {
    for (const [n, opinion] of opinions.entries()) {
      const { left, right, values } = sides(form(id), n);
      const answer = await oracle.ask(library, 'simplify', `${left}-${right}`);
      const isZero = answer.kind === 'text' && answer.text === '0';
      const found: Opinion = isZero ? 'zero' : answer.kind === 'text' ? 'open' : 'error';
      expect(found, `n = ${n}: ${answer.kind === 'text' ? answer.text : answer.kind}`).toBe(opinion);
      // What is left open is at least not wrong.
      if (answer.kind === 'text') expect(exact(answer.text, values)).toBe('0');
    }
  });
  it.each(['age', 'normalisation', 'section-4-mean-age'])('%s: a wrong sum is not zero for nerdamer', async id => {
    const { left, right } = sides(form(id), 2);
    const answer = await oracle.ask('nerdamer', 'simplify', `${left}-2*${right}`);
    expect(answer.kind === 'text' && answer.text !== '0').toBe(true);
  });
});

describe('derivatives', () => {
  const { claim, statement } = form('section-4-slope');
  const { left } = statement;
  if (left.kind !== 'parameter-derivative') throw new Error('the left side is a derivative');
  const argument: Formula = left.argument;
  it.each([1, 2, 3])('of the mean age at n = %i are the sum of squares', async n => {
    const spelling: Spelling = { letters: new Map(), definitions: claim.definitions };
    const text = plainAlgebra(argument, n, spelling);
    const right = exact(plainAlgebra(statement.right, n, spelling), ['2/7']);
    expect(right).not.toBeNull();
    const answers = [
      await oracle.text('nerdamer', 'plain', `diff(${text},x1)`),
      await oracle.text('mathjs', 'derivative', text, 'x1'),
    ];
    expect(answers.map(answer => exact(answer, ['2/7']))).toEqual([right, right]);
  });
});

describe('wrong twins', () => {
  it.each(['age', 'normalisation', 'age-uncorrected', 'double-sum'])(
    'of %s are wrong for everybody',
    { timeout: 90_000 },
    async id => {
      const { claim } = form(id);
      const n = 3;
      let differing = 0;
      for (const twin of twins(claim, [])) {
        const [statement] = twin.claim.statements;
        if (twin.root.kind !== 'statement' || twin.root.part !== 'right' || !statement) continue;
        const { left, right, values } = sides({ claim: twin.claim, statement }, n);
        const [one, other] = [exact(left, values), exact(right, values)];
        if (other === null || one === other) continue;
        differing += 1;
        for (const library of LIBRARIES) expect(await valueBy(library, right, values), twin.description).toBe(other);
      }
      expect(differing).toBeGreaterThan(10);
    },
  );
});
