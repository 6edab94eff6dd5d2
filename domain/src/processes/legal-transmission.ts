import { textSetting } from '../admin/setting/setting.ts';
import { Organization } from '../core/organization/organization.ts';
import { Vehicle } from '../fleet/vehicle/vehicle.ts';
import {
  type Context,
  complete,
  defineProcess,
  job,
  type ProcessDef,
  type ProcessInput,
  plusDays,
  plusMinutes,
  type Reaction,
  schedule,
  seoulDay,
  text,
} from '../kit/index.ts';
import { isWork, linesOf } from '../repair/repair-order/repair-order.state.ts';
import { RepairOrder } from '../repair/repair-order/repair-order.ts';
import { Workshop } from '../repair/workshop/workshop.ts';
import { notify, notifyOnce } from './notify.ts';

type Data = Record<string, unknown>;
type State = { readonly report?: Data; readonly failures: number };
/** Pauses between tries, in minutes: from one minute to a day. */
const pauses = [1, 5, 15, 60, 240, 720, 1_440] as const;

const evolve = (state: State, { type, data, at }: ProcessInput): State => {
  if (type === 'RepairOrderCompleted')
    return {
      ...state,
      report: {
        ...{ repairOrderId: data.repairOrderId, odometerKm: data.odometerOutKm },
        ...{
          responsibleMechanicId: data.responsibleMechanicId,
          statementNo: data.statementNo,
          completedOn: seoulDay(at),
        },
      },
    };
  return type === 'legalReportFailed' ? { ...state, failures: state.failures + 1 } : state;
};

/**
 * P13 (K4): the details of finished work go to the ministry's system, at the end point of the setting
 * `ministry.endpoint`, and wait for one while there is none. Tried again from a minute to a day apart; then a person takes
 * over and it is on the list of the dead.
 */
export const legalTransmission: ProcessDef<State> = {
  name: 'LegalTransmission',
  doc: text('정비 이력 전송', 'Sends the details of finished work to the ministry'),
  starts: ['RepairOrderCompleted'],
  correlate: { RepairOrderCompleted: ({ repairOrderId }) => String(repairOrderId) },
  initial: { failures: 0 },
  evolve,
  react: (state, input, ctx) => {
    switch (input.type) {
      case 'RepairOrderCompleted':
      case 'TimerFired':
        return transmit(state, input.at, ctx);
      case 'legalReportDone':
        return [complete];
      case 'legalReportFailed':
        return failed(state, input, ctx);
      default:
        return [];
    }
  },
  idle: () => 'nothing to send',
};
export const LegalTransmission = defineProcess<State>()(legalTransmission);

/** Nowhere to send it yet: it is looked for again each day, and the platform's people hear of it once a month. */
const wait = (at: string, ctx: Context): readonly Reaction[] => [
  schedule('retry', plusDays(at, 1)),
  notifyOnce(ctx, seoulDay(at).slice(0, 7), 'legalReportsWait', { kind: 'role', role: 'PLATFORM_ADMIN' }),
];

const transmit = ({ report = {} }: State, at: string, ctx: Context): readonly Reaction[] => {
  const order = ctx.fact(RepairOrder, String(report.repairOrderId));
  const url = textSetting(ctx, 'platform', 'ministry.endpoint');
  if (order.status === 'none') return [complete];
  if (url === undefined) return wait(at, ctx);
  const workshop = ctx.fact(Workshop, order.workshopId);
  const vehicle = ctx.fact(Vehicle, order.vehicleId);
  const organization = ctx.fact(Organization, order.workshopOrgId);
  const done = linesOf(order).filter((line) => isWork(line) && line.state === 'done');
  return [
    job('legalReport', {
      url,
      report: {
        ...report,
        plate: vehicle.status === 'none' ? '' : vehicle.plate,
        requestedOn: order.openedOn,
        businessNo: organization.status === 'none' ? '' : organization.businessNo,
        ...(workshop.status !== 'none' && {
          ...{ workshop: workshop.name, repairRegNo: workshop.repairRegNo },
          ...{ address: workshop.address, phone: workshop.phone },
        }),
        works: [...new Set(done.flatMap(({ serviceCode }) => serviceCode ?? []))],
      },
    }),
  ];
};

const failed = (state: State, { data, at }: ProcessInput, ctx: Context): readonly Reaction[] => {
  const repairOrderId = String(state.report?.repairOrderId);
  const pause = pauses[state.failures - 1];
  if (pause !== undefined) return [schedule('retry', plusMinutes(at, pause))];
  const order = ctx.fact(RepairOrder, repairOrderId);
  const reason = String(data.reason ?? '');
  return [
    job('deadLetter', { type: 'legalReport', subject: repairOrderId, reason }),
    ...(order.status === 'none'
      ? []
      : [
          notify(
            ctx,
            'legalReportFailed',
            { kind: 'org', id: order.workshopOrgId, roles: ['WORKSHOP_OWNER', 'SERVICE_ADVISOR'] },
            { repairOrderId, reason },
          ),
        ]),
    complete,
  ];
};
