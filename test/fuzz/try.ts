import { claimNumber } from './generate.ts';
import { documentOf } from './claim.ts';
import { judgeAll, isWrong } from './judge.ts';
const seed = Number(process.argv[2] ?? 1), count = Number(process.argv[3] ?? 40), show = process.argv[4], only = process.argv[5];
let claims = [];
const t0 = performance.now();
for (let i = 0; claims.length < count; i++) { try { const c = claimNumber(seed, i); if (!only || c.kind === only) claims.push(c); } catch (e) { console.log(i, e instanceof Error ? e.stack : e); } }
console.log(`${(performance.now()-t0).toFixed(0)} ms, true ${claims.filter(c=>c.truth).length}`);
const t1 = performance.now();
const verdicts = judgeAll(claims, { instances: 40 });
console.log(`judged in ${(performance.now()-t1).toFixed(0)} ms`);
const counts = new Map();
claims.forEach((c, i) => { const v = verdicts[i]!; const key = `${c.kind} ${c.truth} ${v.verdict}`; counts.set(key, (counts.get(key) ?? 0) + 1);
  if (isWrong(c, v) || v.verdict === 'unreadable' || (show === 'all') || (show === 'unproved' && c.truth && v.verdict !== 'proved') || (show === 'slow' && v.milliseconds > 1000)) console.log(`--- ${c.truth ? 'TRUE' : 'FALSE'} ${v.verdict} ${v.milliseconds.toFixed(0)}ms ${c.kind} (${c.steps.join('; ')}) broken by: ${c.brokenBy} at ${c.failsAt ?? ''}\n    ${v.message}\n${documentOf(c)}`); });
console.log(new Map([...counts].sort()));
