import type { StoredEvent } from '@cargoro/domain';
import { createBackoff } from '@cargoro/infra/backoff';
import type { Logger } from '@cargoro/infra/logger';
import type { Metrics } from '@cargoro/infra/metrics';
import { type EventLog, Unavailable, type Vault } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import { CommandError, type CommandRequest, type Commands } from '../types.ts';
import { checkpointOf } from './checkpoint.ts';
import { keepDeadLetter } from './dead-letter.ts';
import { followUpsOf } from './follow-ups.ts';
import { whileLeader } from './leader.ts';
import { workWindow } from './window.ts';

export type ProcessesDeps = {
  readonly log: EventLog;
  readonly commands: Commands;
  readonly vault: Vault;
  readonly postgres: Postgres;
  readonly logger: Logger;
  readonly metrics: Metrics;
};
export type ProcessesState = {
  /** `standby`: another process is active. `waiting`: a part is away. */
  readonly status: 'standby' | 'active' | 'waiting' | 'stopped';
  /** Everything up to here was followed up, by whichever process. */
  readonly position: bigint;
};
export type Processes = {
  state(): ProcessesState;
  /** Resolves once everything up to a log position was followed up by this process. */
  passed(position: bigint): Promise<void>;
  stop(): Promise<void>;
};

const name = 'followUps';
const windowSize = 64;

/**
 * Sends what must follow each event, at least once and with deterministic ids, so that it happens once. One process at a
 * time is active; it is woken by the log itself and goes on after the last checkpoint, whatever happened in between. A
 * refused follow-up is the business's answer: it is logged and counted. One that fails by a defect becomes a dead letter.
 */
export const startProcesses = (deps: ProcessesDeps): Processes => {
  const { log, commands, vault, postgres, logger, metrics } = deps;
  const sent = metrics.counter('cargoro_follow_ups_total', 'Follow-ups sent', ['type', 'outcome']);
  const stopping = new AbortController();
  const waiters = new Set<{ readonly position: bigint; readonly resolve: () => void }>();
  let state: ProcessesState = { status: 'standby', position: 0n };

  const reached = (position: bigint) => {
    state = { ...state, position };
    for (const waiter of waiters)
      if (waiter.position <= position) {
        waiters.delete(waiter);
        waiter.resolve();
      }
  };

  const send = async (event: StoredEvent, request: CommandRequest): Promise<void> => {
    const { type } = request;
    try {
      const outcome = await commands.dispatch(request);
      sent.inc({ type, outcome: outcome.kind });
      if (outcome.kind === 'rejected')
        logger.warn({ type, code: outcome.code, event: event.id, stream: event.stream }, 'a follow-up was refused');
    } catch (error) {
      if (!(error instanceof CommandError) || error.code === 'UNAVAILABLE') throw error;
      sent.inc({ type, outcome: 'dead' });
      logger.error(
        { type, code: error.code, event: event.id, stream: event.stream, err: error },
        'a follow-up is dead',
      );
      await keepDeadLetter(postgres, name, event, request, error);
    }
  };

  const follow = async (event: StoredEvent): Promise<void> => {
    if (event.type === 'UserErased') await vault.destroy((event.data as { personRef: string }).personRef);
    for (const request of followUpsOf(event)) await send(event, request);
  };

  /** A part that is away comes back; everything else is a defect and begins the whole again. */
  const patiently = async (work: () => Promise<void>, signal: AbortSignal): Promise<void> => {
    const backoff = createBackoff();
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted || !isAway(error)) throw error;
        state = { ...state, status: 'waiting' };
        logger.warn({ err: error }, 'follow-ups wait for a part that is away');
        await backoff.wait(signal);
        state = { ...state, status: 'active' };
      }
    }
  };

  const lead = async (signal: AbortSignal): Promise<void> => {
    const checkpoint = checkpointOf(postgres, name, (error) =>
      logger.warn({ err: error }, 'a checkpoint was not stored'),
    );
    const after = await checkpoint.load();
    state = { status: 'active', position: after ?? 0n };
    logger.info({ position: state.position.toString() }, 'follow-ups are sent from here');
    const window = workWindow(windowSize, (position) => {
      checkpoint.note(position);
      reached(position);
    });
    try {
      for await (const message of log.subscribe({ ...(after !== undefined && { after }), signal })) {
        if (message.kind === 'checkpoint') await window.add(message.position, '');
        if (message.kind !== 'event') continue;
        const { event } = message;
        const due = event.meta.followUps || event.type === 'UserErased';
        await window.add(event.position, event.stream, due ? () => patiently(() => follow(event), signal) : undefined);
      }
    } finally {
      await window.settled();
      await checkpoint.flush();
      state = { ...state, status: 'standby' };
    }
  };

  const running = whileLeader(postgres, name, stopping.signal, lead, (error) => {
    state = { ...state, status: 'waiting' };
    logger.error({ err: error }, 'follow-ups were interrupted');
  });

  return {
    state: () => state,
    passed: (position) =>
      new Promise((resolve) => {
        waiters.add({ position, resolve });
        reached(state.position);
      }),
    stop: async () => {
      stopping.abort();
      await running;
      state = { ...state, status: 'stopped' };
    },
  };
};

const isAway = (error: unknown): boolean =>
  error instanceof Unavailable || (error instanceof CommandError && error.code === 'UNAVAILABLE');
