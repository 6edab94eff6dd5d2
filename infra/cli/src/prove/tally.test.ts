import { describe, expect, it } from 'vitest';
import { add, lastLine, nothing, tallyOfPlaywright, tallyOfVitest } from './tally.ts';

describe('the last line of `npm test`', () => {
  const vitest = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] };
  it('adds up every runner', () => {
    const browser = tallyOfPlaywright({ stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 1 } });
    expect(lastLine([tallyOfVitest(vitest), browser].reduce(add, nothing))).toBe('7 passed, 1 failed, 4 skipped');
  });
  it('counts a test file that could not be loaded, and a browser run that could not start', () => {
    const broken = { ...vitest, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(tallyOfVitest(broken).failed).toBe(1);
    expect(
      tallyOfPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{}] }).failed,
    ).toBe(1);
  });
  it('counts a test that needed a second try as failed', () => {
    expect(tallyOfPlaywright({ stats: { expected: 1, unexpected: 0, flaky: 1, skipped: 0 } }).failed).toBe(1);
  });
});
