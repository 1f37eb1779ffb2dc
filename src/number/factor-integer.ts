/** Integers as products of primes. */

const SMALL_PRIME_LIMIT = 1000n;

/** Primes up to a limit with their counts; what is left of a large number counts as one of them. */
export function factorInteger(value: bigint): Map<bigint, number> {
  const found = new Map<bigint, number>();
  let rest = value;
  for (let prime = 2n; prime <= SMALL_PRIME_LIMIT && prime * prime <= rest; prime += 1n) {
    while (rest % prime === 0n) {
      found.set(prime, (found.get(prime) ?? 0) + 1);
      rest /= prime;
    }
  }
  if (rest > 1n) found.set(rest, (found.get(rest) ?? 0) + 1);
  return found;
}
