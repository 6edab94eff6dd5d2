import { describe, expect, it } from 'vitest';
import { type BayLane, freeStarts, placeOf, putDown, shiftDay, spanOf } from './timeline.ts';

const day = '2025-06-30';
const at = (clock: string) => new Date(`${day}T${clock}:00+09:00`).toISOString();
const lane: BayLane = {
  bayId: 'b',
  name: '1',
  kind: 'lift',
  blocks: [{ id: 'x', kind: 'confirmed', start: at('10:00'), end: at('11:30'), label: '' }],
};
const hours = [{ opens: '09:00', closes: '12:30' }];

describe('The bay timeline', () => {
  it('draws from opening to closing, and further when work lies outside', () => {
    expect(spanOf(hours, [lane], day)).toEqual({ from: 9, to: 13 });
    expect(spanOf([{ opens: '09:00', closes: '10:00' }], [lane], day)).toEqual({ from: 9, to: 12 });
    expect(spanOf([], [], day)).toEqual({ from: 9, to: 18 });
  });
  it('places a block by its share of the day', () => {
    expect(placeOf(lane.blocks[0]!, day, { from: 9, to: 13 })).toEqual({ left: 0.25, width: 0.375 });
  });
  it('offers only starts with enough free time before closing', () => {
    const clocks = (minutes: number, notBefore = 0) =>
      freeStarts(lane, day, hours, minutes, notBefore).map(({ start }) => start);
    expect(clocks(60)).toEqual([at('09:00'), at('11:30')]);
    expect(clocks(30)).toEqual([at('09:00'), at('09:30'), at('11:30'), at('12:00')]);
    expect(clocks(30, Date.parse(at('11:00')))).toEqual([at('11:30'), at('12:00')]);
  });
  it('gives nobody else the time that was planned, even when the bay was left early', () => {
    const left: BayLane = {
      ...lane,
      blocks: [
        { ...lane.blocks[0]!, kind: 'used', end: at('10:10'), planned: { start: at('10:00'), end: at('11:30') } },
      ],
    };
    expect(freeStarts(left, day, hours, 60).map(({ start }) => start)).toEqual([at('09:00'), at('11:30')]);
  });
  it('puts a block down on a quarter of an hour, as long as before and within the day', () => {
    const down = (left: number) => putDown(lane.blocks[0]!, left, day, { from: 9, to: 13 });
    expect(down(0.26)).toEqual({ start: at('10:00'), end: at('11:30') });
    expect(down(0.33)).toEqual({ start: at('10:15'), end: at('11:45') });
    expect(down(0.9)).toEqual({ start: at('11:30'), end: at('13:00') });
    expect(down(-0.2)).toEqual({ start: at('09:00'), end: at('10:30') });
  });
  it('goes over the end of a month', () => expect(shiftDay(day, 1)).toBe('2025-07-01'));
});
