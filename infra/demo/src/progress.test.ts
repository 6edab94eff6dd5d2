import { describe, expect, it } from 'vitest';
import { progressLine, progressTeller } from './progress.ts';

/** A teller whose clock goes on by so many milliseconds at each look. */
const told = (isTerminal: boolean, step: number) => {
  const texts: string[] = [];
  let time = 0;
  const tell = progressTeller({ isTerminal, write: (text) => texts.push(text), now: () => (time += step) });
  for (let n = 1; n <= 1_000; n++) tell({ share: n / 1_000, events: n * 10 });
  return texts;
};

describe('the progress of a world', () => {
  it('says how far it has come, how fast, and how long it will take', () => {
    const line = progressLine({ share: 0.25, events: 100_000 }, 40);
    expect(line).toBe(`${'█'.repeat(7)}${'░'.repeat(23)} 25 %  100,000 events, 2,500/s, 2:00 left`);
  });

  it('knows no time left before it has begun, and never passes the end', () => {
    expect(progressLine({ share: -1, events: 0 }, 0)).toBe(`${'░'.repeat(30)} 0 %  0 events, 0/s`);
    expect(progressLine({ share: 1.2, events: 10 }, 10)).toMatch(/^█{30} 100 % .*, 0:00 left$/);
  });

  it('is one line at every tenth in a log', () => {
    const texts = told(false, 10);
    expect(texts).toHaveLength(10);
    expect(texts.every((text) => text.endsWith('\n'))).toBe(true);
  });

  it('is drawn again on a terminal, ten times a second', () => {
    const texts = told(true, 10);
    expect(texts.every((text) => text.startsWith('\r'))).toBe(true);
    expect(texts.length).toBeGreaterThan(90);
    expect(texts.length).toBeLessThan(110);
    expect(texts.at(-1)).toContain(' 100 % ');
  });
});
