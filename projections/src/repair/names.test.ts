import { RepairOrder, UserAccount } from '@cargoro/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProjections, verify } from '../index.ts';
import { uuid } from '../testing/histories.ts';
import { type ProjectionWorld, projectionWorld } from '../testing/world.ts';

const [order, workshopOrg, technician, customer] = [uuid(1), uuid(2), uuid(3), uuid(5)];
const registered = (userId: string, name: string) => ({
  type: 'UserRegistered',
  data: {
    ...{ userId, emailHash: 'a'.repeat(64), personRef: `person-${userId}`, locale: 'ko' },
    person: { name },
    parties: [{ kind: 'user', id: userId, as: 'self' }],
  },
});
const visit = [
  {
    type: 'RepairOrderOpened',
    data: {
      ...{
        repairOrderId: order,
        number: 'RO-25-1',
        workshopId: uuid(6),
        workshopOrgId: workshopOrg,
        vehicleId: uuid(7),
      },
      ...{ customer: { kind: 'owner', id: customer }, payer: { kind: 'owner', id: customer } },
      ...{ odometerInKm: 10, fuelPct: 50, complaint: '소음', conditionPhotos: [], highVoltage: false },
      ...{ firstRegisteredOn: '2020-01-01', vehicle: { plate: '12가3456', make: '현대', model: 'K', modelYear: 2020 } },
      parties: [
        { kind: 'org', id: workshopOrg, as: 'workshop' },
        { kind: 'user', id: customer, as: 'customer' },
      ],
    },
  },
  { type: 'TechnicianAssigned', data: { repairOrderId: order, technicianId: technician, plannedHours: 2 } },
];

let world: ProjectionWorld;
beforeAll(async () => {
  world = await projectionWorld();
});
afterAll(() => world.stop());

describe('names beside ids', () => {
  // Two joins from one read model once overwrote each other: only the last one's people were found.
  it('shows the technician and the customer, though both come from the same people', async () => {
    await world.append(UserAccount, technician, [registered(technician, '박준호')]);
    await world.append(UserAccount, customer, [registered(customer, '김지우')]);
    const position = await world.append(RepairOrder, order, visit);
    const projections = startProjections(world.deps, { groups: ['repair'] });
    await world.reached(position, ['repair']);
    const { rows } = await world.pool.query('select technician_name, customer_name from rm_ws_order where id = $1', [
      order,
    ]);
    expect(rows).toEqual([{ technician_name: '박준호', customer_name: '김지우' }]);
    const [proof] = await verify(world.deps, { names: ['rm_ws_order'] });
    expect(proof?.differing).toBe(0);
    await projections.stop();
  });
});
