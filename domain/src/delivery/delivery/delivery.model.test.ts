import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../kit/index.ts';
import { checkLaws, foldPlain } from '../../kit/testing.ts';
import { id } from '../../repair/sample-world.ts';
import { dispatcherId, driverId, rivalId, shiftFacts } from '../sample-world.ts';
import { Delivery } from './delivery.ts';
import {
  answer,
  arrive,
  assigned,
  atDropoff,
  completed,
  deliveryId,
  dispatching,
  dropoff,
  fail,
  fare,
  handover,
  incident,
  inspect,
  inTransit,
  offer,
  offered,
  ref,
  request,
  requested,
  whenIn,
  world,
} from './sample-delivery.ts';

const both = { ...world, facts: [...(world.facts ?? []), ...shiftFacts(rivalId)] };
const reasoned = { ...ref, reason: '모형' };
const cancel = { ...ref, by: 'customer', reasonCode: 'CHANGED' };
const seal = {
  ...ref,
  pointCount: 1,
  distanceM: 1,
  polylineSha256: 'd'.repeat(64),
  from: '2025-06-30T00:00:00.000Z',
  to: '2025-06-30T01:00:00.000Z',
};
const searching = ['dispatching', 'unassigned'];
const beforePickup = ['requested', ...searching, 'assigned', 'enRouteToPickup', 'atPickup'];

/** Moves that only change the status: from where, to where. */
const steps: Record<string, { type: string; data: Record<string, unknown>; from: string[]; to: string }> = {
  start: { type: 'StartToPickup', data: ref, from: ['assigned'], to: 'enRouteToPickup' },
  arrive: { type: 'ArriveAtPickup', data: arrive, from: ['enRouteToPickup'], to: 'atPickup' },
  inspect: { type: 'InspectAtPickup', data: inspect, from: ['atPickup'], to: 'inspectedOut' },
  depart: { type: 'Depart', data: ref, from: ['inspectedOut'], to: 'inTransit' },
  incident: { type: 'ReportIncident', data: incident, from: ['inTransit'], to: 'interrupted' },
  resolve: { type: 'ResolveIncident', data: { ...ref, resolution: '정비' }, from: ['interrupted'], to: 'inTransit' },
  arriveThere: { type: 'ArriveAtDropoff', data: { ...ref, geo: dropoff.geo }, from: ['inTransit'], to: 'atDropoff' },
  refuse: { type: 'RejectHandover', data: reasoned, from: ['atDropoff'], to: 'disputed' },
  handOver: { type: 'CompleteHandover', data: handover, from: ['atDropoff', 'disputed'], to: 'completed' },
  fail: {
    type: 'FailDelivery',
    data: fail,
    from: ['inspectedOut', 'inTransit', 'interrupted', 'atDropoff', 'disputed'],
    to: 'failed',
  },
  cancel: { type: 'CancelDelivery', data: cancel, from: beforePickup, to: 'cancelled' },
};
const usual = ['fare', 'offer', 'accept', 'start', 'arrive', 'inspect', 'depart', 'arriveThere', 'handOver', 'seal'];
const moves = ['assign', 'decline', 'release', 'exhaust', ...usual, ...Object.keys(steps)];

type Model = { status: string; driver: string; open: Map<string, string>; sealed: boolean };
type Move = { do: string; driver: string };
const offerOf = (driver: string) => (driver === driverId ? id(41) : id(42));

const commandOf = ({ do: what, driver }: Move): readonly [string, Record<string, unknown>] => {
  const step = steps[what];
  if (step) return [step.type, step.data];
  const offerId = offerOf(driver);
  const commands: Record<string, readonly [string, Record<string, unknown>]> = {
    fare: ['AgreeFare', fare],
    offer: ['OfferToDriver', { ...offer, offerId, driverId: driver }],
    accept: ['AcceptOffer', { ...answer, offerId, driverId: driver }],
    assign: ['AssignDriver', { ...reasoned, driverId: driver, dispatcherId }],
    decline: ['DeclineOffer', { ...reasoned, offerId }],
    release: ['ReleaseDriver', { ...reasoned, driverId: driver }],
    exhaust: ['ExhaustDispatch', ref],
  };
  return commands[what] ?? ['SealTrack', seal];
};

