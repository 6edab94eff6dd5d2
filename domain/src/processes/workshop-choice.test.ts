import { describe, expect, it } from 'vitest';
import { testContext, type World } from '../kit/testing.ts';
import { id, ids, workshopFact } from '../repair/sample-world.ts';
import { Workshop } from '../repair/workshop/workshop.ts';
import * as f from './fleet.fixture.ts';
import { chooseWorkshop } from './workshop-choice.ts';

const [near, far] = [ids.workshop, id(88)] as const;
const [registered, ...rest] = workshopFact.events;
/** The sample workshop under another id, somewhere else, of another class. */
const another = (workshopId: string, more: object) => ({
  aggregate: Workshop,
  id: workshopId,
  events: [{ type: 'WorkshopRegistered', data: { ...registered?.data, workshopId, ...more } }, ...rest],
});
const { lat, lon } = f.place.geo;
/** Some two and some six kilometres from the fleet's place. */
const [nearGeo, farGeo] = [
  { lat: lat + 0.02, lon },
  { lat: lat + 0.055, lon },
];
const chosen = (world: World, facts = [another(near, { geo: nearGeo }), another(far, { geo: farGeo })]) =>
  chooseWorkshop(
    testContext({ now: f.now, ...world, facts }),
    [far, near],
    ['OIL', 'PADF'],
    f.place,
    '2025-06-30T15:00:00.000Z',
  );

describe('the workshop for a fleet’s maintenance', () => {
  it('is the nearest when nothing else tells them apart', () => {
    expect(chosen({})?.workshopId).toBe(near);
    const alike = { completedOrdersOfWorkshop: 200, flawedOrdersOfWorkshop: 30 };
    expect(chosen({ counts: alike })?.workshopId).toBe(near);
  });

  it('is one whose class may do the work', () => {
    const engineShop = another(near, { geo: nearGeo, class: 'engine' });
    expect(chosen({}, [engineShop, another(far, { geo: farGeo })])?.workshopId).toBe(far);
    expect(chosen({}, [engineShop])).toBeUndefined();
  });

  it('is farther away when what the near one did came back or failed its inspection too often', () => {
    const completedOrdersOfWorkshop = 100;
    const flawed = (count: number) => ({ completedOrdersOfWorkshop, flawedOrdersOfWorkshop: { [near]: count } });
    expect(chosen({ counts: flawed(3) })?.workshopId).toBe(near);
    expect(chosen({ counts: flawed(15) })?.workshopId).toBe(far);
  });
});
