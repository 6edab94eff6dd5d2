import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellFleetChain } from './chain/fleet-chain.ts';
import { startWorld, type World } from './kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('g01');
});
afterAll(() => world?.stop());

describe('G1, the fleet chain', () => {
  it('goes from 60,000 km on the clock to the booked cost in one journey over four organisations', async () => {
    const { as, now, pass } = world;
    await tellFleetChain({ as, now, pass: (minutes) => pass({ minutes }) });
    expect(await world.dead()).toEqual([]);
  }, 60_000);
});
