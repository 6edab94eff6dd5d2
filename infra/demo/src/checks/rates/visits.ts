import { minutesBetween, plusDays } from '@cargoro/domain';
import { at, type Seen } from '../check.ts';
import { divided, division, inTime, mean, type Rates, share } from './rate.ts';

const reservation = ({ data }: Seen): string => data.reservationId;
const order = ({ data }: Seen): string => data.repairOrderId;
const estimate = ({ data }: Seen): string => `${data.repairOrderId}.${data.version}`;

const confirmed = { ReservationConfirmed: reservation };
const answered = { ...confirmed, ReservationDeclined: reservation, ReservationExpired: reservation };
const reservations = (): Rates[] => [
  share('reservations: confirmed', 91, answered, confirmed),
  share('confirmed reservations: rescheduled', 12, confirmed, { ReservationRescheduled: reservation }),
  share('confirmed reservations: nobody came', 3, confirmed, { NoShowRecorded: reservation }),
  share('confirmed reservations: cancelled late', 4, confirmed, { ReservationCancelled: reservation }),
];

type Finding = { readonly severity: string };
const findingsOf = ({ type, data }: Seen): readonly Finding[] =>
  type === 'DiagnosisRecorded' || type === 'AdditionalWorkReported' ? data.findings : [];
const findings = (): Rates[] => [
  mean('findings of an order', 1.9, (event) =>
    event.type === 'RepairOrderOpened' || findingsOf(event).length > 0
      ? [order(event), findingsOf(event).length]
      : undefined,
  ),
  division('findings', { urgent: 18 }, (event) => findingsOf(event).map(({ severity }) => severity)),
];

type Answer = { isApproved?: true; isRefused?: true; isExpired?: true };
/** How the versions of estimates ended that were sent to somebody. What a fleet's policy approved, nobody was asked. */
const answers = (): Rates => {
  const sent = new Map<string, Answer>();
  return {
    see: (event) => {
      if (event.type === 'EstimateSent') sent.set(estimate(event), {});
      const answer = sent.get(estimate(event));
      if (!answer) return;
      if (event.type === 'LinesApproved' && event.data.method !== 'policyAuto') answer.isApproved = true;
      if (event.type === 'LinesDeclined' || event.type === 'LinesDeferred') answer.isRefused = true;
      if (event.type === 'EstimateExpired') answer.isExpired = true;
    },
    measured: () => {
      const counts = new Map<string, number>();
      for (const { isApproved, isRefused, isExpired } of sent.values()) {
        const kind = isExpired ? 'expired' : isApproved ? (isRefused ? 'part' : 'all lines') : isRefused && 'declined';
        if (kind) counts.set(kind, at(counts, kind, () => 0) + 1);
      }
      return divided('estimates', { 'all lines': 74, part: 17, declined: 5, expired: 4 }, counts);
    },
  };
};

/** A median: half of the answers come in less time. */
const half = 50;
const approvals = (what: string, minutes: number, methods: readonly string[]): Rates =>
  inTime(
    `approvals${what}: within ${minutes} minutes`,
    half,
    { EstimateSent: estimate },
    {
      ended: { LinesApproved: (event) => (methods.includes(event.data.method) ? estimate(event) : undefined) },
      within: (event, sentAt) => minutesBetween(sentAt, event.at) <= minutes,
    },
  );

const work = (): Rates[] => [
  share(
    'orders in work: more was found',
    16,
    { WorkStarted: order },
    {
      AdditionalWorkReported: order,
    },
  ),
  share(
    'inspected orders: failed',
    4,
    { InspectionPassed: order, InspectionFailed: order },
    { InspectionFailed: order },
  ),
  share(
    'completed orders: back in 30 days',
    2.5,
    { RepairOrderCompleted: order },
    { RepairOrderOpened: ({ data }) => data.warrantyOf },
    ({ at: moment }) => plusDays(moment, 30),
  ),
];

export const visitRates = (): Rates[] => [
  ...reservations(),
  ...findings(),
  answers(),
  approvals('', 55, ['app', 'phone']),
  approvals(' in the app', 25, ['app']),
  approvals(' by phone', 120, ['phone']),
  ...work(),
];
