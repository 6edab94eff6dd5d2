import { FleetLedger, org, ratioOf, SignedWon, TripLog } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import { FleetVehicle } from './vehicle.ts';
import type { FleetVehicleRow } from './vehicle-row.ts';

/** What a passenger car may cost a year without proof by the log (K7). */
const withoutProofKrw = 15_000_000;

const Month = z
  .object({ month: z.string(), totalKm: z.int(), commuteKm: z.int(), businessKm: z.int() })
  .meta({ id: 'BusinessUseMonth' });
const row = z.object({
  vehicleId: z.string(),
  fleetOrgId: z.string().nullable(),
  plate: z.string().nullable(),
  year: z.int(),
  /** Months whose log is closed. */
  months: z.array(Month),
  totalKm: z.int(),
  commuteKm: z.int(),
  businessKm: z.int(),
  /** Share of commute and business kilometres of the closed months, 0 to 1. */
  ratio: z.number(),
  costKrw: SignedWon,
  /** Insured for employees only; nothing is deductible otherwise. */
  insured: z.boolean(),
  over15M: z.boolean(),
  /**
   * Estimate: all up to 15,000,000 won; beyond that the share the log proves, at least those 15,000,000. Depreciation
   * has a limit of its own, which is not counted here.
   */
  deductibleKrw: SignedWon,
});
type UseRow = z.infer<typeof row>;

const counted = <R extends UseRow>(row: R): R => {
  const sum = (of: 'totalKm' | 'commuteKm' | 'businessKm') => row.months.reduce((km, month) => km + month[of], 0);
  const [totalKm, commuteKm, businessKm] = [sum('totalKm'), sum('commuteKm'), sum('businessKm')];
  const ratio = ratioOf({ totalKm, commuteKm, businessKm, privateKm: 0 });
  const over15M = row.costKrw > withoutProofKrw;
  const proven = over15M ? Math.max(withoutProofKrw, Math.floor(row.costKrw * ratio)) : row.costKrw;
  return { ...row, totalKm, commuteKm, businessKm, ratio, over15M, deductibleKrw: row.insured ? proven : 0 };
};
const empty = (vehicleId: string, year: number): UseRow => ({
  ...{ vehicleId, year, fleetOrgId: null, plate: null, months: [], totalKm: 0, commuteKm: 0, businessKm: 0, ratio: 0 },
  ...{ costKrw: 0, insured: false, over15M: false, deductibleKrw: 0 },
});
type Closed = { month: string; totalKm: number; commuteKm: number; businessKm: number };
const closing = <R extends UseRow>(row: R, { month, totalKm, commuteKm, businessKm }: Closed): R =>
  counted({
    ...row,
    months: [...row.months.filter((one) => one.month !== month), { month, totalKm, commuteKm, businessKm }].sort(
      (a, b) => Number(a.month) - Number(b.month),
    ),
  });

/** A vehicle’s year before the tax office: how far for business, what it cost, what may be deducted (K7, K8). */
export const BusinessUseYear = readModel({
  name: 'rm_business_use_year',
  type: 'BusinessUseYear',
  version: 1,
  group: 'fleet',
  row,
  scope: ['fleetOrgId', 'vehicleId'],
  indexes: [['fleetOrgId', 'year', 'id'], ['vehicleId']],
  from: [TripLog, FleetLedger],
  key: ({ data }) => {
    const { vehicleId, month, occurredOn } = data as { vehicleId?: string; month?: string; occurredOn?: string };
    return vehicleId && `${vehicleId}.${(month ?? occurredOn ?? '').slice(0, 4)}`;
  },
  seenBy: ({ fleetOrgId }) => (typeof fleetOrgId === 'string' ? [org(fleetOrgId, 'fleet')] : []),
  joins: [
    {
      from: FleetVehicle,
      by: 'vehicleId',
      take: (other, row) => {
        const car = other as FleetVehicleRow | undefined;
        const insured = car?.contracts.some(
          ({ exclusiveInsurance, status }) => exclusiveInsurance && status !== 'draft',
        );
        return counted({
          ...(row as unknown as UseRow),
          fleetOrgId: car?.fleetOrgId ?? null,
          plate: car?.plate ?? null,
          insured: insured ?? false,
        });
      },
    },
  ],
}).folds({
  start: {
    TripLogClosed: ({ data }) => closing(empty(data.vehicleId, Number(data.month.slice(0, 4))), data),
    CostBooked: ({ data: { vehicleId, occurredOn, supplyKrw, vatKrw } }) =>
      counted({ ...empty(vehicleId, Number(occurredOn.slice(0, 4))), costKrw: supplyKrw + vatKrw }),
  },
  on: {
    TripLogClosed: (row, { data }) => closing(row, data),
    TripLogReopened: (row, { data }) =>
      counted({ ...row, months: row.months.filter(({ month }) => month !== data.month) }),
    CostBooked: (row, { data: { supplyKrw, vatKrw } }) =>
      counted({ ...row, costKrw: row.costKrw + supplyKrw + vatKrw }),
    CostReversed: (row, { data: { supplyKrw, vatKrw } }) =>
      counted({ ...row, costKrw: row.costKrw - supplyKrw - vatKrw }),
  },
});
