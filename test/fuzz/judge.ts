/** What the program says of the generator's claims. The only file of the fuzz generator that may import the program. */
import { readFileSync } from 'node:fs';
import { Budget } from '../../src/base/budget.ts';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import type { Claim, ModeqDocument } from '../../src/document/model.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { documentIndexOf, resolveClaim } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/prove/engine.ts';
import { DEFAULT_OPTIONS, type JudgeContext, type JudgeOptions } from '../../src/judge/claim-task.ts';
import { judgeClaim } from '../../src/judge/judge-claim.ts';
import { proveStatement } from '../../src/judge/prove/prove.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import { deriveModifiedEquation, type ModifiedEquation } from '../../src/derivation/derive.ts';
import { claimLines, type FuzzClaim } from './claim.ts';

export interface Judged {
  readonly verdict: string;
  readonly message: string | null;
  readonly milliseconds: number;
}

const builtIn = builtInDocuments().documents;
/** The equations of built-in optimizers are derived once. */
const equations = new Equations(standardEngine);

interface Read {
  readonly document: ModeqDocument;
  readonly claimOf: (at: number) => Claim | null;
  /** Why claim number `at` was not read. */
  readonly problemOf: (at: number) => string | null;
}

/** All claims as one document. */
function read(claims: readonly FuzzClaim[]): Read {
  const optimizers = new Map(
    claims.flatMap(({ optimizer }) => (optimizer ? [[optimizer.id, optimizer.lines] as const] : [])),
  );
  const lines = claims.flatMap((claim, at) => [...claimLines(claim, `c${at}`), '']);
  const text = [...[...optimizers.values()].flat(), ...lines].join('\n');
  const document = readDocument({ name: 'fuzz.tex', text }, { documents: builtIn });
  const readable = new Map(document.claims.map(claim => [claim.id, claim]));
  const unreadable = new Map(document.unreadable.map(claim => [claim.id, claim.problems[0]?.message ?? null]));
  const outside = document.problems[0]?.message ?? null;
  return {
    document,
    claimOf: at => readable.get(`c${at}`) ?? null,
    problemOf: at => unreadable.get(`c${at}`) ?? outside,
  };
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type Context = JudgeContext<ModifiedEquation>;

function contextOf(document: ModeqDocument): Context {
  const library = documentIndexOf(document, [document, ...builtIn]);
  return { library, engine: standardEngine, equations };
}

/** What is thrown is the verdict `internal error`. */
function judgeOne(claim: Claim, context: Context, options: Partial<JudgeOptions>): Judged {
  const started = performance.now();
  const done = (verdict: string, message: string | null): Judged => ({
    verdict,
    message,
    milliseconds: performance.now() - started,
  });
  try {
    const settings = { ...DEFAULT_OPTIONS, timeout: 20, suggestions: false, ...options };
    const { verdict, message } = judgeClaim(claim, context, settings);
    return done(verdict, message);
  } catch (error) {
    return done('internal error', textOf(error));
  }
}

/** The verdicts of a document that is written down. */
export function judgeFile(path: string, options: Partial<JudgeOptions>): (Judged & { readonly id: string })[] {
  const document = readDocument({ name: path, text: readFileSync(path, 'utf8') }, { documents: builtIn });
  const context = contextOf(document);
  return [
    ...document.claims.map(claim => ({ id: claim.id, ...judgeOne(claim, context, options) })),
    ...document.unreadable.map(({ id }) => ({ id, verdict: 'unreadable', message: null, milliseconds: 0 })),
  ];
}

/** The verdicts of the whole judge, in the order of the claims. */
export function judgeAll(claims: readonly FuzzClaim[], options: Partial<JudgeOptions> = {}): Judged[] {
  const { document, claimOf, problemOf } = read(claims);
  const context = contextOf(document);
  return claims.map((_, at) => {
    const claim = claimOf(at);
    return claim
      ? judgeOne(claim, context, options)
      : { verdict: 'unreadable', message: problemOf(at), milliseconds: 0 };
  });
}

/** What the prover alone says, without a sample: `proved`, `unequal`, `stopped`, `unreadable` or `internal error`. */
export function proveAll(claims: readonly FuzzClaim[], steps: number): string[] {
  const { document, claimOf } = read(claims);
  const library = documentIndexOf(document, [document, ...builtIn]);
  return claims.map((_, at) => {
    const claim = claimOf(at);
    if (!claim) return 'unreadable';
    const resolved = resolveClaim(claim, library);
    if (!resolved.ok) return 'unreadable';
    const { claim: whole, optimizer } = resolved.value;
    const [statement] = whole.statements;
    if (!statement) return 'unreadable';
    const { order, setting } = whole;
    const derived = optimizer && deriveModifiedEquation(optimizer, { order, setting });
    try {
      return proveStatement(whole, statement, optimizer, derived?.ok ? derived.value : null, new Budget(steps)).kind;
    } catch (error) {
      return `internal error: ${textOf(error)}`;
    }
  });
}

/** Whether the verdict is a mistake: a false claim that is taken for right, a true one that is refuted, a crash. */
export const isWrong = ({ truth }: Pick<FuzzClaim, 'truth'>, { verdict }: Pick<Judged, 'verdict'>): boolean =>
  verdict === 'internal error' ||
  (truth ? verdict === 'refuted' : verdict === 'proved' || verdict === 'supported' || verdict === 'conditional');