/** Changes the model as the business expects; false when the move must be refused. Each offer can be made once. */
const expected = (m: Model, made: Set<string>, { do: what, driver }: Move): boolean => {
  const step = steps[what];
  const give = (to: string) =>
    Object.assign(m, { status: to, driver: to === 'assigned' ? driver : '', open: new Map() });
  if (step) {
    if (!step.from.includes(m.status)) return false;
    if (['completed', 'failed', 'cancelled'].includes(step.to)) Object.assign(m, { open: new Map() });
    m.status = step.to;
    return true;
  }
  const offerId = offerOf(driver);
  switch (what) {
    case 'fare':
      if (!['requested', ...searching].includes(m.status)) return false;
      m.status = m.status === 'unassigned' ? 'unassigned' : 'dispatching';
      return true;
    case 'offer':
      if (!searching.includes(m.status) || made.has(offerId)) return false;
      made.add(offerId);
      m.open.set(offerId, driver);
      m.status = 'dispatching';
      return true;
    case 'accept':
      return searching.includes(m.status) && m.open.has(offerId) && Boolean(give('assigned'));
    case 'assign':
      return searching.includes(m.status) && Boolean(give('assigned'));
    case 'decline':
      return m.open.delete(offerId);
    case 'release':
      return (
        ['assigned', 'enRouteToPickup', 'atPickup'].includes(m.status) &&
        m.driver === driver &&
        Boolean(give('dispatching'))
      );
    case 'exhaust':
      return m.status === 'dispatching' && Boolean(give('unassigned'));
    default:
      if (!['completed', 'failed'].includes(m.status) || m.sealed) return false;
      m.sealed = true;
      return true;
  }
};

const anyDriver = fc.constantFrom(driverId, rivalId);
const strewn = fc.array(fc.record({ do: fc.constantFrom(...moves), driver: anyDriver }), { maxLength: 2 });
const run = fc
  .tuple(...usual.map((what) => fc.tuple(fc.record({ do: fc.constant(what), driver: anyDriver }), strewn)))
  .map((stages) => stages.flatMap(([move, more]) => [move, ...more]));

/** Courses that every run of this test meets, however the dice fall. */
const told = [
  ['fare', 'offer', 'exhaust', 'assign', 'start', 'cancel'],
  [...usual.slice(0, 7), 'incident', 'resolve', 'arriveThere', 'refuse', 'handOver'],
  [...usual.slice(0, 7), 'fail', 'seal'],
];

describe('Delivery against its model', () => {
  it('has one driver at most, bound for exactly as long as the job is theirs, and is seen by candidates alone', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(run, (given) => {
        const model: Model = { status: 'requested', driver: '', open: new Map(), sealed: false };
        const made = new Set<string>();
        let log: readonly AnyEvent[] = requested;
        let bound = 0;
        let freed = 0;
        for (const move of given) {
          const before = model.status;
          const [type, data] = commandOf(move);
          const { decision } = whenIn(log).when(type, data, both);
          const allowed = expected(model, made, move);
          expect([move, before, decision.ok], decision.ok ? 'accepted' : decision.code).toEqual([
            move,
            before,
            allowed,
          ]);
          if (!decision.ok) continue;
          reached.add(model.status);
          log = log.concat(decision.events);
          const { state, parties } = foldPlain(Delivery, log);
          expect(state.status).toBe(model.status);
          bound += decision.before.filter((step) => step.type === 'BindDelivery').length;
          bound -= decision.after.filter((step) => step.type === 'UnbindDelivery').length;
          freed += decision.after.filter((step) => step.type === 'ReleaseClaim').length;
          const over = ['completed', 'failed', 'cancelled'].includes(model.status);
          expect([bound, freed]).toEqual([model.driver && !over ? 1 : 0, over ? 1 : 0]);
          if (over) continue;
          const visible = parties.flatMap((party) => (party.as === 'driver' ? [party.id] : []));
          expect(new Set(visible)).toEqual(new Set([...model.open.values(), ...(model.driver ? [model.driver] : [])]));
        }
      }),
      { numRuns: 100, examples: told.map((path) => [path.map((what) => ({ do: what, driver: driverId }))]) },
    );
    expect([...reached]).toEqual(
      expect.arrayContaining(['unassigned', 'interrupted', 'disputed', 'completed', 'failed', 'cancelled']),
    );
  });

  it('keeps the laws', () =>
    checkLaws(Delivery, {
      world: both,
      from: [requested, dispatching, offered, assigned, inTransit, atDropoff, completed],
      samples: {
        ...Object.fromEntries(Object.values(steps).map(({ type, data }) => [type, [data]])),
        RequestDelivery: [request],
        AgreeFare: [fare],
        OfferToDriver: [offer],
        AcceptOffer: [answer],
        AssignDriver: [{ deliveryId, driverId, dispatcherId, reason: '가까움' }],
        SealTrack: [seal],
      },
    }));
});
