import type { MaintenancePlan, RecordedEvent } from '@cargoro/domain';
import type { z } from 'zod';
import type { DueItem } from '../fleet/plan.ts';

type Due = z.infer<typeof DueItem>;
type WithDue = { readonly dueItems: readonly Due[] };
type Types = keyof typeof MaintenancePlan.events;
type Event<T extends Types> = RecordedEvent<T, z.infer<(typeof MaintenancePlan.events)[T]['schema']>>;

const setting = <R extends WithDue>(row: R, item: Due): R & { dueItems: Due[] } => ({
  ...row,
  dueItems: [...row.dueItems.filter(({ itemCode }) => itemCode !== item.itemCode), item],
});
const without = <R extends WithDue>(row: R, code: string): R & { dueItems: Due[] } => ({
  ...row,
  dueItems: row.dueItems.filter(({ itemCode }) => itemCode !== code),
});
type Item = { itemCode: string; dueKm?: number | undefined; dueOn?: string | undefined };
const dueOf = ({ itemCode, dueKm = undefined, dueOn = undefined }: Item, state: Due['state']): Due => ({
  ...{ itemCode, state, dueKm: dueKm ?? null, dueOn: dueOn ?? null, reservationId: null },
});

/** Folds of a row that lists what of a car's plan is due. */
export const dueItemFolds = {
  MaintenanceDueSoon: <R extends WithDue>(row: R, { data }: Event<'MaintenanceDueSoon'>) =>
    setting(row, dueOf(data, 'dueSoon')),
  MaintenanceDue: <R extends WithDue>(row: R, { data }: Event<'MaintenanceDue'>) => setting(row, dueOf(data, 'due')),
  MaintenanceNotDue: <R extends WithDue>(row: R, { data }: Event<'MaintenanceNotDue'>) => without(row, data.itemCode),
  MaintenanceBooked: <R extends WithDue>(
    row: R,
    { data: { itemCodes, reservationId } }: Event<'MaintenanceBooked'>,
  ) => ({
    ...row,
    dueItems: row.dueItems.map(
      (item): Due => (itemCodes.includes(item.itemCode) ? { ...item, state: 'booked', reservationId } : item),
    ),
  }),
  MaintenanceUnbooked: <R extends WithDue>(row: R, { data: { itemCodes } }: Event<'MaintenanceUnbooked'>) => ({
    ...row,
    dueItems: row.dueItems.map(
      (item): Due => (itemCodes.includes(item.itemCode) ? { ...item, state: 'due', reservationId: null } : item),
    ),
  }),
  MaintenanceDone: <R extends WithDue>(row: R, { data }: Event<'MaintenanceDone'>) => without(row, data.itemCode),
  MaintenanceSkipped: <R extends WithDue>(row: R, { data }: Event<'MaintenanceSkipped'>) => without(row, data.itemCode),
  PlanItemRemoved: <R extends WithDue>(row: R, { data }: Event<'PlanItemRemoved'>) => without(row, data.itemCode),
};
