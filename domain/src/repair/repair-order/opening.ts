import { firstRegisteredOnOf, fuelOf, odometerOf, Vehicle } from '../../fleet/vehicle/vehicle.ts';
import {
  type Aggregate,
  accept,
  after,
  type Context,
  claiming,
  org,
  type Party,
  reject,
  seoulDay,
  user,
} from '../../kit/index.ts';
import { Reservation } from '../reservation/reservation.ts';
import { Workshop } from '../workshop/workshop.ts';
import type { openingCommands, openingEvents } from './opening.schema.ts';
import type { Decide, Evolve, RepairOrderState } from './repair-order.state.ts';
import type { OrderSlot, WarrantyTerm } from './value.schema.ts';

/** One order may be open per car; whoever holds this claim is it. */
export const openOrderClaim = (vehicleId: string, repairOrderId: string) => ({
  kind: 'openOrder',
  value: vehicleId,
  holder: repairOrderId,
});

const partyOf = ({ kind, id }: { kind: string; id: string }, as: 'customer' | 'payer'): Party =>
  kind === 'owner' ? user(id, as) : org(id, as);

const highVoltageFuels: readonly string[] = ['ev', 'phev', 'hydrogen'];

/** Is a technician enrolled at the workshop, and certified if the car asks for it? */
export const technicianRefusal = (
  { workshopId, highVoltage }: { workshopId: string; highVoltage: boolean },
  technicianId: string,
  ctx: Context,
) => {
  const workshop = ctx.fact(Workshop, workshopId);
  const technician = workshop.status === 'none' ? undefined : workshop.technicians[technicianId];
  if (!technician) return 'NOT_ENROLLED';
  return highVoltage && !technician.evCertified ? 'EV_CERT_REQUIRED' : undefined;
};

const warrantyRefusal = (original: RepairOrderState, vehicleId: string, odometerKm: number, today: string) => {
  if (original.status === 'none') return 'NOT_FOUND';
  if (original.vehicleId !== vehicleId) return 'WARRANTY_OF_OTHER_VEHICLE';
  const holds = ({ untilOn, untilKm }: WarrantyTerm) =>
    today <= untilOn && (untilKm === undefined || odometerKm <= untilKm);
  return original.warranty.some(holds) ? undefined : 'WARRANTY_EXPIRED';
};

/** What a reservation brings along; undefined when its car has not arrived here. */
const bookingOf = (ctx: Context, reservationId: string, workshopId: string, vehicleId: string) => {
  const reservation = ctx.fact(Reservation, reservationId);
  if (reservation.status !== 'arrived') return undefined;
  if (reservation.workshopId !== workshopId || reservation.vehicleId !== vehicleId) return undefined;
  const { policyId, slot: booked } = reservation;
  const slot: OrderSlot = { ...booked, day: seoulDay(booked.start) };
  return { slot, ...(policyId && { policyId }) };
};

/** `orders` is the aggregate itself: a warranty claim looks at the order it is about. */
export const openingDecide = (orders: () => Aggregate<RepairOrderState>): Decide<typeof openingCommands> => ({
  OpenRepairOrder: (_state, data, ctx) => {
    const { repairOrderId, workshopId, vehicleId, odometerInKm, reservationId, warrantyOf } = data;
    const workshop = ctx.fact(Workshop, workshopId);
    if (workshop.status !== 'open') return reject('WORKSHOP_NOT_OPEN');
    const vehicle = ctx.fact(Vehicle, vehicleId);
    const firstRegisteredOn = firstRegisteredOnOf(vehicle);
    if (vehicle.status === 'none' || !firstRegisteredOn) return reject('NOT_FOUND');
    if (odometerInKm < (odometerOf(vehicle) ?? 0)) return reject('ODOMETER_BACKWARDS');
    const warranty = warrantyOf
      ? warrantyRefusal(ctx.fact(orders(), warrantyOf), vehicleId, odometerInKm, seoulDay(ctx.now))
      : undefined;
    if (warranty) return reject(warranty);
    const booking = reservationId ? bookingOf(ctx, reservationId, workshopId, vehicleId) : {};
    if (!booking) return reject('WRONG_STATE');
    const { plate, make, model, modelYear } = vehicle;
    const opened = accept({
      type: 'RepairOrderOpened' as const,
      data: {
        ...data,
        ...booking,
        workshopOrgId: workshop.orgId,
        vehicle: { plate, make, model, modelYear },
        firstRegisteredOn,
        highVoltage: highVoltageFuels.includes(fuelOf(vehicle) ?? ''),
        parties: [org(workshop.orgId, 'workshop'), partyOf(data.customer, 'customer'), partyOf(data.payer, 'payer')],
      },
    });
    const claim = openOrderClaim(vehicleId, repairOrderId);
    const claimed = claiming(opened, { ...claim, refusal: 'VEHICLE_HAS_OPEN_ORDER' });
    if (!reservationId) return claimed;
    return after(claimed, {
      aggregate: 'Reservation',
      type: 'LinkRepairOrder',
      data: { reservationId, repairOrderId },
    });
  },
  AssignTechnician: (state, data, ctx) => {
    const refusal = technicianRefusal(state, data.technicianId, ctx);
    return refusal ? reject(refusal) : accept({ type: 'TechnicianAssigned', data });
  },
  RecordDiagnosis: (_state, data) =>
    data.findings.length === 0 ? reject('NO_FINDING') : accept({ type: 'DiagnosisRecorded', data }),
  AddNote: (_state, data) => accept({ type: 'NoteAdded', data }),
});

export const openingEvolve: Evolve<typeof openingEvents> = {
  RepairOrderOpened: (_state, data, { meta }) => ({
    status: 'opened',
    openedOn: seoulDay(meta.occurredAt),
    workshopId: data.workshopId,
    workshopOrgId: data.workshopOrgId,
    vehicleId: data.vehicleId,
    customer: data.customer,
    payer: data.payer,
    policyId: data.policyId,
    slot: data.slot,
    odometerInKm: data.odometerInKm,
    promisedAt: data.promisedAt,
    firstRegisteredOn: data.firstRegisteredOn,
    highVoltage: data.highVoltage,
    version: 0,
    lines: {},
    approvedKrw: 0,
    severities: {},
    requests: {},
    working: {},
    mechanics: [],
    inBay: false,
    warranty: [],
    dueKrw: 0,
  }),
  TechnicianAssigned: (state) => state,
  DiagnosisRecorded: (state, { findings }) => ({
    ...state,
    status: 'diagnosed',
    severities: withSeverities(state.severities, findings),
  }),
  NoteAdded: (state) => state,
};

type Severities = Exclude<RepairOrderState, { status: 'none' }>['severities'];
type Found = { readonly findingId: string; readonly severity: Severities[string] };
export const withSeverities = (before: Severities, findings: readonly Found[]): Severities => ({
  ...before,
  ...Object.fromEntries(findings.map(({ findingId, severity }) => [findingId, severity])),
});
