import type { Reporter, TestModule } from 'vitest/node';
import { leftOut } from './leftOut.ts';

/** Closes the run with what it left out, where it did, and one plain line of totals, whatever the other reporters print. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]) {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped += 1;
      }
    }
    // After the other reporters have had their say.
    process.once('exit', () => {
      const missing = leftOut();
      if (missing) console.log(`\n${missing}`);
      console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
    });
  }
}
