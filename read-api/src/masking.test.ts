import { DispatchBoard, Journey, type Row, TripMonth } from '@cargoro/projections';
import { describe, expect, it } from 'vitest';
import { viewerOf } from './define.ts';
import { masked } from './masking.ts';

const fleet = { kind: 'org', id: 'fleet', as: 'fleet' } as const;
const manager = viewerOf({ kind: 'user', id: 'manager', orgId: 'fleet', role: 'FLEET_MANAGER' });
const trip = { userId: 'member', purpose: 'private', startKm: 1, endKm: 2, from: '집', to: '처가', department: null };
const rowOf = (more: object) => ({ id: '1', parties: [fleet], ...more }) as unknown as Row;

describe('a masked row', () => {
  it('keeps its form when the masked column was not asked for', () => {
    for (const model of [TripMonth, Journey]) {
      const row = rowOf({ month: '203010' });
      expect(masked(model, row, manager)).toEqual(row);
    }
  });

  it('shows of what was asked for as much as the viewer may see', () => {
    const { trips } = masked(TripMonth, rowOf({ trips: [trip] }), manager) as unknown as { trips: object[] };
    expect(trips).toMatchObject([{ startKm: 1, endKm: 2, from: null, to: null }]);
  });

  it('names nobody to emergency access, not even within a list', () => {
    const place = { lat: 37.5, lon: 127 };
    const driver = {
      ...{
        driverId: 'd',
        driverName: '김기사',
        place,
        standing: 1,
        licenceClass: 'class2Ordinary',
        insuredTo: '2025-12-31',
      },
      ...{ doneJobs: 3, failedJobs: 0 },
    };
    const job = { pickup: place, until: '2025-06-30T09:00:00.000Z', bodyKind: 'car' };
    const transport = { kind: 'org', id: 'transport', as: 'transport' } as const;
    const row = () => rowOf({ parties: [transport], candidates: { job, on: '2025-06-30', drivers: [driver] } });
    const dispatcher = viewerOf({ kind: 'user', id: 'u', orgId: 'transport', role: 'DISPATCHER' });
    const staff = {
      ...dispatcher,
      breakGlass: { caseId: 'c', by: dispatcher.actor, until: '2025-06-30T10:00:00.000Z' },
    };
    const named = (viewer: typeof staff | typeof dispatcher) =>
      (masked(DispatchBoard, row(), viewer) as unknown as { candidates: { driverName: string }[] }).candidates.map(
        ({ driverName }) => driverName,
      );
    expect([named(dispatcher), named(staff)]).toEqual([['김기사'], ['김***']]);
  });
});
