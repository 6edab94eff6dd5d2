import { describe, expect, it } from 'vitest';
import { Delivery } from '../delivery/delivery/delivery.ts';
import * as journey from '../delivery/delivery/sample-delivery.ts';
import { driverId, transportOrg } from '../delivery/sample-world.ts';
import { given, type World } from '../kit/testing.ts';
import { Invoice } from '../repair/invoice/invoice.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import * as sample from '../repair/repair-order/sample-order.ts';
import { id, ids, organizationFacts, tell } from '../repair/sample-world.ts';
import { CancellationCare } from './cancellation-care.ts';
import { plan } from './fleet.fixture.ts';
import { dataOf, instanceOf, refusalOf, type Told, timerOf } from './spec.ts';

const { repairOrderId } = sample;
const { deliveryId } = journey;
const reservationId = id(70);
const now = '2025-06-30T01:00:00.000Z';
const cancelled = (feeKrw?: number) => ({
  ...{ repairOrderId, reasonCode: 'CHANGED', requestIds: [] },
  ...(feeKrw !== undefined && { diagnosisFeeKrw: feeKrw }),
});
const [opened] = sample.opened;
const fleets = { kind: 'fleet', id: ids.fleetOrg };
const order = (more: object = {}) => ({
  ...{ aggregate: RepairOrder, id: repairOrderId },
  events: [{ type: 'RepairOrderOpened', data: { ...opened?.data, ...more } }],
});
const brought = { aggregate: Delivery, id: deliveryId, events: journey.completed };
const careOf = (facts: NonNullable<World['facts']>, more: object = {}) => {
  const care = instanceOf(CancellationCare, { now, facts: [...organizationFacts, ...facts] });
  expect(care.tell('RepairOrderOpened', { ...opened?.data, ...more }).sent).toEqual([]);
  return care;
};
const addressees = (told: Told) =>
  told.reactions.flatMap((r) =>
    r.kind === 'send' && r.aggregate === 'Notice' ? [(r.data.to as { id: string }).id] : [],
  );

describe('a repair that was cancelled', () => {
  it('leaves the diagnosis to be paid: its invoice is drafted for whoever pays', () => {
    const care = careOf([order({ payer: fleets })]);
    const told = care.tell('RepairOrderCancelled', cancelled(33_000));
    expect(told.sent).toEqual(['DraftInvoice', 'notice:repairCancelled', 'notice:diagnosisFeeDrafted']);
    const draft = dataOf(told, 'DraftInvoice');
    expect(draft).toMatchObject({ payer: fleets, supplyKrw: 30_000, vatKrw: 3_000, totalKrw: 33_000 });
    given(Invoice)
      .when('DraftInvoice', draft, { facts: [order()] })
      .emits('InvoiceDrafted');
    expect(care.tell(...refusalOf(told, 'DraftInvoice', 'SOURCE_ALREADY_INVOICED')).sent).toEqual([
      'notice:diagnosisFeeToAdd',
    ]);
    expect(care.tell(...refusalOf(told, 'DraftInvoice', 'VAT_MISMATCH')).sent).toEqual([
      'notice:cancellationStepRefused',
    ]);
  });

  it('is made safe when it was taken apart and nobody has looked', () => {
    const sentFor = (more: object) => careOf([order()]).tell('RepairOrderCancelled', { ...cancelled(), ...more }).sent;
    expect(sentFor({ wasInWork: true })).toContain('notice:carToMakeSafe');
    expect(sentFor({ wasInWork: true, safeState: [] })).toContain('notice:carToMakeSafe');
    expect(sentFor({ wasInWork: true, safeState: [{ item: '바퀴', pass: true }] })).not.toContain(
      'notice:carToMakeSafe',
    );
    expect(sentFor({ wasInWork: false })).not.toContain('notice:carToMakeSafe');
  });

  it('asks no more than was named, to the won', () => {
    for (const fee of [1, 10, 11, 32_999, 33_000, 33_001]) {
      const draft = dataOf(careOf([order()]).tell('RepairOrderCancelled', cancelled(fee)), 'DraftInvoice');
      expect(draft.totalKrw).toBe(Number(draft.supplyKrw) + Math.floor(Number(draft.supplyKrw) / 10));
      expect(fee - Number(draft.totalKrw)).toBeGreaterThanOrEqual(0);
      expect(fee - Number(draft.totalKrw)).toBeLessThanOrEqual(1);
    }
  });

  it('gives the plan’s items back and sends the car back where a driver fetched it', () => {
    const booked = plan(['BookItems', { itemCodes: ['OIL'], reservationId }]);
    const more = { reservationId, deliveryId };
    const care = careOf([order(more), brought, booked], more);
    const told = care.tell('RepairOrderCancelled', cancelled());
    expect(told.sent).toEqual(['UnbookItems', 'RequestDelivery', 'notice:repairCancelled']);
    const back = dataOf(told, 'RequestDelivery');
    expect(back).toMatchObject({
      ...{ requester: journey.request.requester, payer: journey.request.payer, kind: 'fromWorkshop' },
      ...{ pickup: { addressRef: 'workshop' }, dropoff: { addressRef: 'home' }, links: { repairOrderId } },
      transportOrgId: transportOrg,
    });
    const refused = (code: string) => care.tell(...refusalOf(told, 'RequestDelivery', code)).sent;
    expect(refused('VEHICLE_IN_OTHER_DELIVERY')).toEqual([]);
    expect(refused('VEHICLE_SUSPENDED')).toEqual(['notice:cancellationStepRefused']);
    expect(care.tell(...refusalOf(told, 'UnbookItems', 'WRONG_STATE')).sent).toEqual([]);
  });

  it('of a fleet’s plan is brought back by the plan’s own process, and a car that stands there needs no driver', () => {
    const planned = { deliveryId, policyId: id(61) };
    const chain = careOf([order(planned), brought], planned);
    expect(chain.tell('RepairOrderCancelled', cancelled()).sent).toEqual(['notice:repairCancelled']);
    expect(careOf([order()]).tell('RepairOrderCancelled', cancelled()).sent).toEqual(['notice:repairCancelled']);
  });

  it('is no matter any more once the repair was completed', () => {
    const care = careOf([order()]);
    expect(care.tell('RepairOrderCompleted', { repairOrderId }).sent).toEqual(['complete']);
    expect(care.tell('RepairOrderCancelled', cancelled(1_000)).sent).toEqual([]);
  });
});

