import { createHealth, type ProjectionLag, startHealthServer } from '@cargoro/infra/health';
import { type Projections, type ProjectorState, startProjections } from '@cargoro/projections';
import type { RoleStart } from './index.ts';
import type { Parts } from './parts.ts';

const lagEveryMs = 5_000;

/** The projectors, and a small server for their health. Of copies, one is active for each group; the others stand by. */
export const start: RoleStart = async (parts, { port, host }) => {
  const { log, vault, logger, metrics, postgres } = parts;
  const bus = await parts.bus();
  let projections: Projections | undefined;
  const lags = lagOf(parts, () => projections?.lag() ?? []);
  const health = createHealth({
    role: 'projections',
    pings: parts.pings,
    states: parts.stateReaders,
    projections: lags.now,
  });
  // First what may fail; nothing is projected by a process that cannot say how it is.
  const server = await startHealthServer(health, metrics, { port, host });
  projections = startProjections({ pool: postgres.pool, log, bus, vault, logger });
  return {
    port: server.port,
    health,
    stop: async () => {
      lags.stop();
      await server.stop();
      await projections?.stop();
    },
  };
};

/** Time behind, in milliseconds: since when a group has not reached the end the log had. */
const lagOf = ({ log, metrics }: Parts, states: () => readonly ProjectorState[]) => {
  const behindSince = new Map<string, { end: bigint; at: number }>();
  const seconds = metrics.gauge('cargoro_projection_lag_seconds', 'Time a projector group is behind the log', [
    'group',
  ]);
  const stopped = metrics.gauge('cargoro_projection_stopped', '1 when a group stopped at an event it cannot fold', [
    'group',
  ]);
  let end = 0n;

  const now = async (): Promise<readonly ProjectionLag[]> => {
    end = await log.end();
    return states().map((state) => {
      const since = behindSince.get(state.group);
      if (!since || state.position >= since.end) behindSince.set(state.group, { end, at: Date.now() });
      const lagMs = state.position >= end ? 0 : Date.now() - (behindSince.get(state.group)?.at ?? Date.now());
      seconds.set({ group: state.group }, lagMs / 1000);
      stopped.set({ group: state.group }, state.status === 'stopped' ? 1 : 0);
      return {
        group: state.group,
        position: String(state.position),
        end: String(end),
        lagMs,
        ...(state.status === 'stopped' && { stoppedAt: String(state.position), reason: state.reason ?? 'unknown' }),
      };
    });
  };
  const timer = setInterval(() => void now().catch(() => undefined), lagEveryMs).unref();
  return { now, stop: () => clearInterval(timer) };
};
