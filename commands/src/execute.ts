import { setTimeout as pause } from 'node:timers/promises';
import type { Accepted, AnyAggregate, AnyEvent, EventMeta, Folded } from '@cargoro/domain';
import { RevisionConflict } from '@cargoro/infra/ports';
import { appendEvents, asRecorded, newEvents } from './append.ts';
import { type Facts, factsOf } from './decide.ts';
import type { ParsedCommand } from './input.ts';
import { judge, partiesOf } from './judge.ts';
import { lacksNumber, numbered } from './numbered.ts';
import { sameCommand } from './remembered.ts';
import type { FirstResult, StateCache, StreamState } from './state-cache.ts';
import { type SendStep, stepsOf } from './steps.ts';
import { CommandError, type CommandOutcome, type CommandRequest, type DispatchDeps } from './types.ts';

/**
 * Other processes may write the same stream; the commands of this one stand in a queue and do not conflict. A node that
 * writes a hot stream back to back can keep another from it for as long as its queue lasts, hence the patience: about a
 * second in all.
 */
const mostConflicts = 40;
const pauseMs = (conflicts: number): number => Math.random() * Math.min(4 * conflicts, 50);

export type ExecuteDeps = DispatchDeps & { readonly states: StateCache; readonly send: SendStep };

/**
 * Decides one command on the state of its record and stores the outcome. A warm command costs one append. What would
 * store nothing (a refusal, a no) is decided on cached state and confirmed on fresh state before it is told.
 */
export const execute = async (
  deps: ExecuteDeps,
  asked: ParsedCommand,
  request: CommandRequest,
  now: string,
): Promise<CommandOutcome> => {
  const { states } = deps;
  let command = asked;
  const { aggregate } = command.registered;
  const facts = factsOf(states, deps.lookup, deps.list);
  const steps = stepsOf(deps.send);
  const refresh = () => states.refresh(aggregate, command.stream);

  // A record nobody here has met is taken for new by a command that may create it: the append itself finds out, and a
  // creation costs one round trip instead of two.
  const known = states.get(command.stream) ?? (creates(command) ? states.unmet(aggregate) : undefined);
  let state = known ?? (await refresh());
  let fresh = known === undefined;
  let conflicts = 0;
  // A record that moved on while we held something may rely on the hold by now: then it is left to lapse, if it does.
  const giveBack = () => steps.undo(({ serves }) => conflicts === 0 || serves?.(state.folded.state) === false);

  for (;;) {
    const first = state.results.get(request.commandId);
    if (first) return firstResult(command.stream, request, first);
    let verdict = await judge(command, state, request, facts, now);
    if (verdict.kind === 'append' && lacksNumber(command)) {
      // Only what is accepted takes a number, so that a series has no holes; then it is decided with it.
      command = await numbered(deps, command, partiesOf(state.folded, verdict.decision), request.commandId, now);
      verdict = await judge(command, state, request, facts, now);
    }
    if (!fresh && verdict.kind === 'append' && verdict.decision.before.length > 0 && state.folded.revision < 0n) {
      // Nothing is held elsewhere on the strength of a guess.
      state = await refresh();
      fresh = true;
      continue;
    }
    const refusal = verdict.kind === 'append' ? await takeSteps(verdict.decision) : undefined;
    if (verdict.kind !== 'append' || refusal !== undefined) {
      if (!fresh) {
        state = await refresh();
        fresh = true;
        continue;
      }
      await giveBack();
      if (verdict.kind === 'fail') throw verdict.error;
      return verdict.kind === 'answer' ? verdict.outcome : { kind: 'rejected', code: refusal ?? 'WRONG_STATE' };
    }
    try {
      return await store(deps, command, state, verdict.decision, metaOf(deps, command, state, request, facts, now));
    } catch (error) {
      if (!(error instanceof RevisionConflict)) {
        // Whether the events were stored is not known, so neither is the state; a hold lapses or serves the next try.
        states.drop(command.stream);
        throw error;
      }
      conflicts += 1;
      if (conflicts > mostConflicts)
        throw new CommandError('UNAVAILABLE', `${command.stream} is being changed too often; try again`);
      await pause(pauseMs(conflicts));
      [state] = await Promise.all([refresh(), facts.renew()]);
      fresh = true;
    }
  }

  async function takeSteps(decision: Accepted<AnyEvent>): Promise<string | undefined> {
    try {
      return await steps.take(decision.before);
    } catch (error) {
      await giveBack();
      throw error;
    }
  }
};

const creates = ({ registered: { def } }: ParsedCommand): boolean => def.in.includes('none');

const store = async (
  deps: ExecuteDeps,
  { registered: { aggregate }, stream }: ParsedCommand,
  state: StreamState,
  decision: Accepted<AnyEvent>,
  meta: Omit<EventMeta, 'schemaVersion'>,
): Promise<CommandOutcome> => {
  const events = newEvents(aggregate, decision.events, meta, decision.after);
  const appended = await appendEvents(deps, aggregate, stream, events, state.folded.revision);
  deps.states.advance(aggregate, stream, state, asRecorded(stream, events, appended));
  return {
    kind: 'accepted',
    streamId: stream,
    revision: appended.revision.toString(),
    position: appended.position.toString(),
    events: events.map((event) => event.type),
  };
};

const firstResult = (stream: string, request: CommandRequest, first: FirstResult): CommandOutcome => {
  sameCommand(request, { type: first.command, actorId: first.actor.id });
  const { revision, position, events } = first;
  return { kind: 'accepted', streamId: stream, revision: revision.toString(), position: position.toString(), events };
};

/** The journey a command goes on with when it names none. */
const continued = (aggregate: AnyAggregate, { correlationId }: Folded, facts: Facts): string | undefined =>
  (aggregate.journey ? correlationId : undefined) ?? facts.journey();

const metaOf = (
  { appVersion }: ExecuteDeps,
  { registered }: ParsedCommand,
  { folded }: StreamState,
  request: CommandRequest,
  facts: Facts,
  now: string,
): Omit<EventMeta, 'schemaVersion'> => {
  const { commandId, actor, reasonCode, reasonText, deviceId, clientSeq } = request;
  const used = facts.used();
  return {
    command: registered.type,
    commandId,
    correlationId: request.correlationId ?? continued(registered.aggregate, folded, facts) ?? commandId,
    causationId: request.causationId ?? commandId,
    actor,
    occurredAt: now,
    appVersion,
    ...(reasonCode !== undefined && { reasonCode }),
    ...(reasonText !== undefined && { reasonText }),
    ...(deviceId !== undefined && { deviceId }),
    ...(clientSeq !== undefined && { clientSeq }),
    ...(used && { facts: used }),
  };
};
