import { type RecordedEvent, systemActor } from '@cargoro/domain';
import { describe, expect, it } from 'vitest';
import { Journey } from './journey.ts';

const eventOf = (type: string, revision: number): RecordedEvent => ({
  ...{ id: `e-${revision}`, type, stream: 'delivery-1', revision: BigInt(revision), position: BigInt(revision) },
  ...{ recordedAt: '2025-06-30T01:00:00.000Z', data: { vehicleId: 'v-1' } },
  meta: {
    ...{ schemaVersion: 1, command: 'x', commandId: 'x', correlationId: 'c', causationId: 'x' },
    ...{ actor: systemActor('test'), occurredAt: '2025-06-30T01:00:00.000Z' },
  },
});
/** The status after each of these events. */
const statuses = (...types: readonly string[]): readonly unknown[] => {
  let row: Record<string, unknown> | undefined;
  return types.map((type, n) => {
    row = Journey.on['*']?.(row as never, eventOf(type, n), 'c') ?? row;
    return row?.status;
  });
};

describe('a journey', () => {
  it.each([
    ['MaintenanceDue', 'CostBooked'],
    ['ReservationRequested', 'VehicleHandedOver'],
    ['RepairOrderOpened', 'VehicleHandedOver'],
    ['DeliveryRequested', 'HandoverCompleted'],
  ])('that began with %s is done by %s, whatever follows', (first, last) => {
    expect(statuses(first, 'NoteAdded', last, 'DeliveryCancelled', 'DeliveryRequested')).toEqual([
      ...['underWay', 'underWay', 'done', 'done', 'done'],
    ]);
  });

  it('that was cancelled goes on when something of it begins again', () => {
    expect(statuses('MaintenanceDue', 'ReservationRequested', 'ReservationCancelled', 'ReservationRequested')).toEqual([
      ...['underWay', 'underWay', 'cancelled', 'underWay'],
    ]);
  });

  it('of maintenance is not done when the car is back, but when it is paid for', () => {
    expect(statuses('MaintenanceDue', 'VehicleHandedOver')).toEqual(['underWay', 'underWay']);
  });
});
