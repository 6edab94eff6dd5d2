import type { StoredEvent } from '@cargoro/domain';
import type { Postgres } from '@cargoro/infra/postgres';
import { CommandError, type CommandRequest } from '../types.ts';

const insert = `insert into process_dead_letter (command_id, process, event_id, stream, position, type, code, message)
  values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (command_id) do nothing`;

/** It will never succeed as it is: no part is away, and nobody was merely quicker. */
export const isDead = (error: unknown): error is CommandError =>
  error instanceof CommandError && error.code !== 'UNAVAILABLE' && error.code !== 'CONFLICT';

/** The event a command came of; `position` may be text, as it travels in JSON. */
export type Origin = Pick<StoredEvent, 'id' | 'stream'> & { readonly position: bigint | string };

/** Keeps a command that can never succeed as it is, so that the process may go on and somebody can look at it. */
export const keepDeadLetter = async (
  postgres: Postgres,
  process: string,
  event: Origin,
  { commandId, type }: Pick<CommandRequest, 'commandId' | 'type'>,
  { code, message }: { readonly code: string; readonly message: string },
): Promise<void> => {
  await postgres.query(insert, [
    commandId,
    process,
    event.id,
    event.stream,
    String(event.position),
    type,
    code,
    message,
  ]);
};
