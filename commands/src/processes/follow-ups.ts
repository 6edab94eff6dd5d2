import { processActor, type StoredEvent } from '@cargoro/domain';
import { uuidv5 } from '@cargoro/infra/ids';
import type { CommandRequest } from '../types.ts';

/**
 * The commands that must follow an event, as requests. Their ids hang on the event's, so that sending them any number of
 * times, from anywhere, does them once.
 */
export const followUpsOf = (event: Pick<StoredEvent, 'id' | 'meta'>, sender = 'followUps'): readonly CommandRequest[] =>
  (event.meta.followUps ?? []).map(({ type, data, begins, rejoins }, index) => {
    const commandId = uuidv5(event.id, index);
    return {
      type,
      input: data,
      commandId,
      actor: processActor(sender),
      ...(!rejoins && { correlationId: begins ? commandId : event.meta.correlationId }),
      causationId: event.id,
    };
  });