describe('a delivery that came to nothing', () => {
  const about = (events: typeof journey.assigned, type: string, data: object) =>
    instanceOf(CancellationCare, { now, facts: [{ aggregate: Delivery, id: deliveryId, events }] }).tell(type, {
      ...{ deliveryId, ...data },
    });
  it('is told to who asked for it and to the driver, or by our own hand to the others alone', () => {
    const byHand = about(journey.assigned, 'DeliveryCancelled', { by: 'kim', feeKrw: 0 });
    expect(addressees(byHand)).toEqual([ids.customer, driverId]);
    expect(byHand.sent.at(-1)).toBe('complete');
    expect(addressees(about(journey.assigned, 'DeliveryCancelled', { by: 'ReservationCare' }))).toEqual([driverId]);
  });
  it('is charged to a person for the way that was driven; a fleet’s is a cost of its contract', () => {
    const { customer } = ids;
    const cancelled = about(journey.assigned, 'DeliveryCancelled', { by: 'kim', feeKrw: 12_000 });
    expect(dataOf(cancelled, 'DraftInvoice')).toMatchObject({
      ...{ sellerOrgId: transportOrg, payer: { kind: 'owner', id: customer }, totalKrw: 12_000, vatKrw: 0 },
      source: { kind: 'delivery', id: deliveryId },
    });
    const failed = about(journey.inTransit, 'DeliveryFailed', { ...journey.fail, feeKrw: 7_000 });
    expect(dataOf(failed, 'DraftInvoice')).toMatchObject({ totalKrw: 7_000 });
    const [first, ...rest] = journey.assigned;
    const fleets = [
      { ...first!, data: { ...first!.data, parties: [{ kind: 'org', id: id(91), as: 'payer' }] } },
      ...rest,
    ];
    expect(about(fleets, 'DeliveryCancelled', { by: 'kim', feeKrw: 12_000 }).sent).not.toContain('DraftInvoice');
  });
  it('after the pick-up is told to everybody, each once', () => {
    const told = about(journey.inTransit, 'DeliveryFailed', { ...journey.fail });
    expect(addressees(told)).toEqual([ids.customer, transportOrg, driverId]);
  });
  it('after the pick-up goes on from where the car was left, unless somebody saw to that', () => {
    const failed = tell(Delivery, journey.inTransit, [['FailDelivery', journey.fail]], journey.world);
    const care = instanceOf(CancellationCare, {
      now,
      facts: [{ aggregate: Delivery, id: deliveryId, events: failed }],
    });
    expect(timerOf(care.tell('DeliveryFailed', journey.fail), 'replace')).toBe('2025-06-30T01:10:00.000Z');
    const again = care.fire('replace');
    expect(again.sent).toEqual(['RequestDelivery', 'complete']);
    const { requester, payer, kind, dropoff, pickup } = journey.request;
    expect(dataOf(again, 'RequestDelivery')).toMatchObject({
      ...{ requester, payer, kind, transportOrgId: transportOrg, links: { replacesId: deliveryId } },
      pickup: { ...journey.fail.vehicleLeftAt, contactRef: pickup.contactRef },
      dropoff: { addressRef: dropoff.addressRef },
    });
    expect(care.tell(...refusalOf(again, 'RequestDelivery', 'VEHICLE_IN_OTHER_DELIVERY')).sent).toEqual([]);
  });
});
