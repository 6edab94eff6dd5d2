import { describe, expect, it } from 'vitest';
import { freeCells } from './free-time.ts';

const workshop = {
  status: 'open' as const,
  hours: [
    {
      effectiveFrom: '2025-01-01',
      weekly: [
        { weekday: 1, opens: '09:00', closes: '10:00' },
        { weekday: 1, opens: '11:00', closes: '12:00' },
      ],
      holidays: ['2025-07-07'],
    },
  ],
  bays: [
    { bayId: 'b1', name: '1', kind: 'lift' as const, retiredOn: null },
    { bayId: 'b2', name: '2', kind: 'lift' as const, retiredOn: '2025-07-01' },
  ],
};
const monday = '2025-06-30';
const frees = (day: string, busy: Parameters<typeof freeCells>[2] = [], minutes?: number) =>
  freeCells(workshop, day, busy, minutes).map(({ start, free }) => `${start.slice(11, 16)} ${free}`);

describe('free time', () => {
  it('is cut into half hours of the opening hours, counted per kind of bay', () => {
    expect(frees(monday)).toEqual(['00:00 2', '00:30 2', '02:00 2', '02:30 2']);
  });
  it('leaves out what is held or blocked, and bays taken out of use', () => {
    expect(frees(monday, [{ bayId: 'b1', start: '2025-06-30T00:15:00Z', end: '2025-06-30T00:30:00Z' }])).toEqual([
      '00:00 1',
      '00:30 2',
      '02:00 2',
      '02:30 2',
    ]);
    expect(frees('2025-07-14')).toEqual(['00:00 1', '00:30 1', '02:00 1', '02:30 1']);
  });
  it('offers a start only where the whole job fits before the workshop closes', () => {
    expect(frees(monday, [], 60)).toEqual(['00:00 2', '02:00 2']);
  });
  it('is none on holidays, closed days and in a workshop that is not open', () => {
    expect(frees('2025-07-07')).toEqual([]);
    expect(frees('2025-07-01')).toEqual([]);
    expect(freeCells({ ...workshop, status: 'suspended' }, monday, [])).toEqual([]);
  });
});
