import { createBackoff } from '@cargoro/infra/backoff';
import type { Bus, EventLog, Vault } from '@cargoro/infra/ports';
import type { Pool } from '@cargoro/infra/postgres';
import { lead, Superseded } from './leader.ts';
import { createAnnouncer } from './notices.ts';
import { openSession } from './session.ts';
import type { AnyReadModel } from './types.ts';

export type Logger = Readonly<Record<'info' | 'warn' | 'error', (data: object, message: string) => void>>;
export type ProjectorDeps = {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly bus: Bus;
  readonly vault: Vault;
  readonly logger: Logger;
};
export type ProjectorState = {
  readonly group: string;
  /** `standby`: another process is active. `stopped`: at an event that cannot be folded. `waiting`: a part is away. */
  readonly status: 'starting' | 'standby' | 'catchingUp' | 'live' | 'stopped' | 'waiting';
  readonly position: bigint;
  readonly published: bigint;
  /** Folded since this process started. */
  readonly events: number;
  readonly batches: number;
  /** `recordedAt` of the last event folded. */
  readonly lastRecordedAt?: string;
  readonly stoppedAt?: bigint;
  readonly reason?: string;
};
export type ProjectorOptions = {
  /** Events of one transaction at most. */
  readonly mostEvents?: number;
  /** Rows of each table kept in memory. */
  readonly maxRows?: number;
  /** Run once this copy is the active one, before it projects. */
  readonly prepare?: () => Promise<void>;
};

/** Keeps the read models of one group up to date until it is stopped; what is away is waited for. */
export const startProjector = (
  group: string,
  models: readonly AnyReadModel[],
  deps: ProjectorDeps,
  { mostEvents = 2_000, maxRows = 10_000, prepare }: ProjectorOptions = {},
) => {
  const { pool, bus, logger } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  let state: ProjectorState = { group, status: 'starting', position: 0n, published: 0n, events: 0, batches: 0 };
  const become = (change: Partial<ProjectorState>) => {
    state = { ...state, ...change };
  };
  const warn = (error: unknown, message: string) => logger.warn({ group, err: error }, message);

  const attempt = async (): Promise<void> => {
    become({ status: 'standby' });
    const client = await openSession(pool, group, signal);
    const confirmed: { wake: () => void } = { wake: () => undefined };
    const announcer = createAnnouncer({
      ...{ bus, pool, group, models },
      onProblem: (error) => warn(error, 'Notices wait'),
      onConfirmed: () => confirmed.wake(),
    });
    try {
      await prepare?.();
      announcer.start();
      await lead({
        ...{ group, models, deps, client, announcer, signal, mostEvents, maxRows, warn, become },
        state: () => state,
        onWake: (wake) => {
          confirmed.wake = wake;
        },
      });
    } finally {
      await announcer.stop();
      client.release(true);
    }
  };

  const run = async (): Promise<void> => {
    const backoff = createBackoff();
    while (!signal.aborted) {
      const { batches } = state;
      try {
        await attempt();
      } catch (error) {
        if (signal.aborted) break;
        if (state.batches > batches) backoff.reset();
        if (state.status === 'stopped') {
          logger.error({ group, position: String(state.stoppedAt), reason: state.reason }, 'Projector stopped');
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        } else if (error instanceof Superseded) {
          logger.info({ group }, 'Another hand moved the checkpoint; starting over from it');
        } else {
          become({ status: 'waiting', reason: error instanceof Error ? error.message : String(error) });
          warn(error, 'Projector waits');
          await backoff.wait(signal);
        }
      }
    }
  };

  const running = run();
  return {
    state: (): ProjectorState => state,
    stop: async (): Promise<void> => {
      stopping.abort();
      await running;
    },
  };
};
export type Projector = ReturnType<typeof startProjector>;
