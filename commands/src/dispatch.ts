import { type Actor, type FollowUp, processActor, roleMay, streamOf } from '@cargoro/domain';
import { uuidv5 } from '@cargoro/infra/ids';
import { Unavailable } from '@cargoro/infra/ports';
import { execute } from './execute.ts';
import { findCommand, momentOf, parseCommand } from './input.ts';
import { registryOf } from './registry.ts';
import { rememberedResults } from './remembered.ts';
import { stateCache } from './state-cache.ts';
import { streamQueue } from './stream-queue.ts';
import {
  CommandError,
  type CommandOutcome,
  type CommandRequest,
  type Commands,
  type DispatchDeps,
  type Settled,
} from './types.ts';

/**
 * The write side over one event log. A command is answered once: the same `commandId` again gives the first result,
 * also after a restart and on another node, for the log itself remembers it. Throws `CommandError` for everything that
 * is not the business's answer.
 */
export const createCommands = (deps: DispatchDeps): Commands => {
  const registry = registryOf(deps.aggregates);
  const states = stateCache(deps.log, deps.vault);
  const results = rememberedResults();
  const enqueue = streamQueue();

  /** `step`: sent by another command that waits for it. Such a one takes no steps itself, so nothing waits in a circle. */
  const handle = async (request: CommandRequest, note: Note, step = false): Promise<CommandOutcome> => {
    const registered = findCommand(registry, request.type);
    if (!roleMay(registered.def.by, request.actor))
      throw new CommandError('FORBIDDEN', `${request.actor.role ?? 'Nobody'} may not send ${request.type}`);
    const now = momentOf(request, deps.clock());
    const command = parseCommand(registered, request);
    const { stream } = command;
    note.stream = stream;
    const send = (followUp: FollowUp, name: string): Promise<CommandOutcome> => {
      if (step) throw new Error(`${request.type} is a step of another command and may take none itself`);
      return settle(stepOf(request, registered.aggregate.name, followUp, `${name}.${now}`), true);
    };
    return enqueue(stream, async () => {
      const first = results.recall(request, stream);
      return (
        first ?? results.remember(request, stream, await execute({ ...deps, states, send }, command, request, now))
      );
    });
  };

  const settle = async (request: CommandRequest, step = false): Promise<CommandOutcome> => {
    const started = performance.now();
    const note: Note = {};
    const tell = (how: Pick<Settled, 'outcome' | 'code' | 'cause'>) => {
      const { type, commandId, actor, correlationId = commandId } = request;
      const ms = performance.now() - started;
      for (const observe of deps.observers ?? [])
        observe({ type, commandId, correlationId, actor, ...note, ...how, ms });
    };
    try {
      const outcome = await handle(request, note, step);
      tell({ outcome: outcome.kind, code: outcome.kind === 'rejected' ? outcome.code : undefined });
      return outcome;
    } catch (error) {
      const known = commandErrorOf(error);
      tell({ outcome: 'failed', code: known.code, cause: known.code === 'INTERNAL' ? error : undefined });
      throw known;
    }
  };

  return {
    dispatch: (request) => settle(request),
    load: async (aggregate, id) => {
      try {
        // The aggregate asked for is the one that folded the stream.
        return (await states.refresh(aggregate, streamOf(aggregate, id))).folded as never;
      } catch (error) {
        throw commandErrorOf(error);
      }
    },
  };
};

type Note = { stream?: string };

const stepOf = (cause: CommandRequest, sender: string, { type, data }: FollowUp, name: string): CommandRequest => ({
  type,
  input: data,
  commandId: uuidv5(cause.commandId, name),
  actor: senderOf(sender),
  correlationId: cause.correlationId ?? cause.commandId,
  causationId: cause.commandId,
  occurredAt: cause.occurredAt,
});
const senderOf = (aggregate: string): Actor => processActor(`step.${aggregate}`);

const commandErrorOf = (error: unknown): CommandError => {
  if (error instanceof CommandError) return error;
  if (error instanceof Unavailable)
    return new CommandError('UNAVAILABLE', `A part is away, try again: ${error.part}`, undefined, { cause: error });
  return new CommandError('INTERNAL', 'Something went wrong on our side', undefined, { cause: error });
};
