import type { EventLog, Vault } from '@cargoro/infra/ports';
import type { Delivered } from './batch.ts';
import { eventReader, typesOf } from './events.ts';
import { concerns } from './fold.ts';
import type { AnyReadModel } from './types.ts';

/** Small, so that the events are gone before the next collection of young objects copies them: 2,000 cost a fifth more CPU. */
const chunk = 256;

/** Events of the log these read models fold, in (after, to], in chunks, opened for their handlers. */
export async function* replay(
  models: readonly AnyReadModel[],
  { log, vault }: { log: EventLog; vault: Vault },
  { after = 0n, to }: { after?: bigint; to: bigint },
): AsyncGenerator<readonly Delivered[]> {
  const reader = eventReader([...new Set(models.flatMap(({ from }) => from))], vault);
  const needsOpening = models.some(({ raw }) => !raw);
  const eventTypes = typesOf(models);
  const open = async (events: Delivered['stored'][]): Promise<readonly Delivered[]> => {
    const opened = needsOpening ? await reader.open(events) : events;
    return events.map((stored, index) => ({ stored, opened: opened[index]! }));
  };
  if (to <= after) return;
  let events: Delivered['stored'][] = [];
  for await (const event of log.readAll({ after, ...(eventTypes ? { filter: { eventTypes } } : {}) })) {
    if (event.position > to) break;
    if (!models.some((model) => concerns(model, event))) continue;
    events.push(event);
    if (events.length < chunk) continue;
    yield await open(events);
    events = [];
  }
  if (events.length > 0) yield await open(events);
}
