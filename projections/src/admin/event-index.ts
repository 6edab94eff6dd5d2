import { Actor, DateTime } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import { canonicalEvent, sha256Hex } from './stream-chain.ts';

const row = z.object({
  type: z.string(),
  category: z.string(),
  recordId: z.string(),
  actorKind: Actor.shape.kind.meta({ id: 'ActorKind' }),
  actorId: z.string(),
  actorRole: z.string().nullable(),
  orgId: z.string().nullable(),
  command: z.string(),
  commandId: z.string(),
  correlationId: z.string(),
  causationId: z.string(),
  reasonCode: z.string().nullable(),
  reasonText: z.string().nullable(),
  deviceId: z.string().nullable(),
  occurredAt: DateTime,
  recordedAt: DateTime,
  /** SHA-256 of the event as it was stored: a change of the log shows at the very event. */
  digest: z.string(),
});

/** Every event of the log by who, what, when and why; without its data. */
export const EventIndex = readModel({
  name: 'rm_event_index',
  type: 'EventEntry',
  version: 1,
  group: 'admin',
  row,
  scope: ['stream', 'type', 'correlationId'],
  indexes: [
    ['stream', 'position'],
    ['correlationId', 'position'],
    ['type', 'position'],
    ['orgId', 'position'],
  ],
  from: [],
  raw: true,
  tenancy: 'stream',
  seenBy: () => [],
  platform: true,
  key: ({ id }) => id,
}).folds({
  every: (_row, event) => {
    const { type, stream, recordedAt, meta } = event;
    const dash = stream.indexOf('-');
    return {
      type,
      category: stream.slice(0, dash),
      recordId: stream.slice(dash + 1),
      actorKind: meta.actor.kind,
      actorId: meta.actor.id,
      actorRole: meta.actor.role ?? null,
      orgId: meta.actor.orgId ?? null,
      command: meta.command,
      commandId: meta.commandId,
      correlationId: meta.correlationId,
      causationId: meta.causationId,
      reasonCode: meta.reasonCode ?? null,
      reasonText: meta.reasonText ?? null,
      deviceId: meta.deviceId ?? null,
      occurredAt: meta.occurredAt,
      recordedAt,
      digest: sha256Hex(canonicalEvent(event)),
    };
  },
});
