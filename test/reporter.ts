import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node';

/** Ends a run with one plain line that any CI can read. What goes wrong outside a test counts as a failure. */
class SummaryLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[], reason: TestRunEndReason): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const count = (wanted: string): number => states.filter((state) => state === wanted).length;
    const broken = errors.length + modules.filter((module) => module.errors().length > 0).length;
    const failed = Math.max(count('failed') + broken, reason === 'passed' && modules.length > 0 ? 0 : 1);
    console.log(`\n${count('passed')} passed, ${failed} failed, ${count('skipped') + count('pending')} skipped`);
  }
}

// Vitest loads a reporter by its default export.
export default SummaryLine;
