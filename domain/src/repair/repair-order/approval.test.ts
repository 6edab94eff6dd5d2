import { describe, expect, it } from 'vitest';
import { FleetPolicy } from '../../fleet/policy/fleet-policy.ts';
import { given, type World } from '../../kit/testing.ts';
import { id, ids, tell } from '../sample-world.ts';
import { RepairOrder, type RepairOrderState } from './repair-order.ts';
import {
  advisor,
  approve,
  approved,
  by,
  customer,
  diagnosed,
  draft,
  inProgress,
  labour,
  labourId,
  oil,
  oilId,
  open,
  opened,
  order,
  partLineId,
  send,
  sent,
  whenIn,
  world,
} from './sample-order.ts';

type Live = Exclude<RepairOrderState, { status: 'none' }>;
const after = (events: typeof sent, type: string, data: Record<string, unknown>, at = world) =>
  whenIn(events).when(type, data, at).state() as Live;
const _lineStates = ({ lines }: Live) =>
  Object.fromEntries(Object.values(lines).map((line) => [line.lineId, line.state]));
const evidence = { objectId: 'calls/1', sha256: 'c'.repeat(64) };
const decline = (...lineIds: string[]) => ({
  repairOrderId: open.repairOrderId,
  lineIds,
  reason: '다음에',
  safetyAcknowledged: true,
});

