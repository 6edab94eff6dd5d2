import { describe, expect, it } from 'vitest';
import { checkLaws } from '../../kit/testing.ts';
import { fleetId, id, registered, vehicleId } from '../vehicle/vehicle.fixture.ts';
import { Vehicle } from '../vehicle/vehicle.ts';
import { contractId, document, draft, drafted, garage, sign, signed, step, when } from './fleet-contract.fixture.ts';
import { budgetOf, coversOn, FleetContract, termsOn } from './fleet-contract.ts';

const at = (now: string) => ({ ...garage, now });
const second = {
  aggregate: Vehicle,
  id: id(2),
  events: [{ type: 'VehicleRegistered', data: { ...registered[0]!.data, vehicleId: id(2) } }],
};
const twoCars = { facts: [...(garage.facts ?? []), second] };

describe('FleetContract', () => {
  it('is drawn up for vehicles of the fleet', () => {
    expect(drafted[0]?.data.parties).toEqual([{ kind: 'org', id: fleetId, as: 'fleet' }]);
    when([], 'DraftContract', { ...draft, endsOn: '2024-12-31' }).refuses('DATES_INVERTED');
    when([], 'DraftContract', { ...draft, vehicleIds: [] }).refuses('NO_VEHICLE');
    when([], 'DraftContract', { ...draft, vehicleIds: [vehicleId, id(2)] }).refuses('NO_ACCESS_TO_VEHICLE');
    const stranger = {
      ...second,
      events: [{ type: 'VehicleRegistered', data: { ...second.events[0]!.data, owner: { kind: 'org', id: id(5) } } }],
    };
    when([], 'DraftContract', { ...draft, vehicleIds: [id(2)] }, { facts: [stranger] }).refuses('NO_ACCESS_TO_VEHICLE');
    when(drafted, 'DraftContract', draft).refuses('ALREADY_EXISTS');
  });

  it('is signed by its document, claiming each vehicle for its kind', () => {
    when(drafted, 'SignContract', { ...sign, documentSha256: undefined }).refuses('DOCUMENT_MISSING');
    const withDocument = step([], 'DraftContract', { ...draft, documentSha256: document });
    when(withDocument, 'SignContract', { ...sign, documentSha256: undefined }).emits('ContractSigned');
    const { decision } = when(drafted, 'SignContract', sign);
    expect(decision.ok && decision.before).toMatchObject([
      {
        data: { kind: 'contractKind', value: `lease.${vehicleId}`, holder: contractId },
        refusal: 'VEHICLE_HAS_SAME_KIND',
      },
    ]);
    const empty = step(drafted, 'RemoveVehicle', { vehicleId, on: '2025-01-01', reason: '취소' });
    when(empty, 'SignContract', sign).refuses('NO_VEHICLE');
    when(signed, 'SignContract', sign).refuses('WRONG_STATE');
  });

  it('takes vehicles in and lets them go, and knows on which days it covered them', () => {
    const add = { vehicleId: id(2), on: '2025-07-01' };
    when(signed, 'AddVehicle', { ...add, vehicleId }).refuses('ALREADY_IN');
    when(signed, 'AddVehicle', add).refuses('NO_ACCESS_TO_VEHICLE');
    const { decision } = when(signed, 'AddVehicle', add, twoCars);
    expect(decision.ok && decision.before).toMatchObject([
      { data: { value: `lease.${id(2)}` }, refusal: 'VEHICLE_HAS_SAME_KIND' },
    ]);
    const inDraft = when(drafted, 'AddVehicle', add, twoCars).decision;
    expect(inDraft.ok && inDraft.before).toEqual([]);
    const both = step(signed, 'AddVehicle', add, twoCars);
    const remove = { vehicleId: id(2), on: '2025-08-31', reason: '사고 폐차' };
    when(signed, 'RemoveVehicle', remove).refuses('NOT_IN');
    when(both, 'RemoveVehicle', { ...remove, on: '2025-06-30' }).refuses('DATES_INVERTED');
    const gone = when(both, 'RemoveVehicle', remove);
    expect(gone.decision.ok && gone.decision.after).toMatchObject([
      { type: 'ReleaseClaim', data: { value: `lease.${id(2)}` } },
    ]);
    const days = ['2025-06-30', '2025-07-01', '2025-08-31', '2025-09-01'].map((day) =>
      coversOn(gone.state(), id(2), day),
    );
    expect(days).toEqual([false, true, true, false]);
    expect(coversOn(when([], 'DraftContract', draft).state(), vehicleId, '2025-07-01')).toBe(false);
    when(step(both, 'RemoveVehicle', remove), 'AddVehicle', { ...add, on: '2025-10-01' }, twoCars).emits(
      'ContractVehicleAdded',
    );
  });

  it('amends terms from a day on and remembers what applied before', () => {
    const amend = { changes: { monthlyFeeKrw: 550_000 }, effectiveFrom: '2025-07-01', reason: '재협상' };
    when(drafted, 'AmendTerms', amend).refuses('NOT_ACTIVE');
    when(signed, 'AmendTerms', { ...amend, effectiveFrom: '2025-06-29' }).refuses('EFFECTIVE_IN_PAST');
    when(signed, 'AmendTerms', { ...amend, changes: { monthlyFeeKrw: 600_000 } }).emits();
    const [amended] = when(signed, 'AmendTerms', { ...amend, changes: { ...amend.changes, depositKrw: 0 } }).emits(
      'TermsAmended',
    );
    expect(amended?.data).toMatchObject({ changes: { monthlyFeeKrw: 550_000 }, before: { monthlyFeeKrw: 600_000 } });
    expect(amended?.data.changes).not.toHaveProperty('depositKrw');
    const state = when(signed, 'AmendTerms', amend).state();
    expect(['2025-06-30', '2025-07-01'].map((day) => termsOn(state, day)?.monthlyFeeKrw)).toEqual([600_000, 550_000]);
    expect(termsOn(state, '2025-07-01')?.counterparty).toBe('온누리캐피탈');
  });

  it('has a budget per year and kind of cost', () => {
    const budget = { year: 2025, category: 'repair', amountKrw: 1_000_000 };
    when(signed, 'SetBudget', { ...budget, amountKrw: -1 }).refuses('NEGATIVE');
    const set = step(signed, 'SetBudget', budget);
    const [changed] = when(set, 'SetBudget', { ...budget, amountKrw: 2 }).emits('BudgetSet');
    expect(changed?.data.before).toBe(1_000_000);
    when(set, 'SetBudget', budget).emits();
    const state = when(signed, 'SetBudget', budget).state();
    expect([budgetOf(state, 2025, 'repair'), budgetOf(state, 2026, 'repair'), budgetOf(state, 2025, 'fuel')]).toEqual([
      1_000_000,
      undefined,
      undefined,
    ]);
  });

  it('expires with 60 days’ notice and may be renewed', () => {
    when(signed, 'MarkExpiring', {}, at('2025-10-31T14:59:00.000Z')).refuses('TOO_EARLY');
    const expiring = step(signed, 'MarkExpiring', {}, at('2025-10-31T15:00:00.000Z'));
    when(expiring, 'MarkExpiring', {}).refuses('NOT_ACTIVE');
    when(expiring, 'RenewContract', { newEndsOn: '2025-12-31' }).refuses('DATES_INVERTED');
    const renewed = when(expiring, 'RenewContract', {
      newEndsOn: '2026-12-31',
      terms: { monthlyFeeKrw: 500_000 },
    }).state();
    expect(renewed).toMatchObject({ status: 'active', endsOn: '2026-12-31' });
    expect(['2025-12-30', '2026-01-01'].map((day) => termsOn(renewed, day)?.monthlyFeeKrw)).toEqual([600_000, 500_000]);
    when(drafted, 'RenewContract', { newEndsOn: '2026-12-31' }).refuses('NOT_ACTIVE');
  });

  it('ends in its time or is terminated, letting its vehicles go', () => {
    when(signed, 'EndContract', {}, at('2025-12-30T14:59:00.000Z')).refuses('TOO_EARLY');
    const ended = when(signed, 'EndContract', {}, at('2025-12-30T15:00:00.000Z'));
    expect(ended.state().status).toBe('ended');
    expect(ended.decision.ok && ended.decision.after).toMatchObject([
      { type: 'ReleaseClaim', data: { value: `lease.${vehicleId}` } },
    ]);
    const terminate = { on: '2025-07-01', penaltyKrw: 300_000, reason: '차량 축소' };
    when(signed, 'TerminateContract', { ...terminate, on: '2024-12-31' }).refuses('DATES_INVERTED');
    const terminated = when(signed, 'TerminateContract', terminate);
    expect(terminated.state().status).toBe('terminated');
    expect(terminated.decision.ok && terminated.decision.after).toHaveLength(1);
    for (const type of ['EndContract', 'MarkExpiring'])
      when([...signed, ...terminated.emits('ContractTerminated')], type, {}).refuses('NOT_ACTIVE');
  });

  it('keeps the laws', () =>
    checkLaws(FleetContract, {
      world: garage,
      samples: {
        DraftContract: [draft],
        SignContract: [sign],
        AddVehicle: [{ contractId, vehicleId, on: '2025-07-01' }],
        AmendTerms: [{ contractId, changes: { monthlyFeeKrw: 1 }, effectiveFrom: '2025-07-02', reason: '재협상' }],
        RenewContract: [{ contractId, newEndsOn: '2026-12-31', terms: { depositKrw: 5 } }],
      },
    }));
});
