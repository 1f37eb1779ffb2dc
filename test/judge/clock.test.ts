/** Verdicts depend on the claim and the seed: not on the clock, not on what was judged before, not on the machine's load. */
import { describe, expect, it } from 'vitest';
import { workDone } from '../../src/base/work.ts';
import { builtInDocuments } from '../../src/files/documents/load.ts';
import type { ModeqDocument } from '../../src/document/model.ts';
import { readDocument } from '../../src/document/read/read-document.ts';
import { judgeDocuments } from '../../src/judge/judge-documents.ts';
import { DEFAULT_OPTIONS, type JudgeOptions } from '../../src/judge/claim-task.ts';
import { standardEngine } from '../../src/judge/prove/standard-engine.ts';
import type { ClaimVerdict } from '../../src/judge/verdict.ts';
import { claimReport } from '../../src/report/verdicts/claim-report.ts';

const builtIn = builtInDocuments().documents;
/** Limits, signs, a regime, an equation with definitions, something wrong, and what takes some work. */
const document = readDocument({
  name: 'clock.tex',
  text: String.raw`
% !modeq optimizer vel
% !modeq where \beta in (0,1)
\begin{align}
  v_j^{(n+1)} &= \beta v_j^{(n)} + \nabla_j E_n(\theta^{(n)}), \\
  \theta_j^{(n+1)} &= \theta_j^{(n)} - h v_j^{(n+1)}
\end{align}
% !modeq claim flow about=vel setting=full-batch order=1 limit=large-n
\[ \dot\theta_j = -\frac{\nabla_j E}{1-\beta} - h \frac{1+\beta}{4(1-\beta)^3} \nabla_j \|\nabla E\|^2 \]
% !modeq claim at-n about=vel setting=full-batch order=0
\[ \dot\theta_j = -\frac{1-\beta^{n+1}}{1-\beta} \nabla_j E \]
% !modeq claim wrong about=vel setting=full-batch order=0
\[ \dot\theta_j = -\frac{1-\beta^{n}}{1-\beta} \nabla_j E \]
% !modeq claim sign about=vel
\[ \frac{1-\beta^{n+1}}{1-\beta} > 0 \]
% !modeq claim roots
% !modeq where x in (0,1), y in (0,1)
\[ \sqrt{x^2+2xy+y^2} + \sum_{k=0}^{n} \sum_{l=0}^{k} x^l y^{k-l} = x + y + \sum_{l=0}^{n} \sum_{k=l}^{n} x^l y^{k-l} \]
`,
});

type Judged = {
  readonly verdicts: readonly ClaimVerdict[];
  /** The work of the prover, by statement. */
  readonly work: ReadonlyMap<string, number>;
};

async function judged(
  documents: readonly ModeqDocument[],
  options: Partial<JudgeOptions>,
  only?: string,
): Promise<Judged> {
  const work = new Map<string, number>();
  const engine: typeof standardEngine = {
    ...standardEngine,
    prove: (claim, statement, ...more) => {
      const start = workDone();
      const outcome = standardEngine.prove(claim, statement, ...more);
      work.set(`${statement.id}, order ${claim.order}`, workDone() - start);
      return outcome;
    },
  };
  const verdicts = await judgeDocuments(
    documents,
    engine,
    { ...DEFAULT_OPTIONS, instances: 4, ...options },
    { onStart: ({ id }) => only === undefined || id === only },
    builtIn,
  );
  return { verdicts, work };
}

/** What \`check --json\` says, but for the times. */
const told = ({ verdicts }: Judged): string =>
  JSON.stringify(verdicts.map(verdict => ({ ...claimReport(verdict), milliseconds: null })));

const running = (speed: number) => (): number => performance.now() * speed;

const together = judged([document], {});

describe('a clock', () => {
  it('changes nothing below the limit, however fast it runs', async () => {
    const timeout = 1e9;
    const usual = await together;
    expect(usual.verdicts.map(({ verdict }) => verdict)).toEqual([
      'proved',
      'proved',
      'refuted',
      'proved',
      'supported',
    ]);
    for (const speed of [1000, 1 / 1000])
      expect(told(await judged([document], { timeout, clock: running(speed) }))).toBe(told(usual));
  });
  it('ends a claim as undecided, and says so', async () => {
    const usual = await together;
    const { verdicts } = await judged([document], { timeout: 1, clock: running(1e9) });
    const late = verdicts.filter(({ message }) => message === 'time limit reached: 1 s');
    expect(late.length).toBeGreaterThanOrEqual(3);
    for (const each of late) expect(each).toMatchObject({ verdict: 'undecided', evidence: null });
    // What is judged before the clock is looked at for the first time is as ever.
    for (const each of verdicts.filter(other => !late.includes(other)))
      expect(each.verdict).toBe(usual.verdicts.find(({ id }) => id === each.id)?.verdict);
  });
});

describe('what was judged before', () => {
  it('changes neither verdicts nor the work that they take', async () => {
    const all = await together;
    expect(all.work.size).toBeGreaterThanOrEqual(4);
    for (const { id } of document.claims) {
      const alone = await judged([document], {}, id);
      const verdicts = all.verdicts.filter(each => each.id === id);
      expect(told(alone)).toBe(told({ ...all, verdicts }));
      for (const [statement, units] of alone.work) expect(all.work.get(statement), statement).toBe(units);
    }
  });
});
