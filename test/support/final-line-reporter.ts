/**
 * A vitest reporter whose last line is the last line of `npm test`: the counts of this very run. What was skipped for want
 * of a program is told on a line of its own; CI counts it as failed.
 */
import type { Reporter, TestModule } from 'vitest/node';

export class FinalLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let skipped = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'skipped') skipped += 1;
        else failed += 1;
      }
    }
    if (skipped > 0)
      process.stdout.write(`${skipped} skipped, by a filter or for want of a program that is named above\n`);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
