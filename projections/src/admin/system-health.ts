import { DateTime } from '@cargoro/domain';
import type { Bus } from '@cargoro/infra/ports';
import type { Pool } from '@cargoro/infra/postgres';
import { z } from 'zod';
import { noticeOf } from '../kit/notices.ts';
import { readModel } from '../kit/read-model.ts';
import { quoted, selectList, upsert } from '../kit/sql.ts';
import type { AnyRow } from '../kit/types.ts';

const Part = z
  .object({ part: z.string(), status: z.string(), fallback: z.string().nullable(), detail: z.string().nullable() })
  .meta({ id: 'PartHealth' });
const Lag = z
  .object({
    group: z.string(),
    position: z.string(),
    lagMs: z.int(),
    /** Where it stopped at an event it cannot fold, and why. */
    stoppedAt: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'ProjectionLag' });
const row = z.object({
  /** `silent`: not heard of for half a minute. */
  status: z.enum(['up', 'degraded', 'down', 'silent']).meta({ id: 'HealthStatus' }),
  service: z.string(),
  /** Machine and port of this copy. */
  instance: z.string(),
  detail: z.array(Part),
  projections: z.array(Lag),
  /** Commands of processes that nobody can carry out; for the service that runs them. */
  deadLetters: z.int(),
  /** Of the requests of the last minute, in milliseconds; null when there were none. */
  p95Ms: z.number().nullable(),
  sockets: z.int(),
  since: DateTime,
  seenAt: DateTime,
});
export type HealthProbe = Omit<z.infer<typeof row>, 'since' | 'seenAt'>;

/**
 * How the services are, by probes and not by events: each copy writes its own row. Such rows have no past in the log, so
 * their position is the moment of the probe in microseconds: it grows, and live queries resume by it.
 */
export const SystemHealth = readModel({
  name: 'rm_system_health',
  type: 'ServiceHealth',
  version: 1,
  group: 'admin',
  row,
  scope: ['service'],
  indexes: [['service', 'id']],
  from: [],
  probed: true,
  platform: true,
  seenBy: () => [],
}).folds({});

const silentAfter = '30 seconds';
const forgottenAfter = '7 days';

/** Writes what probes find and announces it; whoever reports also notices who has fallen silent. */
export const createHealthReports = ({ pool, bus }: { pool: Pool; bus: () => Promise<Pick<Bus, 'publish'>> }) => {
  const since = new Map<string, { readonly status: string; readonly at: string }>();
  let last = 0n;
  const nextPosition = (): string => {
    const now = BigInt(Date.now()) * 1_000n;
    last = now > last ? now : last + 1n;
    return String(last);
  };
  const announce = async (rows: readonly AnyRow[]): Promise<void> =>
    (await bus()).publish(rows.map((one) => noticeOf(SystemHealth, one)));

  return {
    report: async (probe: HealthProbe): Promise<void> => {
      const id = `${probe.service}@${probe.instance}`;
      const at = new Date().toISOString();
      const before = since.get(id);
      if (before?.status !== probe.status) since.set(id, { status: probe.status, at });
      const written: AnyRow = {
        ...{ id, stream: `health-${id}`, revision: '0', position: nextPosition(), asOf: at },
        ...{ parties: [], partyKeys: ['platform'], ...probe, since: since.get(id)?.at ?? at, seenAt: at },
      };
      await pool.query(upsert(SystemHealth, 1), [JSON.stringify([written])]);
      const silent = await pool.query<AnyRow>(
        `update ${quoted(SystemHealth.name)} set status = 'silent', position = $1, since = now(), as_of = now()
         where status <> 'silent' and seen_at < now() - interval '${silentAfter}'
         returning ${selectList(SystemHealth.columns)}`,
        [nextPosition()],
      );
      await pool.query(`delete from ${quoted(SystemHealth.name)} where seen_at < now() - interval '${forgottenAfter}'`);
      await announce([written, ...silent.rows]);
    },
  };
};
