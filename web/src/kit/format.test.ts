import { describe, expect, it } from 'vitest';
import { duration, moment, promiseTone, relative, withVat, won } from './format.ts';

const now = Date.parse('2025-06-30T05:00:00Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

describe('Figures', () => {
  it('writes money with its sign and separators', () => {
    expect(won(1_234_000)).toBe('₩1,234,000');
    expect(won(-5_000)).toBe('−₩5,000');
  });
  it('takes VAT once and rounds it down', () => {
    expect(withVat(100_005)).toEqual({ supplyKrw: 100_005, vatKrw: 10_000, totalKrw: 110_005 });
  });
  it('tells how long something has lasted in two units at most', () => {
    expect(duration(130 * 60_000, 'ko')).toBe('2시간 10분');
    expect(duration((2 * 1440 + 3 * 60 + 5) * 60_000, 'en')).toBe('2d 3h');
    expect(duration(10_000, 'ko')).toBe('0분');
  });
  it('tells the distance to now in words', () => {
    expect(relative(at(-12), now, 'ko')).toBe('12분 전');
    expect(relative(at(-0.2), now, 'ko')).toBe('방금');
    expect(relative(at(-65), now, 'en')).toBe('1h ago');
    expect(relative(at(120), now, 'ko')).toBe('2시간 남음');
  });
  it('names days near by, in Seoul', () => {
    expect(moment('2025-06-30T14:59:00Z', now, 'ko')).toBe('오늘 23:59');
    expect(moment('2025-06-30T15:00:00Z', now, 'ko')).toBe('내일 00:00');
    expect(moment('2025-06-29T03:00:00Z', now, 'en')).toBe('yesterday 12:00');
  });
  it('turns a promise amber half an hour before its time and red after it', () => {
    expect([at(31), at(30), at(-1)].map((each) => promiseTone(each, now))).toEqual(['idle', 'waiting', 'problem']);
  });
});
