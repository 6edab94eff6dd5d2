import { Journey, type Row, TripMonth } from '@cargoro/projections';
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
});
