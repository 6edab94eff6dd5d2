import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../kit/index.ts';
import { checkLaws, given, type World } from '../../kit/testing.ts';
import { Invoice } from '../../repair/invoice/invoice.ts';
import { contractId, step as contractStep, drafted, signed } from '../contract/fleet-contract.fixture.ts';
import { FleetContract } from '../contract/fleet-contract.ts';
import { FleetPolicy } from '../policy/fleet-policy.ts';
import { fleetId, id, vehicleId } from '../vehicle/vehicle.fixture.ts';
import { bookedKrwOf, FleetLedger, isYearClosed } from './fleet-ledger.ts';

const cost = (n: number, supplyKrw: number, more = {}) => ({
  ...{ contractId, costId: id(n), vehicleId, category: 'repair', supplyKrw, vatKrw: Math.floor(supplyKrw / 10) },
  ...{ occurredOn: '2025-06-30', source: { kind: 'invoice', id: `INV-${n}` }, ...more },
});
const budgeted = contractStep(signed, 'SetBudget', { year: 2025, category: 'repair', amountKrw: 1_100_000 });
const contractFact = (events: readonly AnyEvent[]) => ({ aggregate: FleetContract, id: contractId, events });
const world: World = { facts: [contractFact(budgeted)] };
const content = {
  ...{
    autoApproveUnderKrw: 0,
    limits: [],
    allowedWorkshops: [id(3)],
    gradesAllowed: ['oem'],
    planTemplateId: 'standard',
  },
  ...{ pickupRule: { needed: false, payer: 'fleet' }, slaHours: { firstReply: 4, repair: 48 }, hardStop: true },
  tripRules: { purposes: ['business'], entryWithinDays: 7, gapToleranceKm: 5 },
};
const policyEvents = [
  ...given(FleetPolicy)
    .when('DraftPolicy', { policyId: id(9), fleetOrgId: fleetId, appliesTo: { scope: 'all' } })
    .emits('PolicyDrafted'),
  {
    type: 'PolicyPublished',
    data: { policyId: id(9), version: 1, effectiveFrom: '2025-01-01', content, sha256: 'a'.repeat(64) },
  },
];
const strict: World = { facts: [contractFact(budgeted), { aggregate: FleetPolicy, id: id(9), events: policyEvents }] };

const when = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, w = world) =>
  given(FleetLedger, ...events).when(type, input, w);
const step = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, w = world) => {
  const { decision } = when(events, type, input, w);
  if (!decision.ok) throw new Error(`${type}: ${decision.code}`);
  return [...events, ...decision.events];
};
const booked = step([], 'BookCost', cost(1, 500_000));
const reverse = { contractId, year: 2025, costId: id(1), reason: '중복' };

