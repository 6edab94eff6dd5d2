import {
  type AnyAggregate,
  type AnyEvent,
  type EventDef,
  type EventDefs,
  type EventMeta,
  type FollowUp,
  partyEvents,
  type RecordedEvent,
} from '@cargoro/domain';
import { uuidv5 } from '@cargoro/infra/ids';
import type { Appended, EventLog, NewEvent, Vault } from '@cargoro/infra/ports';

type Meta = Omit<EventMeta, 'schemaVersion' | 'followUps'>;

const defOf = (aggregate: AnyAggregate, type: string): EventDef => {
  const def = aggregate.events[type] ?? (partyEvents as EventDefs)[type];
  if (!def) throw new Error(`${aggregate.name} declares no event ${type}`);
  return def;
};

/** Events of one decision, parsed by their schemas; follow-ups travel with the last one. Throws when one does not fit. */
export const newEvents = (
  aggregate: AnyAggregate,
  events: readonly AnyEvent[],
  meta: Meta,
  followUps: readonly FollowUp[],
): NewEvent[] =>
  events.map(({ type, data }, index) => {
    const { schema, version } = defOf(aggregate, type);
    const last = index === events.length - 1 && followUps.length > 0;
    return {
      id: uuidv5(meta.commandId, String(index)),
      type,
      data: schema.parse(data),
      meta: { schemaVersion: version, ...meta, ...(last && { followUps: [...followUps] }) },
    };
  });

/** The same events with their personal fields sealed, as they are stored. */
const sealed = (aggregate: AnyAggregate, events: readonly NewEvent[], vault: Vault): Promise<NewEvent[]> =>
  Promise.all(
    events.map(async (event) => {
      const { personal } = defOf(aggregate, event.type);
      return { ...event, data: await vault.seal(event.data as Record<string, unknown>, personal) };
    }),
  );

/** Stores the events of one command: all or none, after exactly `expected`. Throws RevisionConflict or Unavailable. */
export const appendEvents = async (
  { log, vault }: { readonly log: EventLog; readonly vault: Vault },
  aggregate: AnyAggregate,
  stream: string,
  events: readonly NewEvent[],
  expected: bigint,
): Promise<Appended> => {
  const personal = events.some((event) => Object.keys(defOf(aggregate, event.type).personal).length > 0);
  return log.append(stream, personal ? await sealed(aggregate, events, vault) : events, expected);
};

/**
 * What was just appended, as the log would return it. `recordedAt` is known to the store alone; the moment of the command
 * stands in, and so no decision may hang on it.
 */
export const asRecorded = (
  stream: string,
  events: readonly NewEvent[],
  { revision, position }: Appended,
): RecordedEvent[] =>
  events.map(({ id, type, data, meta }, index) => ({
    id,
    type,
    stream,
    revision: revision - BigInt(events.length - 1 - index),
    position,
    recordedAt: meta.occurredAt,
    data,
    meta,
  }));
