import { hostname } from 'node:os';
import { requestDurations } from '@cargoro/infra/health';
import { recentP95 } from '@cargoro/infra/recent-latency';
import { createHealthReports, type HealthProbe } from '@cargoro/projections';
import type { Serving } from './index.ts';
import type { Parts } from './parts.ts';

const everyMs = 5_000;

type Probed = Serving & { readonly name: string; readonly health: NonNullable<Serving['health']> };
const isProbed = (role: Serving & { readonly name: string }): role is Probed => role.health !== undefined;

const probe = async (
  { name, port, health, sockets, deadLetters }: Probed,
  p95: number | null,
): Promise<HealthProbe> => {
  const { status, parts, projections } = await health.readiness();
  return {
    ...{ service: name, instance: `${hostname()}:${port}`, status, p95Ms: p95 },
    detail: parts.map(({ part, status, fallback = null, detail = null }) => ({ part, status, fallback, detail })),
    projections: projections.map(({ group, position, lagMs, stoppedAt = null, reason = null }) => ({
      ...{ group, position, lagMs, stoppedAt, reason },
    })),
    ...{ deadLetters: (await deadLetters?.()) ?? 0, sockets: sockets?.() ?? 0 },
  };
};

/** Tells every few seconds how the roles of this process are, for the operators' screen; a report that fails is told later. */
export const reportHealth = (
  parts: Parts,
  serving: readonly (Serving & { readonly name: string })[],
): { stop(): Promise<void> } => {
  const probed = serving.filter(isProbed);
  if (probed.length === 0) return { stop: async () => undefined };
  const p95 = recentP95(requestDurations(parts.metrics));
  const reports = createHealthReports({ pool: parts.postgres.pool, bus: parts.bus });
  const report = async (): Promise<void> => {
    const milliseconds = await p95();
    for (const role of probed) await reports.report(await probe(role, milliseconds));
  };
  let running: Promise<void> | undefined;
  const tick = (): void => {
    running ??= report()
      .catch((error: unknown) => parts.logger.debug({ err: error }, 'health could not be reported'))
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(tick, everyMs).unref();
  tick();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
};
