import { describe, expect, it } from 'vitest';
import { metresBetween } from '../../shared/geo.ts';
import { rivalId, transportOrg } from '../sample-world.ts';
import {
  arrive,
  as,
  assigned,
  atDropoff,
  atPickup,
  code,
  completed,
  driver,
  dropoff,
  fail,
  fare,
  go,
  handover,
  incident,
  inspect,
  inspectedOut,
  inTransit,
  photos,
  pickup,
  ref,
  signature,
  stepsOf,
  whenIn,
  world,
} from './sample-delivery.ts';

const rival = as({ id: rivalId, orgId: transportOrg, role: 'DRIVER' });
const { signature: _, ...unsigned } = inspect;
const { code: __, ...uncoded } = handover;
const far = { ...arrive, geo: { lat: 37.504, lon: 127.028 } };
const interrupted = go(inTransit, ['ReportIncident', incident]);

describe('Picking a car up', () => {
  it('is done by the driver of the job', () => {
    for (const [events, type, data] of [
      [assigned, 'StartToPickup', ref],
      [go(assigned, ['StartToPickup', ref]), 'ArriveAtPickup', arrive],
      [atPickup, 'InspectAtPickup', inspect],
      [inspectedOut, 'Depart', ref],
      [inTransit, 'ReportIncident', incident],
      [interrupted, 'ResolveIncident', { ...ref, resolution: '정비' }],
      [inTransit, 'ReviseEta', { ...ref, eta: '2025-06-30T02:00:00.000Z', cause: '정체' }],
      [inTransit, 'ArriveAtDropoff', { ...ref, geo: dropoff.geo }],
      [atDropoff, 'CompleteHandover', handover],
      [atDropoff, 'RejectHandover', { ...ref, reason: '흠집' }],
    ] as const) {
      whenIn(events).when(type, data, rival).refuses('NOT_YOUR_JOB');
      expect(whenIn(events).when(type, data, driver).decision.ok).toBe(true);
    }
  });

  it('takes place where the car is, or says why not', () => {
    expect(metresBetween(pickup.geo, far.geo)).toBe(667);
    const under = go(assigned, ['StartToPickup', ref]);
    whenIn(under).when('ArriveAtPickup', far, driver).refuses('GEOFENCE_MISMATCH');
    const [event] = whenIn(under)
      .when('ArriveAtPickup', { ...far, reason: '지하 주차장' }, driver)
      .emits('ArrivedAtPickup');
    expect(event?.data).toMatchObject({ distanceFromTargetM: 667 });
    whenIn(inTransit)
      .when('ArriveAtDropoff', { ...ref, geo: pickup.geo }, driver)
      .refuses('GEOFENCE_MISMATCH');
  });

  it('records the condition by photos, odometer and signature or code', () => {
    const inspecting = (data: object) => whenIn(atPickup).when('InspectAtPickup', { ...inspect, ...data }, driver);
    inspecting({ photos: photos.slice(1) }).refuses('PHOTOS_MISSING');
    inspecting({ odometerKm: 41_999 }).refuses('ODOMETER_BACKWARDS');
    whenIn(atPickup).when('InspectAtPickup', unsigned, driver).refuses('SIGNATURE_REQUIRED');
    inspecting({ code: '1111' }).refuses('CODE_WRONG');
    const [event] = inspecting({ code }).emits('PickupInspected');
    expect(event?.data).toMatchObject({ proof: 'code' });
    expect(event?.data).not.toHaveProperty('code');
    whenIn(assigned).when('InspectAtPickup', inspect, driver).refuses('WRONG_STATE');
  });
});

describe('On the way', () => {
  it('has one incident at a time, and goes on once it is resolved', () => {
    whenIn(interrupted).when('ReportIncident', incident, driver).refuses('INCIDENT_OPEN');
    whenIn(interrupted)
      .when('ArriveAtDropoff', { ...ref, geo: dropoff.geo }, driver)
      .refuses('INCIDENT_OPEN');
    whenIn(interrupted).when('CompleteHandover', handover, driver).refuses('INCIDENT_OPEN');
    expect(
      whenIn(interrupted)
        .when('ResolveIncident', { ...ref, resolution: '정비' }, driver)
        .state().status,
    ).toBe('inTransit');
    whenIn(inTransit)
      .when('ResolveIncident', { ...ref, resolution: '정비' }, driver)
      .refuses('WRONG_STATE');
  });

  it('announces arrivals that moved by ten minutes', () => {
    const revise = (eta: string) => ['ReviseEta', { ...ref, eta, cause: '정체' }] as const;
    const told = go(inTransit, revise('2025-06-30T02:00:00.000Z'));
    const moving = (eta: string) => whenIn(told).when(...revise(eta), driver);
    moving('2025-06-30T02:09:59.000Z').refuses('CHANGE_TOO_SMALL');
    moving('2025-06-30T01:50:01.000Z').refuses('CHANGE_TOO_SMALL');
    moving('2025-06-30T02:10:00.000Z').emits('EtaRevised');
    moving('2025-06-30T01:50:00.000Z').emits('EtaRevised');
  });
});

