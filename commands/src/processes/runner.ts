import { type AnyAggregate, type AnyProcess, type Reaction, type StoredEvent, streamOf } from '@cargoro/domain';
import type { Logger } from '@cargoro/infra/logger';
import type { Metrics } from '@cargoro/infra/metrics';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import type { Postgres } from '@cargoro/infra/postgres';
import type { CommandRequest, Commands } from '../types.ts';
import { systemClock, type TimerClock } from './clock.ts';
import { isDead, keepDeadLetter, type Origin } from './dead-letter.ts';
import { type Following, followLog } from './follow-log.ts';
import { followUpsOf } from './follow-ups.ts';
import { listenersOf, openerOf } from './listening.ts';
import { patiently } from './patiently.ts';
import { tellEvent, tellRefusal, tellTimer } from './tell.ts';
import { timersOf } from './timers.ts';

export type ProcessesDeps = {
  readonly log: EventLog;
  readonly commands: Commands;
  readonly vault: Vault;
  readonly postgres: Postgres;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Process managers, and the aggregates whose events they listen to. */
  readonly processes?: readonly AnyProcess[];
  readonly aggregates?: readonly AnyAggregate[];
  readonly clock?: TimerClock;
};
export type ProcessesState = {
  /** `standby`: another process is active. `waiting`: a part is away. */
  readonly status: 'standby' | 'active' | 'waiting' | 'stopped';
  /** Everything up to here was followed up, by whichever process. */
  readonly position: bigint;
};
export type Processes = Following & { state(): ProcessesState };

const name = 'followUps';

/**
 * Sends what must follow each event, at least once and with deterministic ids, so that it happens once. One process at a
 * time is active; it is woken by the log itself and goes on after the last checkpoint, whatever happened in between. A
 * refused follow-up is the business's answer: it is logged and counted. One that fails by a defect becomes a dead letter.
 */
export const startProcesses = (deps: ProcessesDeps): Processes => {
  const { commands, vault, postgres, logger, metrics, processes = [], aggregates = [], clock = systemClock } = deps;
  const sent = metrics.counter('cargoro_follow_ups_total', 'Follow-ups sent', ['type', 'outcome']);
  const stopping = new AbortController();
  let state: ProcessesState = { status: 'standby', position: 0n };
  const become = (status: ProcessesState['status']) => {
    state = { ...state, status };
  };

  const own = new Map(processes.map((process) => [process.event, process]));
  const listening = listenersOf(processes);
  const opened = openerOf(vault, aggregates);

  const timers = timersOf(postgres, clock, async (timer) => {
    const process = processes.find(({ name: known }) => known === timer.process);
    if (!process) return;
    const request = tellTimer(process, timer);
    await patiently(() => commands.dispatch(request), stopping.signal, wait).catch(async (error: unknown) => {
      // One that cannot be told must not keep all the others waiting.
      const from = {
        id: String(request.causationId),
        stream: streamOf(process.aggregate, process.aggregate.idOf({ key: timer.key })),
        position: '0',
      };
      await bury(from, request, error);
    });
  });

  const send = async (event: StoredEvent, request: CommandRequest): Promise<void> => {
    const { type } = request;
    try {
      const outcome = await commands.dispatch(request);
      sent.inc({ type, outcome: outcome.kind });
      if (outcome.kind !== 'rejected') return;
      logger.warn({ type, code: outcome.code, event: event.id, stream: event.stream }, 'a follow-up was refused');
      const sender = own.get(event.type);
      if (sender) await commands.dispatch(tellRefusal(sender, event, request, outcome.code, clock.now()));
    } catch (error) {
      await bury(event, request, error);
    }
  };
  const bury = async (from: Origin, request: CommandRequest, error: unknown) => {
    if (!isDead(error)) throw error;
    const { type } = request;
    sent.inc({ type, outcome: 'dead' });
    logger.error({ type, code: error.code, event: from.id, stream: from.stream, err: error }, 'a follow-up is dead');
    await keepDeadLetter(postgres, name, from, request, error);
  };

  const isDue = ({ type, meta }: StoredEvent): boolean =>
    meta.followUps !== undefined || type === 'UserErased' || own.has(type) || listening.has(type);

  const follow = async (event: StoredEvent): Promise<void> => {
    if (event.type === 'UserErased') await vault.destroy((event.data as { personRef: string }).personRef);
    const process = own.get(event.type);
    if (process) {
      const { key, reactions } = event.data as { key: string; reactions: readonly Reaction[] };
      await timers.apply({ process: process.name, key, correlationId: event.meta.correlationId }, reactions);
    }
    for (const request of followUpsOf(event, process?.name)) await send(event, request);
    for (const listener of listening.get(event.type) ?? []) {
      for (const told of tellEvent(listener, await opened(event))) await send(event, told);
    }
  };

  const wait = (error: unknown) => {
    become('waiting');
    logger.warn({ err: error }, 'follow-ups wait for a part that is away');
    return () => become('active');
  };
  const following = followLog(deps, {
    name,
    windowSize: 64,
    work: (event, signal) => (isDue(event) ? () => patiently(() => follow(event), signal, wait) : undefined),
    beside: (signal) => patiently(() => timers.run(signal), signal, wait),
    onLead: (after = 0n) => {
      state = { status: 'active', position: after };
      logger.info({ position: after.toString() }, 'follow-ups are sent from here');
    },
    onPassed: (position) => {
      state = { ...state, position };
    },
    onLeft: () => become('standby'),
    onFailure: () => become('waiting'),
  });
  return {
    state: () => state,
    passed: following.passed,
    stop: async () => {
      stopping.abort();
      await following.stop();
      become('stopped');
    },
  };
};
