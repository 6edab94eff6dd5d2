import { seoulDay } from '@cargoro/domain';
import { cast, place, technicians } from '../cast.ts';
import type { Draw } from '../draw.ts';
import { file, menuItems, weekly } from '../founding.ts';
import { entriesOf, type Fields, fieldsOf, keysOf } from '../knowledge.ts';

type Fill = (draw: Draw) => Record<string, unknown>;

export const carOf = ({ knowledge }: Draw, vehicleId: string | undefined): Fields =>
  fieldsOf(knowledge.records.get(`vehicle-${vehicleId}`)?.folded.state);
export const kmOf = (draw: Draw, vehicleId: string | undefined): number =>
  ((carOf(draw, vehicleId).readings ?? []) as { km: number }[]).at(-1)?.km ?? 42_000;
/** On whose behalf a car comes: its owner as the repair context calls them. */
const customerOf = (draw: Draw, vehicleId: string | undefined) => {
  const owner = fieldsOf(carOf(draw, vehicleId).owner);
  return { kind: owner.kind === 'org' ? 'fleet' : 'owner', id: String(owner.id ?? cast.owner.id) };
};
const workshopOf = (draw: Draw): string => String(draw.state.workshopId ?? draw.one(place.workshops));
const bayOf = (draw: Draw): string => place.bays[place.workshops.indexOf(workshopOf(draw))] ?? place.bays[0];
const technicianOf = (draw: Draw): string | undefined =>
  draw.one(workshopOf(draw) === place.workshops[1] ? technicians.slice(2) : technicians.slice(0, 2));

/** An hour or two in a bay on one of the next days; few enough times for people to meet. */
const timeIn = (draw: Draw) => {
  const hour = draw.int(0, 3) * 2;
  const day = draw.day(draw.int(0, 2));
  const start = `${day}T0${hour}:00:00.000Z`;
  return { start, end: `${day}T0${hour + draw.int(1, 2)}:30:00.000Z` };
};
const slot: Fill = (draw) => ({ bayId: bayOf(draw), ...timeIn(draw) });
const itsSlot: Fill = (draw) => {
  const { bayId, start, end } = fieldsOf(draw.state.slot);
  return start && draw.chance(0.7) ? { bayId, start, end } : slot(draw);
};
const onDay: Fill = (draw) => {
  const [bayId = '', ymd = ''] = (draw.record?.id ?? '').split('.');
  const time = timeIn(draw);
  const day = ymd ? `${ymd.slice(0, 4)}-${ymd.slice(4, 6)}-${ymd.slice(6)}` : seoulDay(time.start);
  const [start, end] = [time.start, time.end].map((at) => `${day}${at.slice(10)}`);
  const bay = bayId || bayOf(draw);
  return { bayId: bay, workshopId: place.workshops[place.bays.indexOf(bay)] ?? place.workshops[0], day, start, end };
};
const hold: Fill = ({ state, one, now }) => ({ holdId: one(keysOf(state.holds)), at: now });

export const linesIn = ({ state }: Draw, ...states: string[]): readonly string[] =>
  entriesOf(state.lines).flatMap(([lineId, line]) => (states.includes(String(line.state)) ? [lineId] : []));
const lineOf = (draw: Draw): Record<string, unknown> => {
  const lineId = draw.chance(0.2) ? (draw.own('lineId') ?? draw.fresh()) : draw.fresh();
  const payer = fieldsOf(draw.state.payer).kind ?? 'owner';
  const part = {
    ...{ lineId, kind: 'part', serviceCode: 'PADF', partId: draw.one(place.parts), grade: 'oem', qty: draw.int(1, 2) },
    ...{ unitPriceKrw: 45_005, payer, alternatives: [{ grade: 'reman', unitPriceKrw: 30_000 }] },
  };
  const labour = (serviceCode: string) => ({
    ...{ lineId, kind: 'labour', serviceCode, hours: 0.5, rateKrw: 50_000, payer },
  });
  return draw.one([
    part,
    part,
    labour('PADF'),
    labour('OIL'),
    { lineId, kind: 'discount', unitPriceKrw: 1_003, payer },
  ])!;
};
const version = ({ state, own }: Draw) =>
  fieldsOf(state.sent).version ?? fieldsOf(state.draft).version ?? own('version') ?? 1;