describe('Answering an estimate', () => {
  it('is approved line by line, with the total agreed so far', () => {
    const [event] = whenIn(sent).when('ApproveLines', approve(1, labourId), customer).emits('LinesApproved');
    expect(event?.data).toMatchObject({ approvedTotalKrw: 49_500 });
    const [rest] = whenIn([...sent, event!])
      .when('ApproveLines', approve(1, labourId, partLineId), customer)
      .emits('LinesApproved');
    expect(rest?.data).toMatchObject({ lineIds: [partLineId], approvedTotalKrw: 115_505 });
    whenIn(approved).when('ApproveLines', approve(1, labourId), customer).emits();
    whenIn(sent)
      .when('ApproveLines', approve(1, id(97)), customer)
      .refuses('NOT_FOUND');
  });

  it('lets the client choose another grade that was offered', () => {
    const choosing = (grade: string) => ({ ...approve(1, partLineId), choices: [{ lineId: partLineId, grade }] });
    const state = after(sent, 'ApproveLines', choosing('certifiedAlt'), customer);
    expect(state.lines[partLineId]).toMatchObject({ grade: 'certifiedAlt', partId: 'pad-alt', unitPriceKrw: 39_000 });
    expect(state.approvedKrw).toBe(42_900);
    whenIn(sent).when('ApproveLines', choosing('used'), customer).refuses('GRADE_CHOICE_MISSING');
  });

  it('is refused for another version, or after the time to answer', () => {
    whenIn(sent).when('ApproveLines', approve(2, labourId), customer).refuses('STALE_VERSION');
    whenIn(diagnosed).when('ApproveLines', approve(1, labourId), customer).refuses('STALE_VERSION');
    const late = { ...customer, now: '2025-07-02T01:00:01.000Z' };
    whenIn(sent).when('ApproveLines', approve(1, labourId), late).refuses('ESTIMATE_EXPIRED');
    const short = order(
      diagnosed,
      ['DraftEstimate', { ...draft(1, labour), validUntil: '2025-06-30' }],
      ['SendEstimate', send(1)],
    );
    whenIn(short)
      .when('ApproveLines', approve(1, labourId), { ...customer, now: '2025-06-30T15:00:00.000Z' })
      .refuses('ESTIMATE_EXPIRED');
  });

  it('counts only from the client, or written down by the workshop with evidence', () => {
    const approving = (data: object, at = customer) =>
      whenIn(sent).when('ApproveLines', { ...approve(1, labourId), ...data }, at);
    approving({ approver: { kind: 'owner', id: id(98) } }).refuses('NOT_AUTHORISED_APPROVER');
    approving({}, advisor).refuses('NOT_AUTHORISED_APPROVER');
    approving({ method: 'phone' }, advisor).refuses('EVIDENCE_REQUIRED');
    approving({ method: 'inPerson' }, advisor).refuses('EVIDENCE_REQUIRED');
    approving({ method: 'phone', evidence }, advisor).emits('LinesApproved');
    approving({ method: 'policyAuto', approver: { kind: 'policy', id: 'v3' } }, advisor).refuses(
      'NOT_AUTHORISED_APPROVER',
    );
  });

  it('is given for a fleet by its approvers or by its policy', () => {
    const fleet = { kind: 'fleet', id: ids.fleetOrg };
    const fleetSent = order(
      [],
      ['OpenRepairOrder', { ...open, customer: fleet, payer: fleet }],
      ...([
        ['RecordDiagnosis', diagnosed[1]!.data],
        ['DraftEstimate', draft(1, labour)],
        ['SendEstimate', send(1)],
      ] as const),
    );
    const approving = (id_: string, at = world, more = {}) =>
      whenIn(fleetSent).when(
        'ApproveLines',
        { ...approve(1, labourId), approver: { kind: 'fleet', id: id_ }, ...more },
        at,
      );
    const fleetApprover = by({ id: ids.approver, orgId: ids.fleetOrg, role: 'FLEET_APPROVER' });
    approving(ids.approver, fleetApprover).emits('LinesApproved');
    approving(ids.fleetOrg, fleetApprover).emits('LinesApproved');
    approving(ids.advisor, fleetApprover).refuses('NOT_AUTHORISED_APPROVER');
    approving('v3', world, { approver: { kind: 'policy', id: 'v3' }, method: 'policyAuto' }).emits('LinesApproved');
  });

  it('keeps to the limits of the fleet’s policy, and below what the policy approves by itself', () => {
    const fleet = { kind: 'fleet', id: ids.fleetOrg };
    const policyId = id(80);
    const content = {
      autoApproveUnderKrw: 49_501,
      limits: [{ role: 'FLEET_APPROVER', maxKrw: 50_000 }],
      allowedWorkshops: [ids.workshop],
      gradesAllowed: ['oem'],
      planTemplateId: 'basic',
      pickupRule: { needed: false, payer: 'fleet' },
      slaHours: { firstReply: 4, repair: 48 },
      tripRules: { purposes: ['business'], entryWithinDays: 7, gapToleranceKm: 5 },
      hardStop: false,
    };
    const events = [
      { type: 'PolicyDrafted', data: { policyId, fleetOrgId: ids.fleetOrg, appliesTo: { scope: 'all' }, parties: [] } },
      {
        type: 'PolicyPublished',
        data: { policyId, version: 1, effectiveFrom: '2025-06-01', content, sha256: 'e'.repeat(64) },
      },
    ];
    const ruled = { ...world, facts: [...(world.facts ?? []), { aggregate: FleetPolicy, id: policyId, events }] };
    const fleetSent = order(
      [],
      ['OpenRepairOrder', { ...open, customer: fleet, payer: fleet, policyId }],
      ['RecordDiagnosis', diagnosed[1]!.data],
      ['DraftEstimate', draft(1, labour, { ...labour, lineId: partLineId })],
      ['SendEstimate', send(1)],
    );
    const approving = (lineIds: string[], more: object, at: World) =>
      whenIn(fleetSent).when('ApproveLines', { ...approve(1, ...lineIds), ...more }, at);
    const byPerson = { approver: { kind: 'fleet', id: ids.approver } };
    const approver = by({ id: ids.approver, orgId: ids.fleetOrg, role: 'FLEET_APPROVER' }, ruled);
    approving([labourId], byPerson, approver).emits('LinesApproved');
    approving([labourId, partLineId], byPerson, approver).refuses('OVER_APPROVAL_LIMIT');
    const byOrg = { approver: { kind: 'fleet', id: ids.fleetOrg } };
    approving([labourId], byOrg, approver).emits('LinesApproved');
    approving([labourId, partLineId], byOrg, approver).refuses('OVER_APPROVAL_LIMIT');
    const auto = { approver: { kind: 'policy', id: 'v1' }, method: 'policyAuto' };
    approving([labourId], auto, ruled).emits('LinesApproved');
    approving([labourId, partLineId], auto, ruled).refuses('OVER_APPROVAL_LIMIT');
    approving([labourId], auto, world).refuses('OVER_APPROVAL_LIMIT');
    approving([labourId, partLineId], byPerson, by({ ...approver.actor }, world)).emits('LinesApproved');
  });

  it('warns of danger before an urgent line is left undone', () => {
    const unaware = { ...decline(labourId), safetyAcknowledged: false };
    whenIn(sent).when('DeclineLines', unaware, customer).refuses('SAFETY_LINE_NEEDS_ACK');
    const defer = { repairOrderId: open.repairOrderId, lineIds: [labourId], remindAtKm: 45_000 };
    whenIn(sent).when('DeferLines', defer, customer).refuses('SAFETY_LINE_NEEDS_ACK');
    whenIn(sent)
      .when('DeferLines', { ...defer, safetyAcknowledged: true }, customer)
      .emits('LinesDeferred');
    whenIn(sent)
      .when('DeclineLines', decline(id(97)), customer)
      .refuses('NOT_FOUND');
    whenIn(approved).when('DeclineLines', decline(labourId), customer).refuses('WRONG_STATE');
  });

  it('reminds of what was put off, at the mileage or on the day the client named', () => {
    const defer = (more: object) => {
      const deferral = { ...ref, lineIds: [partLineId], safetyAcknowledged: true, ...more };
      const { decision } = whenIn(sent).when('DeferLines', deferral, customer);
      return decision.ok ? decision.after : [];
    };
    const ref = { repairOrderId: open.repairOrderId };
    expect(defer({ remindAtKm: 45_000 })).toMatchObject([
      { aggregate: 'Vehicle', type: 'SetReminder', data: { vehicleId: open.vehicleId, dueKm: 45_000, note: 'PADF' } },
    ]);
    expect(defer({ remindOn: '2025-09-01' })).toMatchObject([{ type: 'SetReminder', data: { dueOn: '2025-09-01' } }]);
    expect(defer({})).toEqual([]);
  });

  it('is declined when nothing was approved, and can be estimated anew', () => {
    const half = order(sent, ['DeclineLines', decline(labourId)]);
    expect(after(half, 'DeferLines', decline(partLineId)).status).toBe('declined');
    expect(after(half, 'ApproveLines', approve(1, partLineId), customer).status).toBe('approved');
    const declined = order(sent, ['DeclineLines', decline(labourId, partLineId)]);
    whenIn(declined).when('ApproveLines', approve(1, labourId), customer).refuses('WRONG_STATE');
    const anew = order(declined, ['DraftEstimate', draft(2, labour)]);
    expect(after(anew, 'SendEstimate', send(2)).status).toBe('awaitingApproval');
  });

  it('expires after two days and is diagnosed again', () => {
    const expire = (version: number, now: string, events = sent) =>
      whenIn(events).when('ExpireEstimate', { repairOrderId: open.repairOrderId, version }, { ...world, now });
    expire(1, '2025-07-02T00:59:59.000Z').refuses('NOT_DUE');
    expire(2, '2025-07-02T01:00:00.000Z').refuses('ALREADY_ANSWERED');
    expire(1, '2025-07-02T01:00:00.000Z', approved).refuses('ALREADY_ANSWERED');
    const [event] = expire(1, '2025-07-02T01:00:00.000Z').emits('EstimateExpired');
    const expired = [...sent, event!];
    expect(after(expired, 'DraftEstimate', draft(2, labour)).status).toBe('diagnosed');
    whenIn(expired).when('ApproveLines', approve(1, labourId), customer).refuses('ESTIMATE_EXPIRED');
    whenIn(expired).when('SendEstimate', send(1), world).refuses('ESTIMATE_EXPIRED');
    const supplement = order(inProgress, ['DraftEstimate', draft(2, oil)], ['SendEstimate', send(2)]);
    expect(expire(2, '2025-07-02T01:00:00.000Z', supplement).state().status).toBe('inProgress');
  });

  it('agrees to exempt work without an estimate having been sent (K3)', () => {
    const exempt = order(opened, ['DraftEstimate', draft(1, oil)]);
    const state = after(exempt, 'ApproveLines', { ...approve(1, oilId), method: 'inPerson', evidence }, advisor);
    expect([state.status, state.lines[oilId]?.state, state.approvedKrw]).toEqual(['approved', 'approved', 22_000]);
    const unsent = order(diagnosed, ['DraftEstimate', draft(1, labour, oil)]);
    whenIn(unsent).when('ApproveLines', approve(1, labourId), customer).refuses('STALE_VERSION');
    const two = order(opened, ['DraftEstimate', draft(1, oil, { ...oil, lineId: id(8) })]);
    const one = tell(RepairOrder, two, [['ApproveLines', approve(1, oilId)]], customer);
    given(RepairOrder, ...one)
      .when('ApproveLines', approve(1, id(8)), customer)
      .emits('LinesApproved');
  });
});
