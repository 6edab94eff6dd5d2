import { TripLog, tripLogId } from '../fleet/trip-log/trip-log.ts';
import { ownerOf, Vehicle } from '../fleet/vehicle/vehicle.ts';
import {
  type Context,
  cancel,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  plusDays,
  type Reaction,
  schedule,
  send,
  text,
} from '../kit/index.ts';
import { monthOf, plusMonths } from '../shared/calendar.ts';
import { startOfDay } from './business-time.ts';
import { fleetDesk } from './fleet-facts.ts';
import { type Addressee, type NoticeName, notify } from './notify.ts';

type State = { readonly vehicleId: string; readonly month: string };
type Data = Record<string, unknown>;
const log = ({ vehicleId, month }: Data) => tripLogId(String(vehicleId), String(month));
/** By this day of the next month a log has to be closed. */
const dueDay = 10;
const againDays = 7;

const evolve = (state: State, { type, data }: ProcessInput): State =>
  type === 'TripLogOpened' ? { vehicleId: String(data.vehicleId), month: String(data.month) } : state;

/** P11: a month's log is asked for on the first of the next, and taken higher when it is not closed by the tenth. */
export const tripLogMonth: ProcessDef<State> = {
  name: 'TripLogMonth',
  doc: text('운행기록부 한 달', 'Sees a month’s trip log closed in time'),
  starts: ['TripLogOpened'],
  isPatient: true,
  correlate: { TripLogOpened: log, TripLogSubmitted: log, TripLogClosed: log, TripLogReopened: log },
  initial: { vehicleId: '', month: '' },
  evolve,
  react: (state, input, ctx) => step(state, input, ctx),
  idle: ({ type }) => `${type} asks for nothing`,
};
export const TripLogMonth = defineProcess<State>()(tripLogMonth);

const firstOfNext = (month: string): string => plusMonths(`${month.slice(0, 4)}-${month.slice(4)}-01`, 1);

const keepers = ({ vehicleId }: State, ctx: Context, ...roles: string[]): readonly Addressee[] => {
  const owner = ownerOf(ctx.fact(Vehicle, vehicleId));
  if (!owner) return [];
  return owner.kind === 'user' ? [owner] : [fleetDesk(owner.id, ...roles)];
};

const step = (state: State, { type, data, at }: ProcessInput, ctx: Context): readonly Reaction[] => {
  const { vehicleId, month } = state;
  const about = { vehicleId, month };
  const tell = (template: NoticeName, ...roles: string[]) =>
    keepers(state, ctx, ...roles).map((to) => notify(ctx, template, to, about));
  const next = firstOfNext(month);
  const escalation = plusDays(startOfDay(next), dueDay);
  switch (type) {
    case 'TripLogOpened':
      return [schedule('ask', startOfDay(next)), schedule('escalate', escalation)];
    case 'TripLogSubmitted':
      return [cancel('ask'), ...tell('tripLogSubmitted', 'FLEET_APPROVER', 'FLEET_MANAGER')];
    case 'TripLogReopened':
      return [schedule('escalate', at < escalation ? escalation : plusDays(at, againDays))];
    case 'TripLogClosed':
      // The next month goes on where this one ended, unless somebody opened it already.
      return [
        ...[cancel('ask'), cancel('escalate')],
        ...(ctx.fact(TripLog, tripLogId(vehicleId, monthOf(next))).status === 'none'
          ? [send('TripLog', 'OpenTripLog', { vehicleId, month: monthOf(next), openingKm: data.closingKm })]
          : []),
        complete,
      ];
    case 'TimerFired':
      return data.timer === 'ask'
        ? tell('tripLogDue', 'FLEET_MEMBER', 'FLEET_MANAGER')
        : [...tell('tripLogOverdue', 'FLEET_MANAGER'), schedule('escalate', plusDays(at, againDays))];
    default:
      return [];
  }
};
