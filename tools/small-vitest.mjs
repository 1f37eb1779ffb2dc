// What the nearest tests need of vitest, small enough to be made anew for each mutant: it collects the tests of files, and whom it
// is given to runs them. Expectations are vitest's own.
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  customMatchers,
  getState,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';

/** vitest's `expect`, made as vitest makes it. */
function expect(value, message) {
  setState({ assertionCalls: getState(expect).assertionCalls + 1 }, expect);
  return chai.expect(value, message);
}
for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);
Object.assign(expect, chai.expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
globalThis[GLOBAL_EXPECT] = expect;
expect.hasAssertions = () => setState({ isExpectingAssertions: true }, expect);
chai.expect.extend(expect, customMatchers);

/** `describe`, `it` … and the list that they fill: each test with its names, from the outside inwards, and what it runs. */
export function smallVitest() {
  const tests = [];
  const path = [];
  const counts = new Map();
  const it = (name, ...rest) => {
    const run = bodyOf(rest);
    const own = [...path, String(name)].join(' > ');
    const count = (counts.get(own) ?? 0) + 1;
    counts.set(own, count);
    tests.push({ name: count === 1 ? own : `${own} (${count})`, run });
  };
  const describe = (name, ...rest) => {
    path.push(String(name));
    bodyOf(rest)();
    path.pop();
  };
  const each =
    make =>
    table =>
    (name, ...rest) => {
      const body = bodyOf(rest);
      for (const row of table) {
        const values = Array.isArray(row) ? row : [row];
        make(nameOfRow(name, values), () => body(...values));
      }
    };
  describe.each = each(describe);
  it.each = each(it);
  return { tests, api: { describe, it, test: it, expect } };
}

/** What a test runs: options or a limit of time stand before or behind it, and say nothing here. */
const bodyOf = rest => rest.find(each => typeof each === 'function');

/** The name of a row: words and numbers in it are told. */
const nameOfRow = (name, values) =>
  [name, ...values.map(value => value?.name ?? value).filter(value => /string|number/.test(typeof value))].join(' | ');

/** Why the test fails, null where it passes. */
export async function failureOf({ run }) {
  setState({ assertionCalls: 0, isExpectingAssertions: false }, expect);
  try {
    await run();
  } catch (error) {
    return String(error?.message ?? error);
  }
  const { assertionCalls, isExpectingAssertions } = getState(expect);
  return isExpectingAssertions && assertionCalls === 0 ? 'no assertion was made' : null;
}
