import { BayDay, DateTime, Day, Workshop } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import { freeCells } from './free-time.ts';
import { WorkshopView } from './workshop.ts';

const FreeCell = z
  .object({ start: DateTime, end: DateTime, kind: Workshop.events.BayAdded.schema.shape.kind, free: z.int() })
  .meta({ id: 'FreeCell' });
const BusyTime = z
  .object({ bayId: z.string(), reference: z.string(), start: DateTime, end: DateTime })
  .meta({ id: 'BusyTime' });

const row = z.object({
  workshopId: z.string(),
  day: Day,
  /** Held or blocked time, without a word on whose it is. */
  busy: z.array(BusyTime),
  /** Free half hours per kind of bay. */
  cells: z.array(FreeCell),
});
type Row = z.infer<typeof row>;
type Taken = {
  readonly workshopId: string;
  readonly day: string;
  readonly bayId: string;
  readonly start: string;
  readonly end: string;
};

const busyWith = (row: Row | undefined, { workshopId, day, bayId, start, end }: Taken, reference: string): Row => ({
  cells: [],
  ...row,
  workshopId,
  day,
  busy: [...(row?.busy ?? []).filter((one) => one.reference !== reference), { bayId, reference, start, end }],
});
const without = (row: Row, reference: string): Row => ({
  ...row,
  busy: row.busy.filter((one) => one.reference !== reference),
});

/** The row of a workshop's day. */
export const slotsId = (workshopId: string, day: string): string => `${workshopId}.${day}`;

/**
 * When a workshop has time, for everybody who looks for an appointment. Days on which nothing was ever booked have no
 * row; their cells follow from the workshop's hours alone (`freeCells`).
 */
export const PublicSlots = readModel({
  name: 'rm_ws_slots_public',
  type: 'FreeSlots',
  version: 2,
  group: 'repair',
  row,
  scope: ['workshopId', 'day'],
  indexes: [['workshopId', 'day']],
  from: [BayDay],
  key: (event) => {
    const { workshopId, day } = event.data as { workshopId?: string; day?: string };
    return workshopId && day ? slotsId(workshopId, day) : undefined;
  },
  open: true,
  seenBy: () => [],
  joins: [
    {
      from: WorkshopView,
      by: 'workshopId',
      take: (workshop, { day, busy }) => ({
        cells: workshop ? freeCells(workshop as never, day as string, busy as Row['busy']) : [],
      }),
    },
  ],
}).folds({
  start: {
    SlotHeld: ({ data }) => busyWith(undefined, data, data.holdId),
    TimeBlocked: ({ data }) => busyWith(undefined, data, data.blockId),
  },
  on: {
    SlotHeld: (row, { data }) => busyWith(row, data, data.holdId),
    SlotReleased: (row, { data }) => without(row, data.holdId),
    TimeBlocked: (row, { data }) => busyWith(row, data, data.blockId),
    TimeUnblocked: (row, { data }) => without(row, data.blockId),
    BayUseEnded: (row, { data: { holdId, at } }) => ({
      ...row,
      busy: row.busy
        .map((one) => (one.reference === holdId && at < one.end ? { ...one, end: at } : one))
        .filter(({ start, end }) => start < end),
    }),
  },
});