describe('Handing a car over', () => {
  it('measures the journey, pays the driver and frees the car', () => {
    const { decision, after } = stepsOf(atDropoff, 'CompleteHandover', handover, {
      ...driver,
      now: '2025-06-30T01:40:00.000Z',
    });
    expect(decision.events[0]?.data).toMatchObject({ distanceKm: 15, minutes: 40, proof: 'code' });
    expect(after).toEqual(['UnbindDelivery', 'ReleaseClaim']);
    expect(decision.after[0]?.data).toMatchObject({ outcome: 'completed', earningKrw: 16_000 });
  });

  it('needs photos, a forward odometer, and the right code or a signature', () => {
    const handing = (data: object) =>
      whenIn(atDropoff).when('CompleteHandover', data as Record<string, unknown>, driver);
    handing({ ...handover, photos: [] }).refuses('PHOTOS_MISSING');
    handing({ ...handover, odometerKm: 42_099 }).refuses('ODOMETER_BACKWARDS');
    handing({ ...handover, code: '0000' }).refuses('CODE_WRONG');
    handing(uncoded).refuses('SIGNATURE_REQUIRED');
    handing({ ...uncoded, signature }).emits('HandoverCompleted');
    whenIn(inTransit).when('CompleteHandover', handover, driver).refuses('WRONG_STATE');
  });

  it('may be refused by the receiver, then completed or broken off', () => {
    whenIn(inTransit)
      .when('RejectHandover', { ...ref, reason: '흠집' }, driver)
      .refuses('NOT_AT_DROPOFF');
    const disputed = go(atDropoff, ['RejectHandover', { ...ref, reason: '흠집' }]);
    expect(whenIn(disputed).when('CompleteHandover', handover, driver).state().status).toBe('completed');
    expect(whenIn(disputed).when('FailDelivery', fail).state().status).toBe('failed');
  });

  it('fails only with the car on board, and says where it was left', () => {
    expect(stepsOf(interrupted, 'FailDelivery', fail).after).toEqual(['UnbindDelivery', 'ReleaseClaim']);
    whenIn(atPickup).when('FailDelivery', fail).refuses('WRONG_STATE');
    whenIn(completed).when('FailDelivery', fail).refuses('WRONG_STATE');
  });

  it('that failed is worth its fare by the part of the way that is done, and so is the driver’s share', () => {
    const halfway = { lat: (pickup.geo.lat + dropoff.geo.lat) / 2, lon: (pickup.geo.lon + dropoff.geo.lon) / 2 };
    const leftAt = (geo: typeof halfway) => ({ ...fail, vehicleLeftAt: { addressRef: 'roadside', geo } });
    const feeOf = (geo: typeof halfway) =>
      whenIn(interrupted).when('FailDelivery', leftAt(geo)).emits('DeliveryFailed')[0];
    expect(feeOf(pickup.geo)?.data.feeKrw).toBe(0);
    expect(feeOf(dropoff.geo)?.data.feeKrw).toBe(fare.totalKrw);
    const half = Number(feeOf(halfway)?.data.feeKrw);
    expect(Math.abs(half - fare.totalKrw / 2)).toBeLessThan(10);
    // Further away than it was at first: nothing is owed for that.
    expect(feeOf({ lat: 35.18, lon: 129.076 })?.data.feeKrw).toBe(0);
    const { decision } = whenIn(interrupted).when('FailDelivery', leftAt(halfway));
    const unbound = decision.ok ? decision.after.find(({ type }) => type === 'UnbindDelivery') : undefined;
    expect(unbound?.data).toMatchObject({ outcome: 'failed', earningKrw: Math.floor(half * 0.8) });
  });

  it('seals its track once it is over, once', () => {
    const seal = {
      ...ref,
      pointCount: 900,
      distanceM: 15_000,
      polylineSha256: 'd'.repeat(64),
      from: world.now,
      to: world.now,
    };
    whenIn(inTransit).when('SealTrack', seal).refuses('NOT_FINISHED');
    const sealed = go(completed, ['SealTrack', seal]);
    whenIn(sealed).when('SealTrack', seal).refuses('ALREADY_SEALED');
  });
});
