import type { StoredEvent } from '@cargoro/domain';
import { beforeAll, describe, expect, it } from 'vitest';
import { playWorld } from '../played.ts';
import { openVault } from '../sim/play.ts';
import { recordingLog, slice, sliceAnchor } from '../testing.ts';
import { BrokenChecks, selfChecks } from './index.ts';

const world: StoredEvent[] = [];
beforeAll(async () => {
  await playWorld(slice, { log: recordingLog(world), vault: openVault }, { anchor: sliceAnchor });
});

type Fields = Record<string, unknown>;
const first = (type: string): StoredEvent => {
  const found = world.find((event) => event.type === type);
  if (!found) throw new Error(`There is no ${type} in this world`);
  return found;
};
const last = (type: string): StoredEvent => world.findLast((event) => event.type === type) ?? first(type);
const withData = (event: StoredEvent, change: (data: Fields) => Fields): StoredEvent => {
  const data = event.data as Fields;
  return { ...event, data: { ...data, ...change(data) } };
};
const changed = (event: StoredEvent, change: (data: Fields) => Fields) =>
  world.map((one) => (one === event ? withData(one, change) : one));
const without = (...types: readonly string[]) => world.filter(({ type }) => !types.includes(type));
/** The event once more, told differently. */
const again = (event: StoredEvent, change: (data: Fields) => Fields) =>
  world.flatMap((one) => (one === event ? [one, withData(one, change)] : [one]));
const plus = (field: string, by: number) => (data: Fields) => ({ [field]: (data[field] as number) + by });
/** The same moment as ever, but a month has passed since. */
const aMonthLater = (events: readonly StoredEvent[]) => {
  const end = events.at(-1) as StoredEvent;
  return [...events, { ...end, meta: { ...end.meta, correlationId: 'later', occurredAt: '2025-07-20T00:00:00.000Z' } }];
};
/** Somebody else holds the bay at the same time, and is confirmed. */
const bookedTwice = () => {
  const confirmed = first('SlotConfirmed');
  const { holdId } = confirmed.data as Fields;
  const held = world.find(({ type, data }) => type === 'SlotHeld' && (data as Fields).holdId === holdId);
  const other = () => ({ holdId: 'other' });
  return world.flatMap((one) => (one === held || one === confirmed ? [one, withData(one, other)] : [one]));
};

/** What makes each check go red. */
const broken: readonly (readonly [check: RegExp, how: string, events: () => readonly StoredEvent[]])[] = [
  [/^stock on hand/, 'more is issued than was', () => changed(first('StockIssued'), plus('qty', 1))],
  [/^stock on hand/, 'nothing was ever received', () => without('StockReceived')],
  [/^reserved stock/, 'reservations are forgotten', () => without('StockReserved')],
  [/^reserved stock/, 'one is miscounted', () => changed(first('StockReserved'), plus('reservedAfter', 1))],
  [/^invoices are/, 'VAT is rounded up', () => changed(first('InvoiceDrafted'), plus('vatKrw', 1))],
  [/^invoices are/, 'a total is off', () => changed(last('InvoiceDrafted'), plus('totalKrw', -1))],
  [/^completed orders/, 'nobody agreed', () => without('LinesApproved')],
  [
    /^completed orders/,
    'there is no statement',
    () => changed(first('RepairOrderCompleted'), () => ({ statementNo: '' })),
  ],
  [
    /^completed orders/,
    'nobody is responsible',
    () => changed(first('RepairOrderCompleted'), () => ({ responsibleMechanicId: undefined })),
  ],
  [/^each cost/, 'an invoice is booked twice', () => again(first('CostBooked'), () => ({ costId: 'other' }))],
  [/^each cost/, 'invoices were never issued', () => without('InvoiceIssued', 'HandoverCompleted')],
  [/^no bay/, 'two cars are promised one bay', bookedTwice],
  [/^a driver/, 'jobs never end', () => without('DeliveryUnbound')],
  [
    /^each journey/,
    'what is due is never done',
    () => aMonthLater(without('CostBooked', 'MaintenanceUnbooked', 'MaintenanceSkipped')),
  ],
  [/^odometers/, 'a car goes backwards', () => changed(last('OdometerRecorded'), () => ({ km: 1 }))],
  [/^the kilometres/, 'a trip is lost', () => world.filter((event) => event !== first('TripLogged'))],
  [/^the kilometres/, 'a month is closed too far on', () => changed(first('TripLogClosed'), plus('closingKm', 1))],
];

const resultsOf = (events: readonly StoredEvent[]) => {
  const judge = selfChecks();
  for (const event of events) judge.see(event);
  return judge.results();
};

describe('the self-checks', () => {
  it('all hold of a world that was played', () => {
    expect(resultsOf(world).filter(({ problems }) => problems.length > 0)).toEqual([]);
  });

  it.each(broken)('%s goes red when %s', (check, _, events) => {
    const result = resultsOf(events()).find(({ name }) => check.test(name));
    expect(result?.problems).not.toEqual([]);
  });

  it('are each shown to go red', () => {
    for (const { name } of resultsOf([])) expect(broken.some(([check]) => check.test(name)) && name).toBe(name);
  });

  it('are named with what is wrong when they stop the making of a world', () => {
    const results = resultsOf(without('LinesApproved'));
    expect(new BrokenChecks(results).message).toMatch(/completed orders were agreed to in full.*nothing agreed to/);
  });
});