const answer: Fill = (draw) => ({
  lineIds: draw.some(linesIn(draw, 'proposed', 'declined', 'deferred')),
  safetyAcknowledged: true,
});
const request = ({ state, one }: Draw) => one(entriesOf(state.requests));

/** Workshops, bays, reservations and repair orders: what makes a command likely to be valid, by its name. */
export const repairInputs: Readonly<Record<string, Fill>> = {
  RegisterWorkshop: ({ actor }) => ({ orgId: actor.orgId ?? place.garages[0], repairRegNo: '제2018-마포-0777호' }),
  SetHours: ({ chance }) => ({
    weekly: chance(0.9) ? weekly : [...weekly, ...weekly],
    holidays: [],
    effectiveFrom: '2025-06-01',
  }),
  AddBay: ({ fresh, int }) => ({ bayId: fresh(), name: `${int(2, 9)}번` }),
  RetireBay: ({ state, one, day }) => ({ bayId: one(keysOf(state.bays)), on: day(2) }),
  PostLaborRate: ({ day }) => ({ category: 'general', ratePerHourKrw: 50_000, effectiveFrom: day() }),
  PublishServiceMenu: ({ state, chance }) => ({
    ...{ menuVersion: ((state.menus ?? []) as unknown[]).length + (chance(0.9) ? 1 : 2), items: menuItems },
    effectiveFrom: '2025-06-01',
  }),
  EnrolTechnician: (draw) => ({ userId: draw.one(technicians), evCertified: true }),
  ReleaseTechnician: ({ state, one }) => ({ userId: one(keysOf(state.technicians)) }),

  HoldSlot: (draw) => ({
    ...onDay(draw),
    ...{
      holdId: draw.fresh(),
      forKind: 'reservation',
      forId: draw.any('reservationId') ?? draw.fresh(),
      expiresAt: draw.at(30),
    },
  }),
  ConfirmSlot: hold,
  ReleaseSlot: hold,
  StartUse: hold,
  EndUse: hold,
  BlockTime: (draw) => ({ ...onDay(draw), blockId: draw.fresh() }),
  UnblockTime: ({ state, one }) => ({ blockId: one(keysOf(state.blocks)) }),

  RequestReservation: (draw) => {
    const vehicleId = draw.one(place.cars);
    const from = draw.at(draw.int(30, 2_000));
    return {
      ...{ vehicleId, requester: customerOf(draw, vehicleId), wanted: [{ from, to: draw.at(3_000) }] },
      ...{ services: [{ code: draw.one(['OIL', 'PADF', 'DIAG']) }], policyId: draw.one([place.policy, undefined]) },
      ...{ planItemCodes: undefined, workshopId: draw.one(place.workshops) },
    };
  },
  ProposeSlot: slot,
  ConfirmReservation: (draw) => ({ ...itsSlot(draw), advisorId: undefined }),
  RescheduleReservation: slot,
  CheckIn: (draw) => ({ at: draw.now, odometerKm: kmOf(draw, String(draw.state.vehicleId)) }),

  OpenRepairOrder: (draw) => {
    const arrived = draw.one(draw.others('Reservation').filter(({ folded }) => folded.state.status === 'arrived'));
    const booked = draw.chance(0.7) ? fieldsOf(arrived?.folded.state) : {};
    const vehicleId = String(booked.vehicleId ?? draw.one(place.cars));
    const before = draw.others('RepairOrder').find(({ folded }) => fieldsOf(folded.state).vehicleId === vehicleId);
    const client = customerOf(draw, vehicleId);
    return {
      ...{ vehicleId, workshopId: booked.workshopId ?? draw.one(place.workshops), customer: client, payer: client },
      ...{ reservationId: booked.vehicleId ? arrived?.id : undefined, deliveryId: undefined, promisedAt: undefined },
      ...{ policyId: client.kind === 'fleet' ? place.policy : undefined, odometerInKm: kmOf(draw, vehicleId) },
      ...{ warrantyOf: draw.chance(0.15) ? before?.id : undefined, number: `RO-25-${draw.int(1, 999_999)}` },
    };
  },
  AssignTechnician: (draw) => ({ technicianId: technicianOf(draw), bayId: bayOf(draw) }),
  RecordDiagnosis: ({ fresh, one }) => ({
    ...{ findings: [{ findingId: fresh(), system: '제동', severity: one(['soon', 'urgent']) }], dtcs: [] },
  }),
  DraftEstimate: (draw) => ({
    ...{ version: Number(draw.state.version ?? 0) + 1, menuVersion: 1, validUntil: draw.day(14) },
    lines: Array.from({ length: draw.int(1, 3) }, () => lineOf(draw)),
  }),
  SendEstimate: ({ state }) => ({ version: fieldsOf(state.draft).version ?? fieldsOf(state.sent).version ?? 1 }),
  ApproveLines: (draw) => ({
    ...{ version: version(draw), lineIds: draw.some(linesIn(draw, 'proposed', 'declined', 'deferred')) },
    ...{
      approver: draw.state.customer,
      method: draw.actor.role === 'SERVICE_ADVISOR' ? 'phone' : 'app',
      evidence: file,
    },
    choices: undefined,
  }),
  DeclineLines: answer,
  DeferLines: answer,
  ExpireEstimate: (draw) => ({ version: version(draw) }),
  RequestPart: (draw) => {
    const parts = entriesOf(draw.state.lines).filter(([, line]) => line.kind === 'part');
    const [lineId, line] = draw.one(parts.filter(([, { state }]) => state !== 'proposed')) ?? draw.one(parts) ?? [];
    return { lineId, partId: line?.partId, qty: draw.int(1, 2), requestId: draw.fresh(), neededBy: draw.at(1_440) };
  },
  SubstitutePart: (draw) => ({ requestId: request(draw)?.[0], newGrade: undefined }),
  UsePart: (draw) => {
    const [requestId, asked] = request(draw) ?? [];
    return { requestId, lineId: asked?.lineId, qty: 1, movementId: draw.fresh() };
  },
  ReturnPart: (draw) => ({ requestId: request(draw)?.[0], qty: 1 }),
  StartWork: (draw) => ({
    ...{
      technicianId: technicianOf(draw),
      bayId: bayOf(draw),
      lineIds: draw.some(linesIn(draw, 'approved', 'inWork')),
    },
  }),
  FinishLine: (draw) => ({ lineId: draw.one(linesIn(draw, 'inWork')) ?? draw.own('lineId') }),
  DropLine: (draw) => ({ lineId: draw.one(linesIn(draw, 'approved', 'inWork')) ?? draw.own('lineId') }),
  ReportAdditionalWork: ({ fresh }) => ({
    findings: [{ findingId: fresh(), system: '조향', severity: 'soon' }],
    lines: [],
  }),
  PassInspection: (draw) => ({
    inspectorId: draw.one(technicians),
    checks: [{ item: '제동', pass: draw.chance(0.9) }],
  }),
  FailInspection: (draw) => ({ lineIds: draw.some(linesIn(draw, 'done')) }),
  CompleteOrder: (draw) => ({
    ...{ odometerOutKm: Number(draw.state.odometerInKm) + 3, responsibleMechanicId: technicianOf(draw) },
  }),
  HandOver: ({ now }) => ({ signature: file, at: now }),
  CancelOrder: ({ one }) => ({ diagnosisFeeKrw: one([undefined, 20_005]) }),
};
