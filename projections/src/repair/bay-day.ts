import { BayDay, DateTime, Day, Workshop } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';

const { events } = BayDay;
const held = events.SlotHeld.schema.shape;

const BaySlot = z
  .object({
    holdId: z.string(),
    forKind: held.forKind,
    forId: z.string(),
    start: DateTime,
    end: DateTime,
    state: z.enum(['held', 'confirmed', 'inUse', 'used']).meta({ id: 'BaySlotState' }),
    expiresAt: DateTime.nullable(),
    usedFrom: DateTime.nullable(),
    usedTo: DateTime.nullable(),
    usedMinutes: z.int().nullable(),
  })
  .meta({ id: 'BaySlot' });
const BayBlock = z
  .object({ blockId: z.string(), start: DateTime, end: DateTime, reason: z.string() })
  .meta({ id: 'BayBlock' });

/** Names and kinds of bays. */
export const BayCard = readModel({
  name: 'rm_ws_bay_card',
  type: 'BayCard',
  version: 1,
  group: 'repair',
  row: z.object({ name: z.string(), kind: Workshop.events.BayAdded.schema.shape.kind }),
  scope: [],
  indexes: [],
  from: [Workshop],
  key: (event) => (event.data as { bayId?: string }).bayId,
  seenBy: () => [],
}).folds({
  start: { BayAdded: ({ data: { name, kind } }) => ({ name, kind }) },
  on: { BayAdded: (row, { data: { name, kind } }) => ({ ...row, name, kind }) },
});

const row = z.object({
  status: z.enum(['planned']).meta({ id: 'BayDayStatus' }),
  bayId: z.string(),
  bayName: z.string().nullable(),
  bayKind: Workshop.events.BayAdded.schema.shape.kind.nullable(),
  workshopId: z.string(),
  day: Day,
  slots: z.array(BaySlot),
  blocks: z.array(BayBlock),
});
type Row = z.infer<typeof row>;
const blank = ({ bayId, day, workshopId }: { bayId: string; day: string; workshopId: string }): Row => ({
  status: 'planned',
  bayId,
  bayName: null,
  bayKind: null,
  workshopId,
  day,
  slots: [],
  blocks: [],
});
const withSlot = (row: Row, holdId: string, change: Partial<Row['slots'][number]>): Row => ({
  ...row,
  slots: row.slots.map((slot) => (slot.holdId === holdId ? { ...slot, ...change } : slot)),
});
type Held = z.infer<typeof events.SlotHeld.schema>;
const hold = (row: Row, { holdId, forKind, forId, start, end, expiresAt }: Held): Row => ({
  ...row,
  slots: [
    ...row.slots.filter((slot) => slot.holdId !== holdId),
    { holdId, forKind, forId, start, end, expiresAt, state: 'held', usedFrom: null, usedTo: null, usedMinutes: null },
  ],
});
type Blocked = z.infer<typeof events.TimeBlocked.schema>;
const block = (row: Row, { blockId, start, end, reason }: Blocked): Row => ({
  ...row,
  blocks: [...row.blocks.filter((one) => one.blockId !== blockId), { blockId, start, end, reason }],
});

/** One bay on one day: who holds which time, what is blocked and how it was really used. */
export const BayTimeline = readModel({
  name: 'rm_ws_bay',
  type: 'BayDay',
  version: 1,
  group: 'repair',
  record: 'BayDay',
  row,
  scope: ['workshopId', 'day', 'bayId'],
  indexes: [
    ['workshopId', 'day'],
    ['bayId', 'day'],
  ],
  from: [BayDay],
  joins: [
    {
      from: BayCard,
      by: 'bayId',
      take: (bay) => ({ bayName: bay?.name ?? null, bayKind: bay?.kind ?? null }),
    },
  ],
}).folds({
  start: {
    SlotHeld: ({ data }) => hold(blank(data), data),
    TimeBlocked: ({ data }) => block(blank(data), data),
  },
  on: {
    SlotHeld: (row, { data }) => hold(row, data),
    SlotConfirmed: (row, { data }) => withSlot(row, data.holdId, { state: 'confirmed', expiresAt: null }),
    SlotReleased: (row, { data }) => ({ ...row, slots: row.slots.filter(({ holdId }) => holdId !== data.holdId) }),
    TimeBlocked: (row, { data }) => block(row, data),
    TimeUnblocked: (row, { data }) => ({
      ...row,
      blocks: row.blocks.filter(({ blockId }) => blockId !== data.blockId),
    }),
    BayUseStarted: (row, { data }) => withSlot(row, data.holdId, { state: 'inUse', usedFrom: data.at }),
    BayUseEnded: (row, { data }) =>
      withSlot(row, data.holdId, { state: 'used', usedTo: data.at, usedMinutes: data.minutes }),
  },
});
