const KEPT = 1000;

const PERCENTILES: readonly (readonly [string, number])[] = [
  ['Fastest', 0],
  ['Quintile 1', 0.2],
  ['Quintile 2', 0.4],
  ['Quintile 3', 0.6],
  ['Quintile 4', 0.8],
  ['Quintile 5', 1],
  ['90%', 0.9],
  ['95%', 0.95],
  ['99%', 0.99],
  ['99.5%', 0.995],
  ['99.9%', 0.999],
  ['Highest', 1],
];

/** Processing times of the last thousand messages, in milliseconds. */
export class Measurements {
  private readonly times: number[] = [];
  private next = 0;

  add(milliseconds: number): void {
    this.times[this.next] = milliseconds;
    this.next = (this.next + 1) % KEPT;
  }

  summary(): readonly (readonly [string, number])[] {
    const sorted = [...this.times].sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    const mean = sorted.length === 0 ? 0 : sorted.reduce((sum, time) => sum + time, 0) / sorted.length;
    return [
      ['Mean', Math.round(mean)],
      ['Median', at(0.5)],
      ...PERCENTILES.map(([name, share]) => [name, at(share)] as const),
    ];
  }
}
