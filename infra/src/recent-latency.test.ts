import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';
import { recentP95 } from './recent-latency.ts';

describe('the 95th percentile of late', () => {
  it('is null while nothing was measured, and forgets what is long past', async () => {
    const histogram = createMetrics('test').histogram('test_seconds', 'Test', ['kind']);
    const p95 = recentP95(histogram, 2);
    expect(await p95()).toBeNull();
    for (let n = 0; n < 95; n += 1) histogram.observe({ kind: 'a' }, 0.004);
    for (let n = 0; n < 5; n += 1) histogram.observe({ kind: 'b' }, 0.9);
    expect(await p95()).toBe(5);
    histogram.observe({ kind: 'b' }, 0.9);
    expect(await p95()).toBeGreaterThan(500);
    expect(await p95()).toBeGreaterThan(500);
    expect(await p95()).toBeNull();
  });

  it('is the last bound when it is beyond all of them', async () => {
    const histogram = createMetrics('test').histogram('test_seconds', 'Test', [], [0.1, 1]);
    histogram.observe(60);
    expect(await recentP95(histogram)()).toBe(1_000);
  });
});
