import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, orgs, people } from './kit/cast.ts';
import { planItem } from './kit/fleet.ts';
import { dayOf, found, registerCar, signUp } from './kit/founding.ts';
import { startWorld, type World } from './kit/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld('g06');
});
afterAll(() => world?.stop());

type Event = { eventId: string; type: string; revision: string; actor: { id: string } };
type Plan = { items: { itemCode: string; state: string }[] };
type Notice = { template: string; values: { items?: string } };

describe('G6, the slip of a finger', () => {
  it('makes everything due, is corrected by somebody else, and both views stay: what was known then, what is known now', async () => {
    const { as, now } = world;
    const [kim, technician] = [as(people.kim), as(people.technician)];
    await signUp(world, people.kim);
    await found(world, orgs.garage, [people.owner, people.technician]);
    const vehicleId = await registerCar(world, people.kim, 'avante', { odometerKm: 128_000 });
    const day = dayOf(world, -100);
    const items = [
      planItem('AC', 40_000, 120_000, day),
      planItem('OIL', 10_000, 125_000, day),
      planItem('PADF', 30_000, 110_000, day),
    ];
    await kim.command('StartPlan', { vehicleId, templateId: 'standard', items });
    const plan = () => kim.one<Plan>('maintenancePlan', { vehicleId }, 'items { itemCode state }');
    const states = (state: string) => items.map(({ itemCode }) => ({ itemCode, state }));
    expect((await plan())?.items).toEqual(states('ok'));

    // Whom the owner did not let in reads no odometer; the technician is let in and types 182,400 for 128,400.
    const typed = { vehicleId, km: 182_400, source: 'workshop', at: now() };
    expect(await technician.denied('RecordOdometer', typed)).toBe('FORBIDDEN');
    const grant = { vehicleId, grantId: idOf('grant'), grantee: { kind: 'org', id: orgs.garage.id }, scope: 'basic' };
    await kim.command('GrantAccess', { ...grant, until: dayOf(world, 30) });
    expect(await technician.refusal('RecordOdometer', typed)).toBe('IMPLAUSIBLE_JUMP');
    await technician.command('RecordOdometer', { ...typed, confirm: true });

    // A storm: all three items are due at once, and Kim is told once.
    const told = await kim.until<Notice>(
      'noticeArrived',
      {},
      'template values',
      ({ template }) => template === 'maintenanceDue',
    );
    expect(told.values.items?.split(', ').toSorted()).toEqual(['AC', 'OIL', 'PADF']);
    expect((await plan())?.items).toEqual(states('due'));

    // The true mileage lies before the wrong one, so it is a correction; not by who misread, nor of anything else.
    const right = { ...typed, km: 128_400 };
    expect(await technician.refusal('RecordOdometer', right)).toBe('ODOMETER_BACKWARDS');
    const { history } = (await kim.one<{ history: { edges: { node: Event }[] } }>(
      'vehicle',
      { id: vehicleId },
      'history(first: 50) { edges { node { eventId type revision actor { id } } } }',
    )) ?? { history: { edges: [] } };
    const wrong = history.edges.map(({ node }) => node).find(({ type }) => type === 'OdometerRecorded');
    expect(wrong?.actor.id).toBe(technician.id);
    const correction = { vehicleId, km: 128_400, reasonCode: 'typo', supersedesEventId: wrong?.eventId };
    const byWho = (approverId: string) => kim.refusal('CorrectOdometer', { ...correction, approverId });
    expect(await byWho(technician.id)).toBe('APPROVER_IS_REPORTER');
    const unknown = { ...correction, supersedesEventId: idOf('nothing'), approverId: kim.id };
    expect(await kim.refusal('CorrectOdometer', unknown)).toBe('EVENT_UNKNOWN');
    const because = { reasonCode: 'TYPO', reasonText: '182,400 → 128,400' };
    await kim.command('CorrectOdometer', { ...correction, approverId: kim.id }, because);

    // As it was and as it is: the wrong reading is not gone, and the difference is one field.
    const before = String(wrong?.revision);
    type Views = { odometerKm: number; revision: string; asOf: { odometerKm: number } };
    const views = await kim.one<Views>(
      'vehicle',
      { id: vehicleId },
      `odometerKm revision asOf(revision: "${before}") { odometerKm }`,
    );
    expect(views).toMatchObject({ odometerKm: 128_400, asOf: { odometerKm: 182_400 } });
    const diff = await kim.one(
      'vehicle',
      { id: vehicleId },
      `diff(from: { revision: "${before}" }, to: { revision: "${views?.revision}" }) { path before after }`,
    );
    expect(diff).toEqual({ diff: [{ path: 'odometerKm', before: 182_400, after: 128_400 }] });

    // The false alarms go by themselves; what was thought due then is still to be read; what is due comes at its mileage.
    const dueItems = (arrived: (codes: readonly string[]) => boolean) =>
      kim.until<{ dueItems: { itemCode: string }[] }>(
        'myVehicleChanged',
        { id: vehicleId },
        'dueItems { itemCode state }',
        (car) => arrived(car.dueItems.map(({ itemCode }) => itemCode)),
      );
    await dueItems((codes) => codes.length === 0);
    type Past = Plan & { history: { edges: { node: Pick<Event, 'type' | 'revision'> }[] } };
    const past = await kim.one<Past>(
      'maintenancePlan',
      { vehicleId },
      'items { itemCode state } history(first: 50) { edges { node { type revision } } }',
    );
    expect(past?.items).toEqual(states('ok'));
    const stormed = past?.history.edges.map(({ node }) => node).findLast(({ type }) => type === 'MaintenanceDue');
    const thought = await kim.one(
      'maintenancePlan',
      { vehicleId },
      `asOf(revision: "${stormed?.revision}") { items { itemCode state } }`,
    );
    expect(thought).toEqual({ asOf: { items: states('due') } });
    world.pass({ days: 30 });
    await kim.command('RecordOdometer', { vehicleId, km: 135_000, source: 'owner', at: world.now() });
    const then = await dueItems((codes) => codes.includes('OIL'));
    expect(then.dueItems).toEqual([{ itemCode: 'OIL', state: 'due' }]);
    expect(await world.dead()).toEqual([]);
  }, 60_000);
});
