import { describe, expect, it } from 'vitest';
import type { AnyEvent } from '../../kit/index.ts';
import { checkLaws, given, type World } from '../../kit/testing.ts';
import { approvalLimitOf, FleetPolicy, policyInForce } from './fleet-policy.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const policyId = id(1);
const draft = { policyId, fleetOrgId: id(2), appliesTo: { scope: 'all' } };
const content = {
  autoApproveUnderKrw: 200_000,
  limits: [
    { role: 'FLEET_APPROVER', maxKrw: 1_000_000 },
    { role: 'FLEET_MANAGER', maxKrw: 5_000_000 },
  ],
  ...{ allowedWorkshops: [id(3)], gradesAllowed: ['oem', 'reman'], planTemplateId: 'standard', hardStop: true },
  pickupRule: { needed: true, payer: 'fleet' },
  slaHours: { firstReply: 4, repair: 48 },
  tripRules: { purposes: ['commute', 'business'], entryWithinDays: 7, gapToleranceKm: 5 },
};
const publish = (version: number, effectiveFrom: string, more = {}) => ({
  ...{ policyId, version, effectiveFrom, content: { ...content, ...more } },
});
const drafted = given(FleetPolicy).when('DraftPolicy', draft).emits('PolicyDrafted');
const when = (events: readonly AnyEvent[], type: string, input: Record<string, unknown>, world: World = {}) =>
  given(FleetPolicy, ...events).when(type, input, world);
const published = [...drafted, ...when(drafted, 'PublishPolicy', publish(1, '2025-06-30')).emits('PolicyPublished')];

describe('FleetPolicy', () => {
  it('belongs to its fleet', () => {
    expect(drafted[0]?.data.parties).toEqual([{ kind: 'org', id: id(2), as: 'fleet' }]);
    when(drafted, 'DraftPolicy', draft).refuses('ALREADY_EXISTS');
  });

  it('is edited as a draft only', () => {
    const edit = { policyId, changes: { appliesTo: { scope: 'vehicleGroup', vehicleGroup: 'sales' } } };
    expect(when(drafted, 'EditPolicy', edit).state()).toMatchObject({ appliesTo: { vehicleGroup: 'sales' } });
    when(published, 'EditPolicy', edit).refuses('NOT_DRAFT');
    expect(() => when(drafted, 'EditPolicy', { policyId, changes: {} })).toThrow();
    expect(() =>
      when(drafted, 'EditPolicy', { policyId, changes: { appliesTo: { scope: 'vehicleGroup' } } }),
    ).toThrow();
  });

  it('is published version by version, never into the past', () => {
    when(drafted, 'PublishPolicy', publish(2, '2025-06-30')).refuses('VERSION_NOT_NEXT');
    when(drafted, 'PublishPolicy', publish(1, '2025-06-29')).refuses('EFFECTIVE_IN_PAST');
    when(published, 'PublishPolicy', publish(1, '2025-07-01')).refuses('VERSION_NOT_NEXT');
    when(published, 'PublishPolicy', publish(2, '2025-07-01')).emits('PolicyPublished');
  });

  it('needs rising limits and a workshop', () => {
    const falling = [...content.limits].reverse();
    const level = content.limits.map((limit) => ({ ...limit, maxKrw: 1 }));
    when(drafted, 'PublishPolicy', publish(1, '2025-06-30', { limits: falling })).refuses('LIMITS_NOT_ASCENDING');
    when(drafted, 'PublishPolicy', publish(1, '2025-06-30', { limits: level })).refuses('LIMITS_NOT_ASCENDING');
    when(drafted, 'PublishPolicy', publish(1, '2025-06-30', { limits: [] })).emits('PolicyPublished');
    when(drafted, 'PublishPolicy', publish(1, '2025-06-30', { allowedWorkshops: [] })).refuses('NO_ALLOWED_WORKSHOP');
  });

  it('answers which version applied on a day, with its fingerprint', () => {
    const state = when(published, 'PublishPolicy', publish(2, '2025-08-01', { autoApproveUnderKrw: 300_000 })).state();
    expect(policyInForce(state, '2025-06-29')).toBeUndefined();
    expect(policyInForce(state, '2025-07-31')?.version).toBe(1);
    expect(policyInForce(state, '2025-08-01')?.content.autoApproveUnderKrw).toBe(300_000);
    expect(policyInForce(state, '2025-07-31')?.sha256).not.toBe(policyInForce(state, '2025-08-01')?.sha256);
    const inForce = policyInForce(state, '2025-08-01')!.content;
    expect(approvalLimitOf(inForce, 'FLEET_MANAGER')).toBe(5_000_000);
    expect(approvalLimitOf(inForce, 'FLEET_MEMBER')).toBeUndefined();
  });

  it('is retired while another policy covers its vehicles', () => {
    const retire = { policyId, on: '2025-07-01', reason: '통합' };
    when(published, 'RetirePolicy', retire, { counts: { publishedPoliciesOfGroup: 1 } }).refuses(
      'LAST_POLICY_FOR_GROUP',
    );
    when(drafted, 'RetirePolicy', retire).emits('PolicyRetired');
    const state = when(published, 'RetirePolicy', retire, { counts: { publishedPoliciesOfGroup: 2 } }).state();
    expect([policyInForce(state, '2025-06-30')?.version, policyInForce(state, '2025-07-01')]).toEqual([1, undefined]);
    const retired = [...published, { type: 'PolicyRetired', data: retire }];
    when(retired, 'PublishPolicy', publish(2, '2025-07-01')).refuses('WRONG_STATE');
  });

  it('keeps the laws', () =>
    checkLaws(FleetPolicy, {
      world: { counts: { publishedPoliciesOfGroup: 2 } },
      samples: {
        DraftPolicy: [draft],
        EditPolicy: [{ policyId, changes: { content } }],
        PublishPolicy: [publish(1, '2025-07-02'), publish(2, '2025-07-02')],
      },
    }));
});
