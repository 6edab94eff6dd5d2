import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driverNo, orgs, type Person, people } from './kit/cast.ts';
import { offerTo, requestMove } from './kit/delivering.ts';
import { found, goOnline, registerCar, signUp } from './kit/founding.ts';
import { startWorld, type World } from './kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('g03');
});
afterAll(() => world?.stop());

/** All of them are at the same place, so they are asked in the order of their ids. */
const drivers = [1, 2, 3, 4, 5, 6, 7].map(driverNo).toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
const last = drivers[6] ?? driverNo(7);
const cars = ['avante', 'sonata', 'morning'].map((car, n) => ({
  ...{ car, plate: `21${n}가7791`, vin: `KMHXX00XXXX79780${n}`, model: car },
}));

describe('G3, two accept in the same second', () => {
  it('gives the job to one of them after five others let it pass, and a driver one job at a time', async () => {
    const { as, pass } = world;
    const [kim, dispatcher] = [as(people.kim), as(people.dispatcher)];
    await signUp(world, people.kim);
    await found(world, orgs.transport, [people.dispatcher, ...drivers]);
    for (const driver of drivers) await goOnline(world, driver);
    for (const driver of drivers)
      await as(driver).until<{ status: string }>(
        'driverHomeChanged',
        {},
        'status',
        ({ status: shift }) => shift === 'available',
      );
    const moves: (() => Promise<string>)[] = [];
    for (const { car, ...plates } of cars) {
      const vehicleId = await registerCar(world, people.kim, car, plates);
      moves.push(() => requestMove(world, people.kim, vehicleId));
    }
    const move = async () => (await moves.shift()?.()) ?? '';
    const job = await move();
    const status = async (deliveryId: string) =>
      (await dispatcher.one<{ status: string; driverId: string | null }>(
        'delivery',
        { id: deliveryId },
        'status driverId',
      )) ?? { status: '', driverId: null };
    const answer = (type: string, driver: Person, deliveryId: string, offerId: string) =>
      as(driver).attempt(type, { deliveryId, offerId, driverId: driver.userId });

    // Offered to one after the other for a minute, by itself: three decline, two let it lapse.
    const offerOf = async (driver: Person) => {
      const offered = await as(driver).until<{ id: string; deliveryId: string; open: boolean; earningKrw: number }>(
        'offerReceived',
        {},
        'id deliveryId open earningKrw distanceKm',
        ({ open }) => open,
      );
      // Four fifths of the fare are the driver’s.
      expect(offered).toMatchObject({ deliveryId: job, earningKrw: 16_000, distanceKm: 15 });
      return offered.id;
    };
    for (const [n, driver] of drivers.slice(0, 5).entries()) {
      const offerId = await offerOf(driver);
      expect(await answer('AcceptOffer', last, job, offerId)).toBe('NOT_OFFERED_TO_YOU');
      if (n < 3) {
        await as(driver).command('DeclineOffer', { deliveryId: job, offerId, reason: '너무 멀어요' });
        expect(await answer('AcceptOffer', driver, job, offerId)).toBe('OFFER_CLOSED');
        // Who turned it down sees it no more.
        expect(await as(driver).one('delivery', { id: job }, 'status')).toBeNull();
      } else {
        pass({ minutes: 1 });
        expect(await answer('AcceptOffer', driver, job, offerId)).toBe('OFFER_EXPIRED');
      }
    }
    expect(await status(job)).toEqual({ status: 'dispatching', driverId: null });

    // Then to everybody who is left. Two accept in the same second, and one wins.
    const racers = drivers.slice(5);
    const offers = await Promise.all(racers.map(offerOf));
    const outcomes = await Promise.all(racers.map((driver, n) => answer('AcceptOffer', driver, job, offers[n] ?? '')));
    expect(outcomes.toSorted()).toEqual(['ALREADY_ASSIGNED', 'accepted']);
    const [winner, loser] = outcomes[0] === 'accepted' ? racers : racers.toReversed();
    if (!winner || !loser) throw new Error('There are two racers');
    expect(await status(job)).toEqual({ status: 'assigned', driverId: winner.userId });
    const home = 'status deliveryId delivery { number }';
    await as(winner).until<{ deliveryId: string }>(
      'driverHomeChanged',
      {},
      home,
      ({ deliveryId }) => deliveryId === job,
    );
    expect(await as(loser).one('driverHome', {}, home)).toMatchObject({ status: 'available', deliveryId: null });
    expect(await as(loser).one('delivery', { id: job }, 'status')).toBeNull();
    expect(await kim.one('delivery', { id: job }, 'status driverId')).toMatchObject({ status: 'assigned' });

    // The other way round: one driver, two jobs, offered by a dispatcher’s hand. The winner has one already, the loser takes both at once and gets one.
    const [second, third] = [await move(), await move()];
    const busy = {
      deliveryId: second,
      offerId: job,
      driverId: winner.userId,
      round: 1,
      expiresAt: '2030-07-01T03:00:00Z',
    };
    expect(await dispatcher.refusal('OfferToDriver', busy)).toBe('DRIVER_BUSY');
    const both = [second, third];
    const own = await Promise.all(both.map((deliveryId) => offerTo(world, deliveryId, loser, 5)));
    const got = await Promise.all(both.map((deliveryId, n) => answer('AcceptOffer', loser, deliveryId, own[n] ?? '')));
    expect(got.toSorted()).toEqual(['DRIVER_BUSY', 'accepted']);
    expect((await Promise.all(both.map(status))).map((one) => one.status).toSorted()).toEqual([
      'assigned',
      'dispatching',
    ]);
    expect(await world.dead()).toEqual([]);
  }, 60_000);
});