describe('FleetLedger', () => {
  it('opens with the first cost of a year and belongs to the fleet', () => {
    expect(FleetLedger.idOf(cost(1, 1))).toBe(`${contractId}.2025`);
    expect(FleetLedger.idOf(reverse)).toBe(`${contractId}.2025`);
    const [opened] = when([], 'BookCost', cost(1, 1)).emits('LedgerYearOpened', 'CostBooked');
    expect(opened?.data.parties).toEqual([{ kind: 'org', id: fleetId, as: 'fleet' }]);
    when(booked, 'BookCost', cost(2, 1)).emits('CostBooked');
  });

  it('books a document once for a vehicle, whichever ledger it stands in', () => {
    when(booked, 'BookCost', cost(1, 1)).refuses('ALREADY_EXISTS');
    when(booked, 'BookCost', { ...cost(2, 1), source: { kind: 'invoice', id: 'INV-1' } }).refuses('DUPLICATE_SOURCE');
    when(booked, 'BookCost', { ...cost(2, 1), source: { kind: 'receipt', id: 'INV-1' } }).emits('CostBooked');
    const { decision } = when([], 'BookCost', cost(1, 1));
    expect(decision.ok && decision.before).toMatchObject([
      { data: { kind: 'costSource', value: `invoice.INV-1.${vehicleId}`, holder: id(1) }, refusal: 'DUPLICATE_SOURCE' },
    ]);
  });

  it('books a document of its own or one from outside, never one of somebody else', () => {
    const invoice = (payerOrgId: string) => ({
      ...{ aggregate: Invoice, id: 'INV-1' },
      events: [{ type: 'PartyAdded', data: { party: { kind: 'org', id: payerOrgId, as: 'payer' } } }],
    });
    const among = (payerOrgId: string) => ({ facts: [contractFact(budgeted), invoice(payerOrgId)] });
    when([], 'BookCost', cost(1, 1), among(fleetId)).emits('LedgerYearOpened', 'CostBooked');
    when([], 'BookCost', cost(1, 1), among(id(77))).refuses('NOT_FOUND');
  });

  it('books for vehicles the signed contract covered on the day', () => {
    when([], 'BookCost', cost(1, 1, { vehicleId: id(2) })).refuses('VEHICLE_NOT_COVERED');
    when([], 'BookCost', cost(1, 1, { occurredOn: '2024-12-31' })).refuses('VEHICLE_NOT_COVERED');
    when([], 'BookCost', cost(1, 1), { facts: [contractFact(drafted)] }).refuses('VEHICLE_NOT_COVERED');
    when([], 'BookCost', cost(1, 1), {}).refuses('VEHICLE_NOT_COVERED');
  });

  it('reports when 80 and 100 percent of a budget are reached, each time once', () => {
    when([], 'BookCost', cost(1, 799_999)).emits('LedgerYearOpened', 'CostBooked');
    const [, , crossed] = when([], 'BookCost', cost(1, 800_000)).emits(
      'LedgerYearOpened',
      'CostBooked',
      'BudgetThresholdCrossed',
    );
    expect(crossed?.data).toMatchObject({ percent: 80, bookedKrw: 880_000, budgetKrw: 1_100_000 });
    const most = step([], 'BookCost', cost(1, 800_000));
    when(most, 'BookCost', cost(2, 100_000)).emits('CostBooked');
    when(most, 'BookCost', cost(2, 200_000)).emits('CostBooked', 'BudgetThresholdCrossed');
    when([], 'BookCost', cost(1, 2_000_000)).emits(
      'LedgerYearOpened',
      'CostBooked',
      'BudgetThresholdCrossed',
      'BudgetThresholdCrossed',
    );
    when([], 'BookCost', cost(1, 2_000_000, { category: 'fuel' })).emits('LedgerYearOpened', 'CostBooked');
    const nothing = {
      facts: [contractFact(contractStep(signed, 'SetBudget', { year: 2025, category: 'repair', amountKrw: 0 }))],
    };
    when([], 'BookCost', cost(1, 1), nothing).emits(
      'LedgerYearOpened',
      'CostBooked',
      'BudgetThresholdCrossed',
      'BudgetThresholdCrossed',
    );
  });

  it('stops at the budget when the policy in force says so', () => {
    when([], 'BookCost', cost(1, 1_000_000), strict).emits(
      'LedgerYearOpened',
      'CostBooked',
      'BudgetThresholdCrossed',
      'BudgetThresholdCrossed',
    );
    when([], 'BookCost', cost(1, 1_000_001), strict).refuses('HARD_STOP_EXCEEDED');
    when([], 'BookCost', cost(1, 9_000_000, { category: 'fuel' }), strict).emits('LedgerYearOpened', 'CostBooked');
  });

  it('reverses a cost once, which frees its document', () => {
    when(booked, 'ReverseCost', { ...reverse, costId: id(2) }).refuses('COST_UNKNOWN');
    const back = when(booked, 'ReverseCost', reverse);
    expect(back.decision.ok && back.decision.after).toMatchObject([
      { type: 'ReleaseClaim', data: { value: `invoice.INV-1.${vehicleId}` } },
    ]);
    expect(bookedKrwOf(back.state(), 'repair')).toBe(0);
    const reversed = step(booked, 'ReverseCost', reverse);
    when(reversed, 'ReverseCost', reverse).refuses('ALREADY_REVERSED');
    when(reversed, 'BookCost', { ...cost(2, 500_000), source: { kind: 'invoice', id: 'INV-1' } }).emits('CostBooked');
  });

  it('closes a year for good once every trip log is closed', () => {
    const close = { contractId, year: 2025 };
    when(booked, 'CloseLedgerYear', close, { ...world, counts: { openTripLogsOfContract: 1 } }).refuses(
      'OPEN_TRIP_LOGS',
    );
    const [closed] = when(step(booked, 'BookCost', cost(2, 1_000)), 'CloseLedgerYear', close).emits('LedgerYearClosed');
    expect(closed?.data.totals).toEqual([{ category: 'repair', bookedKrw: 551_100, count: 2 }]);
    const after = step(booked, 'CloseLedgerYear', close);
    expect(isYearClosed(when(booked, 'CloseLedgerYear', close).state())).toBe(true);
    when(after, 'BookCost', cost(2, 1)).refuses('YEAR_CLOSED');
    when(after, 'ReverseCost', reverse).refuses('YEAR_CLOSED');
    when(after, 'CloseLedgerYear', close).refuses('YEAR_CLOSED');
  });

  it('agrees with a plain list of costs, whatever is booked and reversed', () => {
    const operation = fc.record({
      kind: fc.constantFrom('book', 'book', 'reverse'),
      n: fc.integer({ min: 1, max: 9 }),
      document: fc.integer({ min: 1, max: 4 }),
      supplyKrw: fc.integer({ min: 0, max: 900_000 }),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 25 }), (operations) => {
        const model = new Map<number, { document: number; krw: number; reversed: boolean }>();
        let log: readonly AnyEvent[] = [];
        const standing = () => [...model.values()].filter((c) => !c.reversed);
        const total = () => standing().reduce((sum, c) => sum + c.krw, 0);
        for (const { kind, n, document, supplyKrw } of operations) {
          if (kind === 'book') {
            const input = cost(n, supplyKrw, { source: { kind: 'invoice', id: `INV-${document}` } });
            const krw = supplyKrw + Math.floor(supplyKrw / 10);
            const expected = model.has(n)
              ? 'ALREADY_EXISTS'
              : standing().some((c) => c.document === document)
                ? 'DUPLICATE_SOURCE'
                : total() + krw > 1_100_000
                  ? 'HARD_STOP_EXCEEDED'
                  : undefined;
            if (expected) when(log, 'BookCost', input, strict).refuses(expected);
            else {
              const reached = [80, 100].filter(
                (p) => total() * 100 < 1_100_000 * p && (total() + krw) * 100 >= 1_100_000 * p,
              );
              const before = log.length;
              log = step(log, 'BookCost', input, strict);
              expect(log.length - before).toBe((before === 0 ? 2 : 1) + reached.length);
              model.set(n, { document, krw, reversed: false });
            }
          } else if (log.length > 0) {
            const input = { ...reverse, costId: id(n) };
            const known = model.get(n);
            if (!known) when(log, 'ReverseCost', input).refuses('COST_UNKNOWN');
            else if (known.reversed) when(log, 'ReverseCost', input).refuses('ALREADY_REVERSED');
            else {
              log = step(log, 'ReverseCost', input);
              model.set(n, { ...known, reversed: true });
            }
          }
          if (log.length > 0) {
            const closed = when(log, 'CloseLedgerYear', { contractId, year: 2025 }).emits('LedgerYearClosed')[0];
            expect(closed?.data.totals).toEqual([{ category: 'repair', bookedKrw: total(), count: standing().length }]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the laws', () =>
    checkLaws(FleetLedger, {
      world,
      samples: { BookCost: [cost(1, 800_000), cost(2, 300_000), cost(3, 5)], ReverseCost: [reverse] },
    }));
});
