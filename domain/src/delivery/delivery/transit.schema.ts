import { z } from 'zod';
import { command, event, text } from '../../kit/index.ts';
import { Code, DateTime, FileRef, Geo, Km, Line, Prose, Sha256, Won } from '../../shared/values.ts';
import { dispatch, driver, Ref } from './request.schema.ts';
import { Damage, LeftAt, OneTimeCode, PersonRef, SlotPhoto } from './value.schema.ts';

const Arrive = Ref.extend({
  geo: Geo,
  /** Needed when the place is further than 500 m away. */
  reason: Line.optional(),
});
const proof = { signature: FileRef.optional(), code: OneTimeCode.optional() };
const Inspect = Ref.extend({
  odometerKm: Km,
  fuelPct: z.int().min(0).max(100),
  photos: z.array(SlotPhoto).max(60),
  damages: z.array(Damage).max(60).default([]),
  giver: PersonRef,
  ...proof,
});
const Handover = Ref.extend({
  receiver: PersonRef,
  odometerKm: Km,
  photos: z.array(SlotPhoto).max(60),
  newDamages: z.array(Damage).max(60).default([]),
  ...proof,
});
const Incident = Ref.extend({
  kind: z.enum(['accident', 'breakdown', 'violation', 'delay', 'damage']).meta({ id: 'IncidentKind' }),
  severity: z.enum(['minor', 'major', 'critical']).meta({ id: 'IncidentSeverity' }),
  geo: Geo,
  photos: z.array(FileRef).max(60).default([]),
  claimNo: Code.optional(),
});
const Resolve = Ref.extend({ resolution: Prose });
const Eta = Ref.extend({ eta: DateTime, cause: Line });
const Reject = Ref.extend({ reason: Line, photos: z.array(FileRef).max(60).default([]) });
const Track = Ref.extend({
  pointCount: z.int().min(0).max(10_000_000),
  distanceM: z.int().min(0).max(5_000_000),
  polylineSha256: Sha256,
  from: DateTime,
  to: DateTime,
});
const Fail = Ref.extend({ reason: Line, vehicleLeftAt: LeftAt });

const drivers = [driver];
const driverOrDispatch = [driver, ...dispatch];
export const underway = ['inspectedOut', 'inTransit', 'interrupted', 'atDropoff', 'disputed'] as const;

