import { cast, place } from '../cast.ts';
import type { Draw } from '../draw.ts';
import { file, policyContent } from '../founding.ts';
import { entriesOf, type Fields, fieldsOf, keysOf } from '../knowledge.ts';

type Fill = (draw: Draw) => Record<string, unknown>;

const readings = ({ state }: Draw) => (state.readings ?? []) as readonly { eventId: string; km: number }[];
const kmOf = (draw: Draw): number => readings(draw).at(-1)?.km ?? 42_000;
const plate = ({ int }: Draw): string => `12가${String(int(3_460, 3_466))}`;
const purposes = ['commute', 'business', 'private'];
const trips = ({ state }: Draw): readonly (readonly [string, Fields])[] => entriesOf(state.trips);
const lastKm = (draw: Draw): number =>
  Math.max(
    Number(draw.state.openingKm ?? 42_000),
    ...trips(draw).map(([, trip]) => Number(trip.endKm ?? trip.startKm)),
    ...((draw.state.explained ?? []) as { toKm: number }[]).map(({ toKm }) => toKm),
  );
/** Whoever may drive the car of a log: its owner, or the member it is assigned to. */
const driverOf = ({ knowledge, state, one }: Draw): string => {
  const car = knowledge.records.get(`vehicle-${String(state.vehicleId)}`);
  const { owner, assignments } = fieldsOf(car?.folded.state);
  const users = entriesOf(assignments).map(([, { userId }]) => String(userId));
  return one(users) ?? String(fieldsOf(owner).id ?? cast.owner.id);
};
const trip: Fill = (draw) => ({
  ...{ tripId: draw.chance(0.9) ? draw.fresh() : draw.own('tripId'), userId: driverOf(draw) },
  ...{ purpose: draw.one(purposes), startKm: lastKm(draw) + draw.one([0, 0, 5])! },
});
const openTrip = (draw: Draw) => trips(draw).find(([, { endKm }]) => endKm === undefined)?.[0] ?? draw.own('tripId');
const itemCode = ({ state, one }: Draw) => one(keysOf(state.items));
const item = (code: string | undefined, mandatory: boolean) => ({
  ...{ itemCode: code, everyKm: 10_000, everyMonths: 12, warnKm: 500, warnDays: 30, mandatory },
  ...{ lastDoneKm: 40_000, lastDoneOn: '2025-01-01' },
});
const itsCost = ({ state, one }: Draw) => one(keysOf(state.costs));
const contractCars = ({ state }: Draw) =>
  ((state.coverage ?? []) as { vehicleId: string; to?: string }[]).flatMap((c) => (c.to ? [] : [c.vehicleId]));

