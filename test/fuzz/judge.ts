/** What the program says of the generator's claims. The only file of the fuzz generator that may import the program. */
import { builtInDocuments } from '../../src/document/load.ts';
import { readDocument } from '../../src/document/read-document.ts';
import { libraryOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/engine.ts';
import { DEFAULT_OPTIONS, type JudgeOptions, judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/standard-engine.ts';
import { claimLines, type FuzzClaim } from './claim.ts';

export interface Judged {
  readonly verdict: string;
  readonly message: string | null;
  readonly milliseconds: number;
}

const builtIn = builtInDocuments().documents;

/** All claims as one document, judged one by one; what is thrown is the verdict `internal error`. */
export function judgeAll(claims: readonly FuzzClaim[], options: Partial<JudgeOptions> = {}): Judged[] {
  const optimizers = new Map(
    claims.flatMap(({ optimizer }) => (optimizer ? [[optimizer.id, optimizer.lines] as const] : [])),
  );
  const text = [
    ...[...optimizers.values()].flat(),
    ...claims.flatMap((claim, at) => [...claimLines(claim, `c${at}`), '']),
  ].join('\n');
  const document = readDocument({ name: 'fuzz.tex', text }, { documents: builtIn });
  const library = libraryOf(document, [document, ...builtIn]);
  const context = { library, engine: standardEngine, equations: new Equations(standardEngine) };
  const readable = new Map(document.claims.map(claim => [claim.id, claim]));
  const unreadable = new Map(document.unreadable.map(claim => [claim.id, claim.problems[0]?.message ?? null]));
  const outside = document.problems[0]?.message ?? null;
  return claims.map((_, at) => {
    const claim = readable.get(`c${at}`);
    if (!claim) return { verdict: 'unreadable', message: unreadable.get(`c${at}`) ?? outside, milliseconds: 0 };
    const started = performance.now();
    try {
      const { verdict, message } = judgeClaim(claim, context, {
        ...DEFAULT_OPTIONS,
        timeout: 20,
        suggestions: false,
        ...options,
      });
      return { verdict, message, milliseconds: performance.now() - started };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { verdict: 'internal error', message, milliseconds: performance.now() - started };
    }
  });
}

/** Whether the verdict is a mistake: a false claim that is taken for right, a true one that is refuted, a crash. */
export const isWrong = ({ truth }: Pick<FuzzClaim, 'truth'>, { verdict }: Pick<Judged, 'verdict'>): boolean =>
  verdict === 'internal error' ||
  (truth ? verdict === 'refuted' : verdict === 'proved' || verdict === 'supported' || verdict === 'conditional');
