/** Makes a claim that is judged wrongly smaller, as long as its truth stays known and the verdict stays wrong. */
import type { FuzzClaim } from './claim.ts';
import { decide, pointText } from './decide.ts';
import { shifted } from './linear.ts';
import { Dice } from './random.ts';
import { scalarsOf, childrenOf, formsOf, mapForms, number, placesOf, replacedAt, sizeOf, type Tree } from './tree.ts';

/** Smaller trees in place of one node: a child of it, 1, a smaller constant in a bound or label. */
function smaller(tree: Tree): Tree[] {
  return placesOf(tree).flatMap(({ tree: node, path }) => {
    const bound = node.kind === 'sum' || node.kind === 'product';
    const children = bound ? [] : childrenOf(node);
    const simple = node.kind === 'number' || bound ? [] : [number(1)];
    const parts =
      node.kind === 'plus' || node.kind === 'times'
        ? node.parts.map((_, at) => node.parts.filter((__, here) => here !== at))
        : [];
    const fewer = parts
      .filter(each => each.length > 0)
      .map(
        (rest): Tree =>
          rest.length === 1 && rest[0] ? rest[0] : { kind: node.kind === 'plus' ? 'plus' : 'times', parts: rest },
      );
    const nearer = formsOf(node).some(form => Math.abs(form.constant) > 1)
      ? [
          mapForms(node, form =>
            form.terms.length > 0 && Math.abs(form.constant) > 1 ? shifted(form, -Math.sign(form.constant)) : form,
          ),
        ]
      : [];
    const bodies = bound && node.body.kind !== 'number' ? [{ ...node, body: number(2) }] : [];
    return [...fewer, ...children, ...bodies, ...simple, ...nearer].map(by => replacedAt(tree, path, by));
  });
}

/** One edit of a side, of both at once, or of what is assumed; false claims of two typed sides only. */
function candidates(claim: FuzzClaim): FuzzClaim[] {
  const both: FuzzClaim[] = [];
  const rights = smaller(claim.right);
  for (const left of claim.leftText === null ? smaller(claim.left) : []) both.push({ ...claim, left });
  for (const right of rights) both.push({ ...claim, right });
  const weaker =
    claim.leastN > 0
      ? [
          { ...claim, leastN: 0 },
          { ...claim, leastN: claim.leastN - 1 },
        ]
      : [];
  return [...weaker, ...both].filter(
    each => sizeOf(each.left) + sizeOf(each.right) <= sizeOf(claim.left) + sizeOf(claim.right),
  );
}

/** At most `calls` claims are judged. True claims and limits stay as they are: there nothing tells the truth of an edit. */
export function shrink(claim: FuzzClaim, isStillWrong: (claim: FuzzClaim) => boolean, calls = 60): FuzzClaim {
  if (claim.truth || claim.keys.includes('limit')) return claim;
  let best = claim;
  let left = calls;
  for (let found = true; found && left > 0; ) {
    found = false;
    for (const each of candidates(best)) {
      if (left === 0) break;
      const weight = (one: FuzzClaim): number => sizeOf(one.left) + sizeOf(one.right) + one.leastN / 100;
      if (weight(each) >= weight(best) && each.leastN >= best.leastN) continue;
      const known = againFalse(each);
      if (!known) continue;
      left -= 1;
      if (!isStillWrong(known)) continue;
      best = known;
      found = true;
      break;
    }
  }
  return best;
}

/** The edited claim if it is false as well. */
function againFalse(claim: FuzzClaim): FuzzClaim | null {
  const used = new Set([claim.left, claim.right, ...claim.meanings.map(({ body }) => body)].flatMap(scalarsOf));
  const scalars = claim.optimizer ? claim.scalars : new Map([...claim.scalars].filter(([name]) => used.has(name)));
  const facts = { leastN: claim.leastN, labels: claim.labels, bindings: [], scalars };
  const { left, right, relation, meanings } = claim;
  const { failing } = decide({ left, right, relation, meanings, facts }, new Dice(1));
  return failing && { ...claim, scalars, failsAt: pointText(failing) };
}
