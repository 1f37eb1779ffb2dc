import { Dice } from './random.ts';
import { drawIdentity } from './identities.ts';
import { documentOf } from './claim.ts';
import { judgeAll, isWrong } from './judge.ts';
const seed = Number(process.argv[2] ?? 1), count = Number(process.argv[3] ?? 40), show = process.argv[4];
const dice = new Dice(seed);
let claims = [], tries = 0;
const t0 = performance.now();
while (claims.length < count) { tries++; let c = null; try { c = drawIdentity(dice); } catch (e) { console.log(String(e)); } if (c) claims.push(c); }
console.log(`${tries} tries, ${(performance.now()-t0).toFixed(0)} ms, true ${claims.filter(c=>c.truth).length}`);
const t1 = performance.now();
const verdicts = judgeAll(claims, { instances: 40 });
console.log(`judged in ${(performance.now()-t1).toFixed(0)} ms`);
const counts = new Map();
claims.forEach((c, i) => { const v = verdicts[i]!; const key = `${c.truth} ${v.verdict}`; counts.set(key, (counts.get(key) ?? 0) + 1);
  if (isWrong(c, v) || v.verdict === 'unreadable' || (show === 'all') || (show === 'unproved' && c.truth && v.verdict !== 'proved') || (show === 'slow' && v.milliseconds > 1000)) console.log(`--- ${c.truth ? 'TRUE' : 'FALSE'} ${v.verdict} ${v.milliseconds.toFixed(0)}ms (${c.steps.join('; ')}) broken by: ${c.brokenBy} ${c.failsAt ?? ''}\n    ${v.message}\n${documentOf(c)}`); });
console.log(counts);
