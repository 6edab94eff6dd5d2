import type { Notice } from '@cargoro/infra/ports';
import { createHealthReports, type HealthProbe, rebuild, verify } from '@cargoro/projections';
import { uuid } from '@cargoro/projections/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subscriptions } from './index.ts';
import { as, readingWorld } from './testing/reading.ts';
import type { SubscriptionDef } from './types.ts';

let reading: Awaited<ReturnType<typeof readingWorld>>;
const told: Notice[] = [];
let reports: ReturnType<typeof createHealthReports>;
beforeAll(async () => {
  reading = await readingWorld(['admin']);
  const bus = { publish: async (notices: readonly Notice[]) => void told.push(...notices) };
  reports = createHealthReports({ pool: reading.world.pool, bus: async () => bus });
});
afterAll(() => reading.stop());

const staff = as(uuid(1), 'PLATFORM_ADMIN');
const probe = (service: string, change: Partial<HealthProbe> = {}): HealthProbe => ({
  ...{
    service,
    instance: 'm1:4000',
    status: 'up',
    detail: [],
    projections: [],
    deadLetters: 0,
    p95Ms: 12.5,
    sockets: 3,
  },
  ...change,
});
const changed = subscriptions.find(({ name }) => name === 'systemHealthChanged') as SubscriptionDef;

describe('the health of the services', () => {
  it('is what each copy of a service told last, for the platform’s staff alone', async () => {
    await reports.report(probe('gateway'));
    await reports.report(probe('projections', { status: 'degraded', projections: [lag] }));
    await reports.report(probe('gateway', { status: 'down', deadLetters: 2 }));
    expect(await reading.list('systemHealth', {}, staff)).toMatchObject([
      { service: 'gateway', status: 'down', deadLetters: 2, p95Ms: 12.5, sockets: 3 },
      { service: 'projections', status: 'degraded', projections: [lag] },
    ]);
    expect(await reading.list('systemHealth', { service: 'gateway' }, staff)).toHaveLength(1);
    await expect(reading.list('systemHealth', {}, as(uuid(2), 'WORKSHOP_OWNER', uuid(3)))).rejects.toThrow(/not open/);
  });
  const lag = { group: 'repair', position: '7', lagMs: 1_200, stoppedAt: null, reason: null };

  it('is announced with each probe, and what was missed can be asked for by position', async () => {
    const before = await reading.api.position(changed.readModel);
    expect(await reading.api.waitFor(changed.readModel, before + 1_000_000n, 0)).toBe(true);
    expect(await reading.api.changedSince(changed, {}, before, staff)).toEqual([]);
    await reports.report(probe('gateway'));
    const [row, ...others] = await reading.api.changedSince(changed, {}, before, staff);
    expect([row?.service, row?.status, others]).toEqual(['gateway', 'up', []]);
    expect(told.at(-1)).toMatchObject({ key: 'gateway@m1:4000', position: row?.position, parties: ['platform'] });
  });

  it('of who is not heard of any more is silent, which the next to report notices', async () => {
    await reading.world.pool.query(
      `update rm_system_health set seen_at = now() - interval '40 seconds' where service = 'projections'`,
    );
    await reports.report(probe('gateway'));
    expect(told.slice(-2).map(({ key }) => key)).toEqual(['gateway@m1:4000', 'projections@m1:4000']);
    expect(await reading.list('systemHealth', { service: 'projections' }, staff)).toMatchObject([{ status: 'silent' }]);
    await reading.world.pool.query(
      `update rm_system_health set seen_at = now() - interval '8 days' where service = 'projections'`,
    );
    await reports.report(probe('gateway'));
    expect(await reading.list('systemHealth', {}, staff)).toHaveLength(1);
  });

  it('has no past in the log: it is neither rebuilt nor compared with a replay', async () => {
    expect((await verify(reading.world.deps)).map(({ readModel }) => readModel)).not.toContain('rm_system_health');
    await expect(rebuild(reading.world.deps, 'rm_system_health')).rejects.toThrow(/no event tells/);
  });
});
