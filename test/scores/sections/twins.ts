/** Wrong twins of every built-in claim that is to be proved, by kind of edit. */
import { builtInDocuments } from '../../../src/files/documents/load.ts';
import { documentIndexOf, resolveClaim } from '../../../src/judge/claim-context.ts';
import { DEFAULT_OPTIONS } from '../../../src/judge/claim-task.ts';
import { judgeTwin } from '../../../src/judge/judge-twins.ts';
import { Equations } from '../../../src/judge/prove/engine.ts';
import { standardEngine } from '../../../src/judge/prove/standard-engine.ts';
import { twins } from '../../../src/judge/slips/twins.ts';
import { OPEN_TWINS, twinName } from '../../judge/open-twins.ts';
import { percent, type Section, type SectionKind, table } from '../section.ts';

const INSTANCES = 60;
const OUTCOMES = ['refuted', 'harmless', 'without value', 'explained', 'open'] as const;

export const twinScore: SectionKind = { id: 'twins', open: openTwins };

function openTwins(seed: number): Section {
  const { documents } = builtInDocuments();
  const equations = new Equations(standardEngine);
  const all = documents.flatMap(document => {
    const library = documentIndexOf(document, documents);
    return document.claims
      .filter(({ expect }) => expect === 'proved')
      .flatMap(claim => {
        const resolved = resolveClaim(claim, library);
        const optimizer = resolved.ok ? resolved.value.optimizer : null;
        const known = resolved.ok ? resolved.value.claim.definitions : claim.definitions;
        const context = { library, engine: standardEngine, equations };
        return [...twins(claim, optimizer?.declarations ?? [], 'twins', known)].map(twin => ({ claim, context, twin }));
      });
  });
  return {
    id: 'twins',
    title: 'Wrong twins by kind of edit',
    about:
      'Every built-in claim that is proved, with one slip of the pen. A twin that differs must be refuted; a slip that changes nothing (“harmless”) is ' +
      'proved; one that has no value at most instances is no formula. “Explained” are those that hold for a reason given in `test/judge/open-twins.ts`.',
    unit: 'twin',
    size: all.length,
    missing: null,
    run: unit => {
      const drawn = all[unit];
      if (!drawn) throw new Error('there is no such twin');
      const { claim, context, twin } = drawn;
      const judged = judgeTwin(twin, context, { ...DEFAULT_OPTIONS, instances: INSTANCES, seed });
      const name = twinName(claim.id, judged.description);
      const outcome = outcomeOf(judged.verdict, judged.isEmpty, OPEN_TWINS.has(name));
      return {
        counts: { [`${judged.kind}: ${outcome}`]: 1 },
        wrong: outcome === 'open' ? [`${name} is ${judged.verdict}: ${judged.message ?? ''}`] : [],
      };
    },
    lines: counts => {
      const kinds = [...new Set(Object.keys(counts).map(key => key.slice(0, key.lastIndexOf(': '))))].sort();
      const row = (name: string, of: readonly string[]): (string | number)[] => {
        const each = OUTCOMES.map(outcome => of.reduce((sum, kind) => sum + (counts[`${kind}: ${outcome}`] ?? 0), 0));
        const whole = each.reduce((sum, count) => sum + count, 0);
        return [name, whole, ...each, percent(whole - (each.at(-1) ?? 0), whole)];
      };
      return table(
        ['kind of edit', 'twins', ...OUTCOMES, 'told apart'],
        [...kinds.map(kind => row(kind, [kind])), row('all', kinds)],
      );
    },
  };
}

function outcomeOf(verdict: string, isEmpty: boolean, isExplained: boolean): (typeof OUTCOMES)[number] {
  if (verdict === 'refuted') return 'refuted';
  if (verdict === 'proved') return 'harmless';
  return isEmpty ? 'without value' : isExplained ? 'explained' : 'open';
}
