import {
  type Context,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  plusDays,
  type Reaction,
  type RecordedEvent,
  schedule,
  send,
  seoulDay,
  text,
} from '../kit/index.ts';
import { CatalogPart } from '../parts/catalog-part/catalog-part.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import { type Addressee, notify } from './notify.ts';

type Data = Record<string, unknown>;
type State = {
  readonly recallId: string;
  readonly partId: string;
  readonly reason: string;
  /** Cars asked to come, by the reminder that asks. */
  readonly asked: Readonly<Record<string, string>>;
  readonly answered: readonly string[];
};
const initial: State = { recallId: '', partId: '', reason: '', asked: {}, answered: [] };
const recall = ({ recallId }: Data) => (recallId === undefined ? undefined : String(recallId));
const againDays = 30;
/** A decision may rely on some sixty streams; the rest follows at the next look. */
const mostAtOnce = 40;

const evolve = (state: State, { id, type, data }: ProcessInput): State => {
  switch (type) {
    case 'PartRecalled':
      return {
        ...state,
        ...{ recallId: id, partId: String(data.partId), reason: String(data.reason) },
      };
    case 'ReminderSet':
      return { ...state, asked: { ...state.asked, [String(data.reminderId)]: String(data.vehicleId) } };
    case 'ReminderClosed':
      return { ...state, answered: [...state.answered, String(data.reminderId)] };
    default:
      return state;
  }
};

/**
 * P15: every car a recalled part was fitted to is asked in, again each month, until all have answered. Lots are not told
 * apart: not every part was fitted with its lot on record, and a car too many is better than one too few.
 */
export const recallProcess: ProcessDef<State> = {
  name: 'PartRecall',
  doc: text('부품 리콜', 'Asks in the cars a recalled part was fitted to'),
  starts: ['PartRecalled'],
  isPatient: true,
  correlate: {
    PartRecalled: (_data, { id }: RecordedEvent) => id,
    ...{ ReminderSet: recall, ReminderClosed: recall },
  },
  initial,
  evolve,
  react: (state, input, ctx) => step(state, input, ctx),
  idle: ({ type }) => `${type}: others have still to answer`,
};
export const PartRecall = defineProcess<State>()(recallProcess);

const step = (state: State, { type, at }: ProcessInput, ctx: Context): readonly Reaction[] => {
  const part = ctx.fact(CatalogPart, state.partId);
  const isOver = part.status === 'none' || part.recall === undefined;
  switch (type) {
    case 'PartRecalled':
      return [...ask(state, ctx, at), schedule('again', plusDays(at, 1))];
    case 'TimerFired':
      if (isOver || (isAnswered(state) && candidates(state, ctx).length === 0)) return [complete];
      return [...ask(state, ctx, at), ...remind(state, ctx), schedule('again', plusDays(at, againDays))];
    case 'ReminderClosed':
      return isOver || (isAnswered(state) && candidates(state, ctx).length === 0) ? [complete] : [];
    default:
      return [];
  }
};

const isAnswered = ({ asked, answered }: State): boolean => Object.keys(asked).every((id) => answered.includes(id));

type Affected = { readonly vehicleId: string; readonly client: Addressee };
/** Cars not asked yet. */
const candidates = ({ partId, asked }: State, ctx: Context): readonly Affected[] => {
  const known = new Set(Object.values(asked));
  const affected = new Map<string, Affected>();
  for (const orderId of ctx.list('ordersWithPart', partId).slice(0, mostAtOnce + known.size)) {
    if (affected.size >= mostAtOnce) break;
    const order = ctx.fact(RepairOrder, orderId);
    if (order.status === 'none' || known.has(order.vehicleId)) continue;
    const { vehicleId, customer } = order;
    affected.set(vehicleId, { vehicleId, client: clientOf(customer) });
  }
  return [...affected.values()];
};
const clientOf = ({ kind, id }: { readonly kind: string; readonly id: string }): Addressee =>
  kind === 'owner' ? { kind: 'user', id } : { kind: 'org', id, roles: ['FLEET_MANAGER'] };

const ask = (state: State, ctx: Context, at: string): readonly Reaction[] =>
  candidates(state, ctx).flatMap(({ vehicleId, client }) => [
    send('Vehicle', 'SetReminder', {
      ...{ vehicleId, reminderId: ctx.newId(), kind: 'other', dueOn: seoulDay(at), recallId: state.recallId },
      note: `부품 리콜: ${state.reason}`,
    }),
    notify(ctx, 'partRecalled', client, { vehicleId, partId: state.partId, reason: state.reason }),
  ]);

/** Once more to those who were asked and have not answered. */
const remind = (state: State, ctx: Context): readonly Reaction[] => {
  const silent = new Set(
    Object.keys(state.asked).flatMap((id) => (state.answered.includes(id) ? [] : (state.asked[id] ?? []))),
  );
  const { partId, reason } = state;
  const orders = ctx.list('ordersWithPart', partId).slice(0, mostAtOnce);
  return [...silent].flatMap((vehicleId) => {
    const orderId = orders.find((id) => {
      const order = ctx.fact(RepairOrder, id);
      return order.status !== 'none' && order.vehicleId === vehicleId;
    });
    const order = orderId ? ctx.fact(RepairOrder, orderId) : undefined;
    return order && order.status !== 'none'
      ? [notify(ctx, 'partRecalled', clientOf(order.customer), { vehicleId, partId, reason })]
      : [];
  });
};
