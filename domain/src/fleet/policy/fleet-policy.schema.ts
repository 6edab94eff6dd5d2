import { z } from 'zod';
import { allow, command, event, Party, Role, text } from '../../kit/index.ts';
import { PartGrade } from '../../repair/repair-order/value.schema.ts';
import { Code, Day, Id, Km, Line, Sha256, Won } from '../../shared/values.ts';

const policyId = Id;
export const TripPurpose = z.enum(['commute', 'business', 'private']).meta({ id: 'TripPurpose' });
/** All vehicles of the fleet, or those of one group. */
const AppliesTo = z
  .object({ scope: z.enum(['all', 'vehicleGroup']).meta({ id: 'PolicyScope' }), vehicleGroup: Code.optional() })
  .refine((to) => to.scope === 'all' || to.vehicleGroup !== undefined, { error: 'Name the vehicle group' })
  .meta({ id: 'PolicyAppliesTo' });
const Limit = z.object({ role: Role, maxKrw: Won }).meta({ id: 'ApprovalLimit' });
const PickupRule = z
  .object({ needed: z.boolean(), payer: z.enum(['fleet', 'workshop', 'driver']).meta({ id: 'PickupPayer' }) })
  .meta({ id: 'PickupRule' });
/** Business hours until the first reply, and hours until the repair is done. */
const SlaHours = z
  .object({ firstReply: z.int().min(1).max(720), repair: z.int().min(1).max(2_160) })
  .meta({ id: 'SlaHours' });
const TripRules = z
  .object({
    purposes: z.array(TripPurpose).min(1).max(3),
    entryWithinDays: z.int().min(0).max(365),
    gapToleranceKm: Km,
  })
  .meta({ id: 'TripRules' });
export const PolicyContent = z
  .object({
    /** Estimates below this are approved by the policy itself. */
    autoApproveUnderKrw: Won,
    /** Highest amount each role may approve, from the lowest to the highest. */
    limits: z.array(Limit).max(20),
    allowedWorkshops: z.array(Id).max(500),
    gradesAllowed: z.array(PartGrade).min(1).max(4),
    planTemplateId: Code,
    pickupRule: PickupRule,
    slaHours: SlaHours,
    tripRules: TripRules,
    /** No cost is booked beyond the budget. */
    hardStop: z.boolean(),
  })
  .meta({ id: 'PolicyContent' });

const Ref = z.object({ policyId });
const Draft = Ref.extend({ fleetOrgId: Id, appliesTo: AppliesTo });
const Changes = z
  .object({ appliesTo: AppliesTo.optional(), content: PolicyContent.optional() })
  .refine((changes) => changes.appliesTo !== undefined || changes.content !== undefined, { error: 'Change something' })
  .meta({ id: 'PolicyChanges' });
const Edit = Ref.extend({ changes: Changes });
const Publish = Ref.extend({ version: z.int().min(1).max(10_000), effectiveFrom: Day, content: PolicyContent });
const Retire = Ref.extend({ on: Day, reason: Line });

const manager = allow(['FLEET_MANAGER'], 'fleet');

export const commands = {
  DraftPolicy: command({
    label: text('정책 작성하기', 'Draft policy'),
    doc: text('차량 운영 정책 초안을 만듭니다.', 'Starts a policy for a fleet or a group of its vehicles.'),
    by: [manager],
    in: ['none'],
    emits: ['PolicyDrafted'],
    input: Draft,
  }),
  EditPolicy: command({
    label: text('정책 수정하기', 'Edit policy'),
    doc: text('공개하기 전의 초안을 고칩니다.', 'Changes a draft before it is published.'),
    by: [manager],
    in: ['draft'],
    otherwise: 'NOT_DRAFT',
    emits: ['PolicyEdited'],
    input: Edit,
  }),
  PublishPolicy: command({
    label: text('정책 공개하기', 'Publish policy'),
    doc: text(
      '새 버전을 공개합니다. 앞 버전은 그날까지 적용됩니다.',
      'Publishes the next version; the one before holds until that day.',
    ),
    by: [manager],
    in: ['draft', 'published'],
    emits: ['PolicyPublished'],
    refuses: ['EFFECTIVE_IN_PAST', 'LIMITS_NOT_ASCENDING', 'NO_ALLOWED_WORKSHOP', 'VERSION_NOT_NEXT'],
    input: Publish,
  }),
  RetirePolicy: command({
    label: text('정책 폐지하기', 'Retire policy'),
    doc: text('정책을 폐지합니다.', 'Ends a policy.'),
    by: [manager],
    in: ['draft', 'published'],
    emits: ['PolicyRetired'],
    refuses: ['LAST_POLICY_FOR_GROUP'],
    input: Retire,
  }),
};

export const events = {
  PolicyDrafted: event(Draft.extend({ parties: z.array(Party) })),
  PolicyEdited: event(Edit),
  /** `sha256` is the fingerprint of version, day and content: the evidence of an automatic approval. */
  PolicyPublished: event(Publish.extend({ sha256: Sha256 })),
  PolicyRetired: event(Retire),
};