export const transitCommands = {
  StartToPickup: command({
    label: text('인수지로 출발하기', 'Start to pick-up'),
    doc: text('차량을 인수하러 출발한다.', 'Sets out to pick the car up.'),
    by: drivers,
    in: ['assigned'],
    emits: ['PickupStarted'],
    refuses: ['NOT_YOUR_JOB'],
    input: Ref,
  }),
  ArriveAtPickup: command({
    label: text('인수지 도착하기', 'Arrive at pick-up'),
    doc: text('인수지 도착을 기록한다.', 'Records the arrival where the car stands.'),
    by: drivers,
    in: ['enRouteToPickup'],
    emits: ['ArrivedAtPickup'],
    refuses: ['GEOFENCE_MISMATCH', 'NOT_YOUR_JOB'],
    input: Arrive,
  }),
  InspectAtPickup: command({
    label: text('인수 점검하기', 'Inspect at pick-up'),
    doc: text('사진과 주행거리로 인수 상태를 남긴다.', 'Records the car’s condition before it is driven.'),
    by: drivers,
    in: ['atPickup'],
    emits: ['PickupInspected'],
    refuses: ['CODE_WRONG', 'NOT_YOUR_JOB', 'ODOMETER_BACKWARDS', 'PHOTOS_MISSING', 'SIGNATURE_REQUIRED'],
    input: Inspect,
  }),
  Depart: command({
    label: text('출발하기', 'Depart'),
    doc: text('차량을 몰고 출발한다.', 'Drives off with the car.'),
    by: drivers,
    in: ['inspectedOut'],
    emits: ['Departed'],
    refuses: ['NOT_YOUR_JOB'],
    input: Ref,
  }),
  ReportIncident: command({
    label: text('사고 알리기', 'Report incident'),
    doc: text('운행 중 사고나 지연을 알린다.', 'Reports an accident, breakdown or delay on the way.'),
    by: drivers,
    in: ['inTransit', 'interrupted'],
    emits: ['IncidentReported'],
    refuses: ['INCIDENT_OPEN', 'NOT_YOUR_JOB'],
    input: Incident,
  }),
  ResolveIncident: command({
    label: text('사고 해결하기', 'Resolve incident'),
    doc: text('문제를 해결하고 운행을 잇는다.', 'Ends the incident; the journey goes on.'),
    by: driverOrDispatch,
    in: ['interrupted'],
    emits: ['IncidentResolved'],
    refuses: ['NOT_YOUR_JOB'],
    input: Resolve,
  }),
  ReviseEta: command({
    label: text('도착 예정 바꾸기', 'Revise arrival time'),
    doc: text('10분 넘게 달라진 도착 예정을 알린다.', 'Tells of an arrival that moved by ten minutes or more.'),
    by: driverOrDispatch,
    in: ['assigned', 'enRouteToPickup', 'atPickup', 'inspectedOut', 'inTransit', 'interrupted'],
    emits: ['EtaRevised'],
    refuses: ['CHANGE_TOO_SMALL', 'NOT_YOUR_JOB'],
    input: Eta,
  }),
  ArriveAtDropoff: command({
    label: text('인계지 도착하기', 'Arrive at drop-off'),
    doc: text('인계지 도착을 기록한다.', 'Records the arrival at the destination.'),
    by: drivers,
    in: ['inTransit', 'interrupted'],
    emits: ['ArrivedAtDropoff'],
    refuses: ['GEOFENCE_MISMATCH', 'INCIDENT_OPEN', 'NOT_YOUR_JOB'],
    input: Arrive,
  }),
  CompleteHandover: command({
    label: text('인계 마치기', 'Complete hand-over'),
    doc: text('사진과 서명이나 코드로 인계를 마친다.', 'Hands the car over against a signature or code.'),
    by: drivers,
    in: ['atDropoff', 'disputed', 'interrupted'],
    emits: ['HandoverCompleted'],
    refuses: [
      'CODE_WRONG',
      'INCIDENT_OPEN',
      'NOT_YOUR_JOB',
      'ODOMETER_BACKWARDS',
      'PHOTOS_MISSING',
      'SIGNATURE_REQUIRED',
    ],
    input: Handover,
  }),
  RejectHandover: command({
    label: text('인수 거절 기록하기', 'Record refused hand-over'),
    doc: text('받는 사람이 인수를 거절했음을 남긴다.', 'Records that the receiver refuses the car.'),
    by: driverOrDispatch,
    in: ['atDropoff'],
    otherwise: 'NOT_AT_DROPOFF',
    emits: ['HandoverRejected'],
    refuses: ['NOT_YOUR_JOB'],
    input: Reject,
  }),
  SealTrack: command({
    label: text('경로 봉인하기', 'Seal track'),
    doc: text('운행 경로의 지문을 남긴다.', 'Seals the track of the journey with its fingerprint.'),
    by: [],
    internal: true,
    in: ['completed', 'failed'],
    otherwise: 'NOT_FINISHED',
    emits: ['TrackSealed'],
    refuses: ['ALREADY_SEALED'],
    input: Track,
  }),
  FailDelivery: command({
    label: text('탁송 중단하기', 'Fail delivery'),
    doc: text(
      '인수 후 탁송을 중단하고 차량 위치를 남긴다.',
      'Breaks a delivery off after pick-up; says where the car is.',
    ),
    by: dispatch,
    in: underway,
    emits: ['DeliveryFailed'],
    input: Fail,
  }),
};

/** How the person at the place agreed: the code itself is never kept. */
const proven = { proof: z.enum(['signature', 'code']).meta({ id: 'HandoverProof' }), signature: FileRef.optional() };

export const transitEvents = {
  /** `wayM`: how far the pick-up is from where the driver was last known to be, in metres. */
  PickupStarted: event(Ref.extend({ wayM: z.int().min(0).optional() })),
  ArrivedAtPickup: event(Arrive.extend({ distanceFromTargetM: z.int().min(0) })),
  PickupInspected: event(Inspect.omit({ code: true }).extend(proven)),
  Departed: event(Ref),
  IncidentReported: event(Incident),
  IncidentResolved: event(Resolve),
  EtaRevised: event(Eta),
  ArrivedAtDropoff: event(Arrive.extend({ distanceFromTargetM: z.int().min(0) })),
  HandoverCompleted: event(
    Handover.omit({ code: true }).extend({ ...proven, distanceKm: z.int().min(0), minutes: z.int().min(0) }),
  ),
  HandoverRejected: event(Reject),
  TrackSealed: event(Track),
  /** `feeKrw`: what is owed for the way that was driven. */
  DeliveryFailed: event(Fail.extend({ feeKrw: Won.default(0) })),
};
