import { readFileSync } from 'node:fs';
import { builtInDocuments } from '../../src/document/load.ts';
import { readDocument } from '../../src/document/read-document.ts';
import { libraryOf } from '../../src/judge/claim-context.ts';
import { Equations } from '../../src/judge/engine.ts';
import { DEFAULT_OPTIONS, judgeClaim } from '../../src/judge/judge-claim.ts';
import { standardEngine } from '../../src/judge/standard-engine.ts';
const b = builtInDocuments().documents;
const d = readDocument({ name: 'x.tex', text: readFileSync(process.argv[2]!, 'utf8') }, { documents: b });
for (const p of d.problems) console.log(p.message);
for (const u of d.unreadable) console.log(u.id, 'unreadable', u.problems[0]?.message);
for (const c of d.claims) { try { const v = judgeClaim(c, { library: libraryOf(d, [d, ...b]), engine: standardEngine, equations: new Equations(standardEngine) }, { ...DEFAULT_OPTIONS, suggestions: false, instances: Number(process.argv[3] ?? 200), prover: process.argv[4] === 'off' ? 'off' : 'on' });
 console.log(c.id, v.verdict, v.message, v.milliseconds.toFixed(0), v.counterexample ? JSON.stringify(v.counterexample) : '', JSON.stringify(v.evidence)); } catch (e) { console.log(c.id, 'ERROR', e instanceof Error ? (e.stack ?? '').split('\n').slice(0, 14).join('\n') : e); } }
