/** Values at which an optimizer's first steps are followed: hyperparameters in general position. */
import type { Declaration } from '../model.ts';

/** Generic values inside the declared domains, the same for the same key and seed. */
export function genericValues(declarations: readonly Declaration[], seed: number): (key: string) => number {
  const domains = new Map(
    declarations.flatMap(each => (each.kind === 'scalar' ? [[each.name, each.domain] as const] : [])),
  );
  return key => {
    let hash = 2166136261 ^ (seed * 7919);
    for (const character of key) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
    hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
    const fraction = 0.2 + 0.6 * (((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32);
    const domain = domains.get(key);
    const lower = domain?.lower?.toNumber() ?? null;
    const upper = domain?.upper?.toNumber() ?? null;
    if (lower !== null && upper !== null) return lower + fraction * (upper - lower);
    if (upper !== null) return upper - fraction;
    return (lower ?? 0) + fraction;
  };
}
