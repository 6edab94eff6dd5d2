import { Day, MaintenancePlan } from '@cargoro/domain';
import { z } from 'zod';
import { readModel, sortedEntries } from '../kit/read-model.ts';

const DueKm = z.int().min(0);
export const PlanItemState = z.enum(['ok', 'dueSoon', 'due', 'booked', 'skipped']).meta({ id: 'PlanItemState' });
const Item = z
  .object({
    itemCode: z.string(),
    state: PlanItemState,
    everyKm: DueKm.nullable(),
    everyMonths: z.int().nullable(),
    warnKm: DueKm,
    warnDays: z.int(),
    mandatory: z.boolean(),
    lastDoneKm: DueKm,
    lastDoneOn: Day,
    dueKm: DueKm.nullable(),
    dueOn: Day.nullable(),
    reservationId: z.string().nullable(),
  })
  .meta({ id: 'MaintenancePlanItem' });
/** An item that waits for somebody: due soon, due, or booked. */
export const DueItem = Item.pick({ itemCode: true, state: true, dueKm: true, dueOn: true, reservationId: true }).meta({
  id: 'DueItem',
});

const Done = z
  .object({
    itemCode: z.string(),
    doneOn: Day,
    doneKm: DueKm,
    dueOn: Day.nullable(),
    dueKm: DueKm.nullable(),
    /** No later than due, neither by day nor by mileage. */
    onTime: z.boolean(),
  })
  .meta({ id: 'MaintenanceDoneItem' });

const row = z.object({
  status: z.enum(['active', 'paused']).meta({ id: 'MaintenancePlanStatus' }),
  vehicleId: z.string(),
  templateId: z.string(),
  items: z.array(Item),
  due: z.array(DueItem),
  done: z.array(Done),
});

/** What a vehicle needs regularly, with what of it is due; for its owner. */
export const PlanView = readModel({
  name: 'rm_maintenance_plan',
  type: 'MaintenancePlan',
  version: 3,
  group: 'fleet',
  record: 'MaintenancePlan',
  row,
  scope: ['vehicleId'],
  indexes: [],
  from: [MaintenancePlan],
}).folds({
  start: {
    PlanStarted: ({ data: { vehicleId, templateId } }) => ({
      ...{ status: 'active', vehicleId, templateId, items: [], due: [], done: [] },
    }),
  },
  on: {
    MaintenanceDone: (row, { data: { itemCode, doneOn, doneKm } }) => {
      const item = row.items.find((one) => one.itemCode === itemCode);
      const [dueOn, dueKm] = [item?.dueOn ?? null, item?.dueKm ?? null];
      const onTime = (dueOn === null || doneOn <= dueOn) && (dueKm === null || doneKm <= dueKm);
      return { ...row, done: [...row.done, { itemCode, doneOn, doneKm, dueOn, dueKm, onTime }] };
    },
  },
  after: (row, state) => {
    if (state.status === 'none') return row;
    const items = sortedEntries(state.items).map(([, { status, unbooked: _, seen: __, ...item }]) => ({
      ...item,
      state: status,
      everyKm: item.everyKm ?? null,
      everyMonths: item.everyMonths ?? null,
      dueKm: item.dueKm ?? null,
      dueOn: item.dueOn ?? null,
      reservationId: item.reservationId ?? null,
    }));
    const due = items.flatMap(({ itemCode, state, dueKm, dueOn, reservationId }) =>
      state === 'ok' || state === 'skipped' ? [] : [{ itemCode, state, dueKm, dueOn, reservationId }],
    );
    return { ...row, status: state.status, items, due };
  },
});
export type PlanRow = z.infer<typeof row>;
