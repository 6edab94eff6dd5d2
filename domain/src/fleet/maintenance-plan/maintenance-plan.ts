import type { z } from 'zod';
import {
  accept,
  defineAggregate,
  type Events,
  type Party,
  type PartyEvent,
  reject,
  sameParty,
  text,
} from '../../kit/index.ts';
import { hasKey, valueAt, withoutKey } from '../../shared/keyed.ts';
import { ownerOf, Vehicle } from '../vehicle/vehicle.ts';
import { dueAfter, dueAfterNext, evaluate, hasInterval, type Item } from './due.ts';
import { moves } from './maintenance-plan.moves.ts';
import type { PlanItem } from './maintenance-plan.schema.ts';
import { commands, events } from './maintenance-plan.schema.ts';

const refusals = {
  INTERVAL_MISSING: text('주행거리나 개월 수로 주기를 정해 주세요.', 'Name an interval in kilometres or months.'),
  DUPLICATE_ITEM: text('이미 계획에 있는 항목입니다.', 'The plan has this item already.'),
  MANDATORY_ITEM: text(
    '필수 항목은 바꾸거나 건너뛸 수 없습니다.',
    'A mandatory item is never changed, removed or skipped.',
  ),
  PLAN_PAUSED: text('멈춘 계획입니다.', 'The plan is paused.'),
  ALREADY_BOOKED: text('이미 예약된 항목입니다.', 'The item is booked already.'),
  ITEM_UNKNOWN: text('계획에 없는 항목입니다.', 'The plan has no such item.'),
  KM_BEFORE_LAST: text('지난번 정비보다 적은 주행거리입니다.', 'The mileage is below that of the last time.'),
  EVIDENCE_MISSING: text('정비한 증빙이 필요합니다.', 'Evidence of the work is missing.'),
} as const;

type Items = Readonly<Record<string, Item>>;
export type MaintenancePlanState =
  | { readonly status: 'none' }
  | { readonly status: 'active' | 'paused'; readonly vehicleId: string; readonly items: Items };
type PlanEvent = Events<typeof events>;

const found = { due: 'MaintenanceDue', dueSoon: 'MaintenanceDueSoon', ok: 'MaintenanceNotDue' } as const;

const fresh = (item: z.infer<typeof PlanItem>): Item => ({
  ...item,
  ...dueAfter(item, item.lastDoneKm, item.lastDoneOn),
  status: 'ok',
});
const changed = <S extends { readonly items: Items }>(state: S, itemCode: string, change: (item: Item) => Item): S => {
  const item = valueAt(state.items, itemCode);
  return item ? { ...state, items: { ...state.items, [itemCode]: change(item) } } : state;
};

