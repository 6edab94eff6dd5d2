import type { StoredEvent } from '@cargoro/domain';
import type { Logger } from '@cargoro/infra/logger';
import type { Postgres } from '@cargoro/infra/postgres';
import type { CommandRequest, Commands } from '../types.ts';
import { isDead, keepDeadLetter } from './dead-letter.ts';

export type TellDeps = { readonly commands: Commands; readonly postgres: Postgres; readonly logger: Logger };

/** Sends what follows from an event; a refusal is noted, and what can never succeed is put with the dead letters. */
export const tellForGood = async (
  { commands, postgres, logger }: TellDeps,
  name: string,
  event: StoredEvent,
  request: CommandRequest,
): Promise<void> => {
  const about = { type: request.type, event: event.id };
  try {
    const outcome = await commands.dispatch(request);
    if (outcome.kind === 'rejected') logger.warn({ ...about, code: outcome.code }, 'what follows was refused');
  } catch (error) {
    if (!isDead(error)) throw error;
    logger.error({ ...about, err: error }, 'what follows can never succeed');
    await keepDeadLetter(postgres, name, event, request, error);
  }
};