/** Cars, contracts, ledgers, policies, plans and trip logs. */
export const fleetInputs: Readonly<Record<string, Fill>> = {
  RegisterVehicle: (draw) => ({
    ...{
      plate: plate(draw),
      vin: `KMHL14JA5PA9000${draw.int(10, 19)}`,
      firstRegisteredOn: draw.day(-300),
      odometerKm: 10,
    },
    owner: draw.actor.orgId ? { kind: 'org', id: draw.actor.orgId } : { kind: 'user', id: draw.actor.id },
  }),
  ChangePlate: (draw) => ({ plate: plate(draw), on: draw.day() }),
  TransferOwnership: ({ day, one }) => ({
    to: one([
      { kind: 'user', id: cast.owner.id },
      { kind: 'org', id: place.fleet },
    ]),
    on: day(),
  }),
  RecordOdometer: (draw) => ({ km: kmOf(draw) + draw.int(-5, 400), at: draw.now, confirm: true }),
  CorrectOdometer: (draw) => ({
    ...{ supersedesEventId: draw.one(readings(draw).slice(-2))?.eventId, approverId: cast.admin.id },
    ...{ km: kmOf(draw), reasonCode: draw.one(['typo', 'clusterReplaced']) },
  }),
  TransferCustody: ({ one, state, fresh }) => ({
    to: one([
      { kind: 'assignee', id: cast.member.id },
      { kind: 'owner', id: String(fieldsOf(state.owner).id) },
      { kind: 'workshop', id: place.garages[0] },
      { kind: 'driver', id: cast.driver.id },
    ]),
    ...{ from: undefined, cause: { kind: 'assignment', id: fresh() } },
  }),
  AssignVehicle: ({ day, one, fresh }) => ({
    ...{ assignmentId: fresh(), userId: one([cast.member.id, cast.member.id, cast.books.id]) },
    ...{ from: day(), to: one([undefined, day(5)]) },
  }),
  EndAssignment: ({ state, one, day }) => ({ assignmentId: one(keysOf(state.assignments)), on: day() }),
  GrantAccess: ({ one, day, fresh }) => ({
    ...{ grantId: fresh(), grantee: { kind: 'org', id: one(place.garages) }, scope: 'diagnostics', until: day(90) },
  }),
  RevokeAccess: ({ state, one }) => ({ grantId: one(keysOf(state.grants)) }),
  ReportTroubleCodes: ({ fresh, one }) => ({
    ...{ sessionId: fresh(), codes: [{ dtc: one(['P0301', 'P0420', 'X1']), state: 'stored', severity: 'soon' }] },
  }),
  ResolveTroubleCode: ({ state, one }) => ({ dtc: one((state.openDtcs ?? []) as string[]) ?? 'P0301' }),
  SetReminder: ({ day, fresh }) => ({ reminderId: fresh(), dueOn: day(10), recallId: undefined }),
  CloseReminder: ({ state, one }) => ({ reminderId: one((state.reminders ?? []) as string[]) }),
  RecordExternalService: (draw) => ({ on: draw.day(), odometerKm: kmOf(draw) + draw.int(0, 20), confirm: true }),

  DraftContract: ({ actor, some, day, one }) => ({
    ...{ fleetOrgId: actor.orgId, vehicleIds: some(place.fleetCars), kind: one(['lease', 'maintenance', 'owned']) },
    ...{ startsOn: day(-30), endsOn: day(one([5, 50, 200])!), policyId: one([place.policy, undefined]) },
  }),
  SignContract: () => ({ documentSha256: 'd'.repeat(64) }),
  AddVehicle: ({ one, day }) => ({ vehicleId: one(place.fleetCars), on: day() }),
  RemoveVehicle: (draw) => ({ vehicleId: draw.one(contractCars(draw)), on: draw.day() }),
  AmendTerms: ({ int, day }) => ({ changes: { monthlyFeeKrw: int(1, 9) * 1_000 }, effectiveFrom: day(1) }),
  SetBudget: ({ one }) => ({
    ...{ year: 2025, category: one(['maintenance', 'repair', 'fuel']), amountKrw: one([0, 50_000, 300_000, -1]) },
  }),
  RenewContract: ({ day }) => ({ newEndsOn: day(400), terms: undefined }),
  TerminateContract: ({ day }) => ({ on: day() }),

  BookCost: ({ one, day, fresh, chance, any, int }) => ({
    ...{
      contractId: chance(0.8) ? place.contract : any('contractId'),
      costId: fresh(),
      vehicleId: one(place.fleetCars),
    },
    ...{ category: one(['maintenance', 'repair', 'fuel']), supplyKrw: int(1, 9) * 10_000, vatKrw: int(1, 9) * 1_000 },
    ...{ occurredOn: day(), source: { kind: one(['receipt', 'invoice']), id: `R-${int(1, 12)}` } },
  }),
  ReverseCost: (draw) => ({ costId: itsCost(draw) }),

  DraftPolicy: ({ actor }) => ({ fleetOrgId: actor.orgId, appliesTo: { scope: 'all' } }),
  EditPolicy: () => ({ changes: { content: policyContent } }),
  PublishPolicy: ({ state, day, one }) => ({
    version: ((state.versions ?? []) as unknown[]).length + 1,
    ...{ effectiveFrom: day(), content: { ...policyContent, autoApproveUnderKrw: one([0, 50_000, 200_000]) } },
  }),

  StartPlan: () => ({ items: [item('OIL', false), item('PADF', true)] }),
  ChangeItem: (draw) => ({
    itemCode: itemCode(draw),
    everyKm: draw.one([5_000, 10_000]),
    everyMonths: draw.one([6, 12]),
  }),
  AddItem: ({ one, chance }) => ({ item: item(one(['DIAG', 'TYRE', 'OIL']), chance(0.2)) }),
  RemoveItem: (draw) => ({ itemCode: itemCode(draw) }),
  EvaluatePlan: ({ day, one }) => ({ asOf: day(), odometerKm: one([42_000, 43_500, 53_000]) }),
  BookItems: (draw) => ({ itemCodes: [itemCode(draw)], reservationId: draw.any('reservationId') ?? draw.fresh() }),
  UnbookItems: (draw) => ({ reservationId: draw.own('reservationId') }),
  CompleteItem: (draw) => ({
    ...{ itemCode: itemCode(draw), doneOn: draw.day(), doneKm: draw.one([41_000, 43_000, 60_000]) },
    evidence: { serviceId: draw.fresh() },
  }),
  SkipItem: (draw) => ({ itemCode: itemCode(draw), untilOn: draw.one([undefined, draw.day(30)]), untilKm: undefined }),

  OpenTripLog: ({ day, one, knowledge }) => {
    const logs = knowledge.ofName('TripLog').map(({ folded }) => fieldsOf(folded.state));
    const closed = logs.find(({ status }) => status === 'closed');
    return { month: day().slice(0, 7).replace('-', ''), openingKm: closed?.closingKm ?? one([42_000, 42_100]) };
  },
  StartTrip: (draw) => ({ ...trip(draw), at: draw.now }),
  EndTrip: (draw) => ({ tripId: openTrip(draw), endKm: lastKm(draw) + draw.int(0, 40), at: draw.now }),
  LogTrip: (draw) => {
    const drawn = trip(draw);
    const started = draw.at(-draw.int(5, 50));
    return { ...drawn, endKm: Number(drawn.startKm) + draw.int(0, 30), startedAt: started, endedAt: draw.now };
  },
  ReclassifyTrip: (draw) => ({
    tripId: draw.one(trips(draw))?.[0],
    purpose: draw.one(purposes),
    reason: '잘못 골랐음',
  }),
  CorrectTrip: (draw) => {
    const [tripId, known] = draw.one(trips(draw)) ?? [];
    return {
      tripId,
      changes: { endKm: Number(known?.endKm ?? known?.startKm ?? 0) + draw.int(-2, 2) },
      reason: '오타',
    };
  },
  VoidTrip: (draw) => ({ tripId: draw.one(trips(draw))?.[0], reason: '중복' }),
  ExplainGap: (draw) => {
    const fromKm = lastKm(draw) - draw.one([0, 0, 5])!;
    return { fromKm, toKm: fromKm + draw.int(1, 10), purpose: draw.one(purposes) };
  },
  CloseTripLog: (draw) => ({ approverId: cast.approver.id, closingKm: lastKm(draw) + draw.one([0, 0, 3])! }),
  ReopenTripLog: () => ({ approverId: cast.approver.id }),
  RetirePolicy: ({ day }) => ({ on: day() }),
  RetireVehicle: ({ day }) => ({ on: day() }),
  SealTrack: ({ at, now }) => ({ from: at(-60), to: now, polylineSha256: file.sha256 }),
};