export const MaintenancePlan = defineAggregate<MaintenancePlanState>()({
  name: 'MaintenancePlan',
  category: 'maintenancePlan',
  context: 'fleet',
  doc: text('정비 계획', 'What a vehicle needs regularly, and when'),
  id: 'vehicleId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    StartPlan: (_state, data, ctx) => {
      const owner = ownerOf(ctx.fact(Vehicle, data.vehicleId));
      if (!owner) return reject('NOT_FOUND');
      if (!data.items.every(hasInterval)) return reject('INTERVAL_MISSING');
      const codes = new Set(data.items.map((item) => item.itemCode));
      if (codes.size !== data.items.length) return reject('DUPLICATE_ITEM');
      return accept({ type: 'PlanStarted', data: { ...data, parties: [{ ...owner, as: 'owner' }] } });
    },
    ChangeItem: (state, data) => {
      const item = valueAt(state.items, data.itemCode);
      if (!item) return reject('ITEM_UNKNOWN');
      if (item.mandatory) return reject('MANDATORY_ITEM');
      return hasInterval(data) ? accept({ type: 'PlanItemChanged', data }) : reject('INTERVAL_MISSING');
    },
    AddItem: (state, data) => {
      if (hasKey(state.items, data.item.itemCode)) return reject('DUPLICATE_ITEM');
      return hasInterval(data.item) ? accept({ type: 'PlanItemAdded', data }) : reject('INTERVAL_MISSING');
    },
    RemoveItem: (state, data) => {
      const item = valueAt(state.items, data.itemCode);
      if (!item) return reject('ITEM_UNKNOWN');
      if (item.mandatory) return reject('MANDATORY_ITEM');
      return item.status === 'booked' ? reject('ALREADY_BOOKED') : accept({ type: 'PlanItemRemoved', data });
    },
    EvaluatePlan: (state, { vehicleId, asOf, odometerKm }) =>
      accept(
        ...Object.values(state.items).flatMap((item): PlanEvent[] => {
          const { itemCode, dueKm, dueOn } = item;
          const next = evaluate(item, asOf, odometerKm);
          return next ? [{ type: found[next], data: { vehicleId, itemCode, dueKm, dueOn, asOf, odometerKm } }] : [];
        }),
      ),
    BookItems: (state, data) => {
      const items = data.itemCodes.map((code) => valueAt(state.items, code));
      if (items.includes(undefined)) return reject('ITEM_UNKNOWN');
      if (items.every((item) => item?.reservationId === data.reservationId)) return accept();
      return items.some((item) => item?.status === 'booked')
        ? reject('ALREADY_BOOKED')
        : accept({ type: 'MaintenanceBooked', data });
    },
    UnbookItems: (state, data) => {
      const booked = Object.values(state.items).filter((item) => item.reservationId === data.reservationId);
      const itemCodes = booked.map((item) => item.itemCode);
      return itemCodes.length === 0 ? accept() : accept({ type: 'MaintenanceUnbooked', data: { ...data, itemCodes } });
    },
    CompleteItem: (state, data) => {
      const item = valueAt(state.items, data.itemCode);
      if (!item) return reject('ITEM_UNKNOWN');
      if (!data.evidence.repairOrderId && !data.evidence.serviceId) return reject('EVIDENCE_MISSING');
      if (data.doneKm < item.lastDoneKm) return reject('KM_BEFORE_LAST');
      const next = dueAfter(item, data.doneKm, data.doneOn);
      return accept({ type: 'MaintenanceDone', data: { ...data, nextDueKm: next.dueKm, nextDueOn: next.dueOn } });
    },
    SkipItem: (state, data) => {
      const item = valueAt(state.items, data.itemCode);
      if (!item) return reject('ITEM_UNKNOWN');
      if (item.mandatory) return reject('MANDATORY_ITEM');
      if (item.status === 'booked') return reject('ALREADY_BOOKED');
      const { untilKm, untilOn } = data;
      const next =
        untilKm === undefined && untilOn === undefined ? dueAfterNext(item) : { dueKm: untilKm, dueOn: untilOn };
      return accept({ type: 'MaintenanceSkipped', data: { ...data, nextDueKm: next.dueKm, nextDueOn: next.dueOn } });
    },
    MovePlan: (state, { to }, ctx) => {
      const owner: Party = { ...to, as: 'owner' };
      if (state.status === 'none' || ctx.parties.some((party) => sameParty(party, owner))) return accept();
      const leaving = ctx.parties.filter((party) => party.as === 'owner');
      return accept<PlanEvent | PartyEvent>(
        ...leaving.map((party): PartyEvent => ({ type: 'PartyRemoved', data: { party } })),
        { type: 'PartyAdded', data: { party: owner } },
      );
    },
    PausePlan: (_state, data) => accept({ type: 'PlanPaused', data }),
    ResumePlan: (_state, data) => accept({ type: 'PlanResumed', data }),
  },
  evolve: {
    PlanStarted: (_state, { vehicleId, items }) => ({
      status: 'active',
      vehicleId,
      items: Object.fromEntries(items.map((item) => [item.itemCode, fresh(item)])),
    }),
    PlanItemChanged: (state, { itemCode, everyKm, everyMonths }) =>
      changed(state, itemCode, (item) => ({
        ...item,
        everyKm,
        everyMonths,
        ...dueAfter({ everyKm, everyMonths }, item.lastDoneKm, item.lastDoneOn),
        status: item.status === 'booked' ? 'booked' : 'ok',
      })),
    PlanItemAdded: (state, { item }) => ({ ...state, items: { ...state.items, [item.itemCode]: fresh(item) } }),
    PlanItemRemoved: (state, { itemCode }) => {
      return { ...state, items: withoutKey(state.items, itemCode) };
    },
    MaintenanceDueSoon: (state, { itemCode, asOf: on, odometerKm: km }) =>
      changed(state, itemCode, (item) => ({
        ...{ ...item, status: 'dueSoon' },
        seen: on !== undefined && km !== undefined ? { on, km } : undefined,
      })),
    MaintenanceDue: (state, { itemCode, asOf: on, odometerKm: km }) =>
      changed(state, itemCode, (item) => ({ ...item, status: 'due', seen: { on, km } })),
    MaintenanceNotDue: (state, { itemCode }) => changed(state, itemCode, (item) => ({ ...item, status: 'ok' })),
    MaintenanceBooked: (state, { itemCodes, reservationId }) =>
      itemCodes.reduce(
        (plan, code) =>
          changed(plan, code, (item) =>
            item.status === 'booked' ? item : { ...item, status: 'booked', reservationId, unbooked: item.status },
          ),
        state,
      ),
    MaintenanceUnbooked: (state, { itemCodes }) =>
      itemCodes.reduce(
        (plan, code) =>
          changed(plan, code, ({ reservationId: _, unbooked = 'ok', ...item }) => ({ ...item, status: unbooked })),
        state,
      ),
    MaintenanceDone: (state, { itemCode, doneKm, doneOn, nextDueKm, nextDueOn }) =>
      changed(state, itemCode, ({ reservationId: _, unbooked: __, ...item }) => ({
        ...item,
        ...{ lastDoneKm: doneKm, lastDoneOn: doneOn, dueKm: nextDueKm, dueOn: nextDueOn, status: 'ok' },
      })),
    MaintenanceSkipped: (state, { itemCode, nextDueKm, nextDueOn }) =>
      changed(state, itemCode, (item) => ({ ...item, dueKm: nextDueKm, dueOn: nextDueOn, status: 'skipped' })),
    PlanPaused: (state) => ({ ...state, status: 'paused' }),
    PlanResumed: (state) => ({ ...state, status: 'active' }),
  },
});
