import { DateTime, Day, Workshop } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';

const { events } = Workshop;
const registered = events.WorkshopRegistered.schema.shape;
const hours = events.HoursSet.schema.shape;

const Bay = z
  .object({
    bayId: z.string(),
    name: z.string(),
    kind: events.BayAdded.schema.shape.kind,
    retiredOn: Day.nullable(),
  })
  .meta({ id: 'WorkshopBay' });
const Hours = z
  .object({ effectiveFrom: Day, weekly: hours.weekly, holidays: z.array(Day) })
  .meta({ id: 'WorkshopHours' });
const Rate = events.LaborRatePosted.schema
  .pick({ category: true, ratePerHourKrw: true, effectiveFrom: true })
  .meta({ id: 'PostedLaborRate' });
const Menu = events.ServiceMenuPublished.schema
  .pick({ menuVersion: true, items: true, effectiveFrom: true })
  .meta({ id: 'PublishedServiceMenu' });

const row = z.object({
  status: z.enum(['draft', 'open', 'suspended', 'closed']).meta({ id: 'WorkshopStatus' }),
  orgId: z.string(),
  name: z.string(),
  class: registered.class,
  repairRegNo: z.string(),
  address: z.string(),
  geo: registered.geo,
  phone: z.string(),
  hours: z.array(Hours),
  bays: z.array(Bay),
  rates: z.array(Rate),
  menus: z.array(Menu),
  technicianIds: z.array(z.string()),
  registeredAt: DateTime,
});

/** A workshop as it presents itself: hours, bays, posted rates and menu. All of it hangs on the wall, so anyone may see it. */
export const WorkshopView = readModel({
  name: 'rm_workshop',
  type: 'Workshop',
  version: 1,
  group: 'repair',
  record: 'Workshop',
  row,
  scope: ['orgId'],
  indexes: [['orgId'], ['name', 'id']],
  from: [Workshop],
  open: true,
  masks: { technicianIds: (value, { as }) => (as.includes('workshop') ? value : []) },
}).folds({
  start: {
    WorkshopRegistered: ({ data: { workshopId: _, parties: __, ...data }, meta }) => ({
      ...data,
      status: 'draft',
      hours: [],
      bays: [],
      rates: [],
      menus: [],
      technicianIds: [],
      registeredAt: meta.occurredAt,
    }),
  },
  on: {
    HoursSet: (row, { data: { effectiveFrom, weekly, holidays } }) => ({
      ...row,
      hours: [...row.hours, { effectiveFrom, weekly, holidays }],
    }),
    BayAdded: (row, { data: { bayId, name, kind } }) => ({
      ...row,
      bays: [...row.bays.filter((bay) => bay.bayId !== bayId), { bayId, name, kind, retiredOn: null }],
    }),
    BayRetired: (row, { data: { bayId, on } }) => ({
      ...row,
      bays: row.bays.map((bay) => (bay.bayId === bayId ? { ...bay, retiredOn: on } : bay)),
    }),
    LaborRatePosted: (row, { data: { category, ratePerHourKrw, effectiveFrom } }) => ({
      ...row,
      rates: [...row.rates, { category, ratePerHourKrw, effectiveFrom }],
    }),
    ServiceMenuPublished: (row, { data: { menuVersion, items, effectiveFrom } }) => ({
      ...row,
      menus: [...row.menus, { menuVersion, items, effectiveFrom }],
    }),
    TechnicianEnrolled: (row, { data }) => ({
      ...row,
      technicianIds: [...row.technicianIds.filter((id) => id !== data.userId), data.userId],
    }),
    TechnicianReleased: (row, { data }) => ({
      ...row,
      technicianIds: row.technicianIds.filter((id) => id !== data.userId),
    }),
    WorkshopOpened: (row) => ({ ...row, status: 'open' }),
    WorkshopSuspended: (row) => ({ ...row, status: 'suspended' }),
    WorkshopResumed: (row) => ({ ...row, status: 'open' }),
    WorkshopClosed: (row) => ({ ...row, status: 'closed' }),
  },
});
export type WorkshopRow = z.infer<typeof row>;
