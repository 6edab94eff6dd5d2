import { isOurs } from '@cargoro/domain';
import { LRUCache } from 'lru-cache';
import { badInput } from './input.ts';
import type { CommandOutcome, CommandRequest } from './types.ts';

type First = {
  readonly type: string;
  readonly actorId: string;
  readonly stream: string;
  readonly outcome: CommandOutcome;
};

/** A command id names one command of one sender to one record; using it for another is a slip of the caller. */
export const sameCommand = (request: CommandRequest, first: { type: string; actorId: string }): void => {
  const stranger = first.actorId !== request.actor.id && !isOurs(request.actor);
  if (first.type !== request.type || stranger)
    throw badInput({ path: 'commandId', reason: 'This id was used for another command' });
};

/**
 * First results of recent commands, refusals included, which no log keeps: the same command id gives the same answer
 * while it is remembered.
 */
export const rememberedResults = (max = 20_000) => {
  const results = new LRUCache<string, First>({ max });
  return {
    recall: (request: CommandRequest, stream: string): CommandOutcome | undefined => {
      const first = results.get(request.commandId);
      if (!first) return undefined;
      sameCommand(request, first);
      if (first.stream !== stream) throw badInput({ path: 'commandId', reason: 'This id was used for another record' });
      return first.outcome;
    },
    remember: (request: CommandRequest, stream: string, outcome: CommandOutcome): CommandOutcome => {
      results.set(request.commandId, { type: request.type, actorId: request.actor.id, stream, outcome });
      return outcome;
    },
  };
};
