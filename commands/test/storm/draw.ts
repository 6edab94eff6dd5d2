import { type Actor, plusDays, plusMinutes, seoulDay } from '@cargoro/domain';
import { idOf } from '../world.ts';
import { cast, drivers, people, place, technicians } from './cast.ts';
import { type Fields, fieldsOf, type Knowledge, type Known } from './knowledge.ts';

/** Choices that follow from one number (mulberry32), so that a run can be told again. */
export const choicesOf = (seed: number) => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    int: (min: number, max: number): number => min + Math.floor(next() * (max - min + 1)),
    chance: (share: number): boolean => next() < share,
    one: <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)],
    some: <T>(list: readonly T[]): readonly T[] => {
      const drawn = list.filter(() => next() < 0.6);
      return drawn.length > 0 ? drawn : list.slice(0, 1);
    },
  };
};

/** What whoever fills in a command has before them: the record, what they have seen, the clock, and a whim. */
export type Draw = ReturnType<typeof drawFor>;
export const drawFor = (
  { knowledge, now, seed }: { readonly knowledge: Knowledge; readonly now: string; readonly seed: number },
  record: Known | undefined,
  actor: Actor,
) => {
  const whim = choicesOf(seed);
  let fresh = 0;
  const from = (seen: ReadonlyMap<string, readonly string[]> | undefined, field: string) =>
    whim.one((seen?.get(field) ?? []).slice(-6));
  return {
    ...whim,
    now,
    actor,
    record,
    knowledge,
    state: fieldsOf(record?.folded.state),
    own: (field: string) => from(record?.seen, field),
    any: (field: string) => from(knowledge.seen, field),
    fresh: (): string => idOf(`storm ${seed} ${fresh++}`),
    day: (days = 0): string => seoulDay(plusDays(now, days)),
    at: (minutes = 0): string => plusMinutes(now, minutes),
    /** The data of the last event of a type in the record that a test picks. */
    told: (type: string, is: (data: Fields) => boolean = () => true): Fields =>
      fieldsOf(record?.events.findLast((event) => event.type === type && is(fieldsOf(event.data)))?.data),
    others: (name: string): readonly Known[] => knowledge.ofName(name),
  };
};

const persons: Readonly<Record<string, readonly string[]>> = {
  userId: people.map(({ id }) => id),
  technicianId: technicians,
  inspectorId: technicians,
  responsibleMechanicId: technicians,
  driverId: drivers,
  advisorId: [cast.advisor.id, cast.advisorMapo.id],
  dispatcherId: [cast.dispatcher.id],
  approverId: [cast.chief.id, cast.approver.id, cast.admin.id],
  approvedBy: [cast.admin.id, cast.manager.id],
  auditorId: [cast.auditor.id],
  by: [cast.support.id, cast.admin.id],
};
const things: Readonly<Record<string, readonly string[]>> = {
  vehicleId: place.cars,
  workshopId: place.workshops,
  warehouseId: place.workshops,
  toWarehouseId: place.workshops,
  fromWarehouseId: place.workshops,
  bayId: place.bays,
  partId: place.parts,
  newPartId: place.parts,
  byPartId: place.parts,
  policyId: [place.policy],
  contractId: [place.contract],
  supplierOrgId: place.suppliers,
  partnerOrgId: [...place.suppliers, ...place.garages],
  fleetOrgId: [place.fleet],
  transportOrgId: [place.transport],
  sellerOrgId: place.garages,
  buyerOrgId: [place.garages[0]],
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const moment = /^\d{4}-\d\d-\d\dT/;
const day = /^\d{4}-\d\d-\d\d$/;

const idFor = (field: string, draw: Draw): string => {
  const { orgId } = draw.actor;
  if (field === 'orgId' || field === 'id')
    return draw.chance(0.8) && orgId ? orgId : (draw.any('orgId') ?? draw.fresh());
  const listed = draw.one([...(persons[field] ?? []), ...(things[field] ?? [])]);
  if (listed && draw.chance(0.85)) return listed;
  const seen = draw.chance(0.75) ? draw.own(field) : draw.chance(0.3) ? draw.any(field) : undefined;
  return seen ?? draw.fresh();
};
const momentFor = (field: string, draw: Draw): string => {
  if (['at', 'takenAt', 'occurredAt', 'startedAt'].includes(field)) return draw.at(-draw.int(0, 30));
  if (['from', 'start'].includes(field)) return draw.at(draw.int(30, 600));
  return draw.at(draw.int(600, 3_000));
};

/** Random data of a command dressed in what there is: ids of the closed world, moments and days around now. */
export const dress = (value: unknown, field: string, draw: Draw): unknown => {
  if (Array.isArray(value)) return value.map((item) => dress(item, field.replace(/s$/, ''), draw));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, dress(item, key, draw)]));
  if (typeof value !== 'string') return value;
  if (uuid.test(value)) return idFor(field, draw);
  if (moment.test(value)) return momentFor(field, draw);
  return day.test(value) ? draw.day(draw.int(-1, 20)) : value;
};
