import { z } from 'zod';
import { Actor } from './actor.ts';
import { Party } from './party.ts';

/** A command that must be sent once the event it travels with is stored; the processes runner sends it at least once. */
export const FollowUp = z.object({
  aggregate: z.string(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  /** It begins a journey of its own, or continues that of its record; any other follow-up continues that of its event. */
  begins: z.boolean().optional(),
  rejoins: z.boolean().optional(),
});
export type FollowUp = z.infer<typeof FollowUp>;

/** What is known of every event besides its data (domain.md §0). Set by `dispatch` only. */
export const EventMeta = z.object({
  schemaVersion: z.int().min(1),
  command: z.string(),
  commandId: z.string(),
  correlationId: z.string(),
  causationId: z.string(),
  actor: Actor,
  onBehalfOf: z.string().optional(),
  reasonCode: z.string().optional(),
  reasonText: z.string().optional(),
  occurredAt: z.string(),
  clientSeq: z.int().optional(),
  deviceId: z.string().optional(),
  appVersion: z.string().optional(),
  /** Streams whose state the decision relied on, with the revision seen (-1: empty). */
  facts: z.record(z.string(), z.string()).optional(),
  /** On the last event of a decision only. */
  followUps: z.array(FollowUp).optional(),
});
export type EventMeta = z.infer<typeof EventMeta>;

/** An event as the log returns it, data still as it was written. Revision and position are decimal in JSON, bigint here. */
export type StoredEvent = {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  readonly recordedAt: string;
  readonly data: unknown;
  readonly meta: EventMeta;
};

/** An event in its current shape: upcast and parsed. */
export type RecordedEvent<Type extends string = string, Data = unknown> = Omit<StoredEvent, 'type' | 'data'> & {
  readonly type: Type;
  readonly data: Data;
};

type Upcaster = (old: Record<string, unknown>, meta: EventMeta) => Record<string, unknown>;

export type EventDef<S extends z.ZodType = z.ZodType> = {
  readonly schema: S;
  readonly version: number;
  readonly upcasters: Readonly<Record<number, Upcaster>>;
  /** Personal fields → the field that names the person; the vault seals them before they are stored. */
  readonly personal: Readonly<Record<string, string>>;
};
export type EventDefs = Readonly<Record<string, EventDef>>;

/** An event in its first version. */
export const event = <S extends z.ZodObject>(
  schema: S,
  { personal = {} }: { personal?: Readonly<Record<string, string>> } = {},
): EventDef<S> => ({ schema, version: 1, upcasters: {}, personal });

/** An event whose shape changed: `upcasters[n]` lifts version n to n + 1. */
export const versioned = <S extends z.ZodObject>(
  schema: S,
  upcasters: Readonly<Record<number, Upcaster>>,
  { personal = {} }: { personal?: Readonly<Record<string, string>> } = {},
): EventDef<S> => ({ schema, version: Object.keys(upcasters).length + 1, upcasters, personal });

/** Every aggregate's stream may carry these two; the kit folds them, no aggregate does. */
export const partyEvents = {
  PartyAdded: event(z.object({ party: Party })),
  PartyRemoved: event(z.object({ party: Party, reason: z.string().optional() })),
};
export type PartyEvent = Events<typeof partyEvents>;

export type Events<Defs extends EventDefs> = {
  [Type in keyof Defs & string]: { readonly type: Type; readonly data: z.infer<Defs[Type]['schema']> };
}[keyof Defs & string];

/** Lifts a stored event to its current shape and parses it. Throws on an unknown type: a stream must be understood whole. */
export const readEvent = (defs: EventDefs, stored: StoredEvent): RecordedEvent => {
  const def = defs[stored.type] ?? (partyEvents as EventDefs)[stored.type];
  if (!def) throw new Error(`Unknown event ${stored.type} at ${stored.stream}@${stored.revision}`);
  let data = stored.data as Record<string, unknown>;
  for (let version = stored.meta.schemaVersion; version < def.version; version++) {
    const lift = def.upcasters[version];
    if (!lift) throw new Error(`No upcaster from version ${version} of ${stored.type}`);
    data = lift(data, stored.meta);
  }
  return { ...stored, data: def.schema.parse(data) };
};
