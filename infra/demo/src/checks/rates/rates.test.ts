import type { StoredEvent } from '@cargoro/domain';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { sliceSize } from '../../living/size.ts';
import { playWorld } from '../../played.ts';
import { openVault } from '../../sim/play.ts';
import { recordingLog, slice, sliceAnchor } from '../../testing.ts';
import type { Data } from '../check.ts';
import { BrokenChecks, selfChecks } from '../index.ts';
import { holds, type MeasuredRate } from './rate.ts';
import { ratesTable } from './table.ts';

// Seven weeks are played, seconds of work, on machines that have other work too.
vi.setConfig({ hookTimeout: 240_000, testTimeout: 120_000 });

/** Large enough that each rate has its cases, and small enough for a test. */
const town = {
  ...slice,
  size: {
    ...{ ...sliceSize, workshops: 4, owners: 60, privateCars: 90, fleets: 2, fleetCars: 24, members: 24 },
    ...{ drivers: 24, parts: 210, days: 50, carsPerBay: 0.9, relocations: 3 },
  },
};
const world: StoredEvent[] = [];
beforeAll(async () => {
  await playWorld(town, { log: recordingLog(world), vault: openVault }, { anchor: sliceAnchor });
});

/** What is told instead of an event. */
type Change = (event: StoredEvent) => readonly StoredEvent[];
const as =
  (...types: readonly string[]): Change =>
  (event) =>
    types.map((type) => ({ ...event, type }));
const told =
  (change: (data: Data) => Data): Change =>
  (event) => [{ ...event, data: { ...(event.data as Data), ...change(event.data as Data) } }];
const later =
  (days: number): Change =>
  (event) => {
    const occurredAt = new Date(Date.parse(event.meta.occurredAt) + days * 86_400_000).toISOString();
    return [{ ...event, meta: { ...event.meta, occurredAt } }];
  };
/** The event as it is, and another one of the same record. */
const and =
  (type: string, data: (event: StoredEvent) => Data = () => ({})): Change =>
  (event) => [event, { ...event, type, data: { ...(event.data as Data), ...data(event) } }];
const findings = ({ findings: found }: Data) =>
  ({ findings: [...found, ...found, ...found].map((one) => ({ ...one, severity: 'urgent' })) }) as Data;

/** Worlds in which things happen too often or too seldom, and the rates that are to tell it. */
const wrong: readonly (readonly [how: string, rates: RegExp, changes: Readonly<Record<string, Change>>])[] = [
  [
    'what should happen does not',
    /^(reservations: |estimates: (all lines|declined)|inspected |offers: (accepted|declined)|lines of suppliers: )/,
    {
      ReservationConfirmed: as('ReservationDeclined'),
      LinesApproved: as('LinesDeclined'),
      InspectionPassed: as('InspectionFailed'),
      OfferAccepted: as('OfferDeclined'),
      GoodsReceived: later(9),
    },
  ],
  [
    'what seldom happens always does',
    /^(.*: rescheduled|estimates: part|approvals|.*: more was found|.*: a substitute|.*: a second round|hand-overs: |.*: put right|trips: late|payments: (card|account|transfer))/,
    {
      ReservationConfirmed: and('ReservationRescheduled'),
      LinesApproved: (event) => [...later(5)(event), ...as('LinesDeferred')(event)],
      WorkStarted: and('AdditionalWorkReported', () => ({ findings: [] })),
      PartShortageNoted: and('PartSubstituted'),
      DriverOffered: told(() => ({ round: 2 })),
      ArrivedAtDropoff: and('HandoverRejected'),
      HandoverCompleted: told(() => ({ newDamages: [{ zone: '앞범퍼' }] })),
      OdometerCorrected: later(3),
      TripLogged: later(1),
      PaymentRecorded: told(() => ({ method: 'account' })),
    },
  ],
  [
    'nothing goes well',
    /^(.*: (nobody came|cancelled late)|findings|estimates: expired|.*: back in|.*: too little|counted|differences|offers: expired|.*: nobody took|.*: something happened|.*: mistyped|trips: (business|commute|private)|.*: a gap|payments: cash|.*: overdue)/,
    {
      ReservationConfirmed: (event) => [event, ...as('NoShowRecorded', 'ReservationCancelled')(event)],
      DiagnosisRecorded: told(findings),
      EstimateSent: and('EstimateExpired'),
      RepairOrderCompleted: and('RepairOrderOpened', ({ data }) => ({ warrantyOf: (data as Data).repairOrderId })),
      PartRequested: and('PartShortageNoted'),
      CountStarted: and('StockAdjusted', () => ({ deltaQty: 1 })),
      OfferAccepted: as('OfferAccepted', 'OfferExpired', 'DispatchExhausted'),
      Departed: and('IncidentReported'),
      OdometerRecorded: and('OdometerCorrected', ({ id }) => ({ supersedesEventId: id })),
      TripLogged: told(() => ({ purpose: 'private' })),
      TripStarted: told(() => ({ purpose: 'private' })),
      TripLogClosed: and('GapExplained'),
      PaymentRecorded: told(() => ({ method: 'cash' })),
      InvoiceIssued: and('InvoiceOverdue'),
    },
  ],
];

const judgeOf = (events: readonly StoredEvent[]) => {
  const judge = selfChecks({ areRatesHeld: true });
  for (const event of events) judge.see(event);
  return judge;
};
const namesOf = (rates: readonly MeasuredRate[]) => rates.map(({ name }) => name);
const changed = (changes: Readonly<Record<string, Change>>) =>
  world.flatMap((event) => changes[event.type]?.(event) ?? [event]);

describe('how often things happen', () => {
  it('is as it is said in a small world too, but for accounts, which are paid after a month', () => {
    const off = judgeOf(world)
      .rates()
      .filter((rate) => !holds(rate) && !rate.name.startsWith('payments: '));
    expect(ratesTable(off)).toBe(ratesTable([]));
  });

  it.each(wrong)('is told when it is not: %s', (_, which, changes) => {
    const rates = judgeOf(changed(changes)).rates();
    const named = namesOf(rates).filter((name) => which.test(name));
    expect(namesOf(rates.filter((rate) => !holds(rate)))).toEqual(expect.arrayContaining(named));
  });

  it('is shown to be told of each rate', () => {
    const unshown = namesOf(judgeOf([]).rates()).filter((name) => !wrong.some(([, which]) => which.test(name)));
    expect(unshown).toEqual([]);
  });

  it('stops the making of a world that has the wrong share of something', () => {
    const results = judgeOf(changed({ ReservationConfirmed: as('ReservationDeclined') })).results();
    expect(new BrokenChecks(results).message).toMatch(
      /things happen as often as they are said to: \d+, such as reservations: confirmed: said 91 %, found 0\.00 % of \d+/,
    );
  });

  it('is nothing like it is said where it never happens at all', () => {
    expect(judgeOf([]).rates().filter(holds)).toEqual([]);
  });
});

it('is told in a table, one rate below the other', () => {
  const between = [0, 100] as const;
  const rates: MeasuredRate[] = [
    { name: 'offers: accepted', said: 66, found: 65.918, of: 3_489, unit: '%', between },
    { name: 'findings', said: 1.9, found: 1.93, of: 47, unit: '', between },
  ];
  expect(ratesTable(rates)).toBe(
    [
      'rate              said    found      n',
      'offers: accepted  66 %  65.92 %  3,489',
      'findings           1.9     1.93     47',
    ].join('\n'),
  );
});
