import type { z } from 'zod';
import { accept, defineAggregate, org, type Role, reject, seoulDay, text } from '../../kit/index.ts';
import { moves } from './fleet-policy.moves.ts';
import { commands, events, type PolicyContent } from './fleet-policy.schema.ts';

const refusals = {
  NOT_DRAFT: text(
    '공개된 정책은 고칠 수 없습니다. 새 버전을 공개해 주세요.',
    'A published policy is never edited; publish the next version.',
  ),
  EFFECTIVE_IN_PAST: text('적용일이 지났습니다.', 'It cannot take effect in the past.'),
  LIMITS_NOT_ASCENDING: text(
    '승인 한도는 낮은 금액부터 높은 금액 순이어야 합니다.',
    'Approval limits must rise from the first to the last.',
  ),
  NO_ALLOWED_WORKSHOP: text('이용할 정비소를 하나 이상 정해 주세요.', 'At least one workshop must be allowed.'),
  VERSION_NOT_NEXT: text('다음 버전 번호가 아닙니다.', 'This is not the next version.'),
  LAST_POLICY_FOR_GROUP: text('이 차량 그룹의 마지막 정책입니다.', 'It is the last policy for this group of vehicles.'),
} as const;

export type Content = z.infer<typeof PolicyContent>;
export type PublishedVersion = {
  readonly version: number;
  /** First business day on which it applies. */
  readonly effectiveFrom: string;
  readonly content: Content;
  readonly sha256: string;
};
type Policy = {
  readonly fleetOrgId: string;
  readonly appliesTo: z.infer<typeof events.PolicyDrafted.schema>['appliesTo'];
  /** Oldest first. */
  readonly versions: readonly PublishedVersion[];
};
export type FleetPolicyState =
  | { readonly status: 'none' }
  | ({ readonly status: 'draft' | 'published' } & Policy)
  | ({ readonly status: 'retired'; readonly retiredOn: string } & Policy);

const risesStrictly = (limits: Content['limits']): boolean =>
  limits.every((limit, i) => i === 0 || limit.maxKrw > (limits[i - 1]?.maxKrw ?? 0));

export const FleetPolicy = defineAggregate<FleetPolicyState>()({
  name: 'FleetPolicy',
  category: 'fleetPolicy',
  context: 'fleet',
  doc: text('차량 운영 정책', 'What a fleet allows: approvals, workshops, parts, pick-up, trips'),
  id: 'policyId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    DraftPolicy: (_state, data) =>
      accept({ type: 'PolicyDrafted', data: { ...data, parties: [org(data.fleetOrgId, 'fleet')] } }),
    EditPolicy: (_state, data) => accept({ type: 'PolicyEdited', data }),
    PublishPolicy: (state, data, ctx) => {
      if (data.version !== (state.versions.at(-1)?.version ?? 0) + 1) return reject('VERSION_NOT_NEXT');
      if (data.effectiveFrom < seoulDay(ctx.now)) return reject('EFFECTIVE_IN_PAST');
      if (!risesStrictly(data.content.limits)) return reject('LIMITS_NOT_ASCENDING');
      if (data.content.allowedWorkshops.length === 0) return reject('NO_ALLOWED_WORKSHOP');
      return accept({ type: 'PolicyPublished', data: { ...data, sha256: ctx.hash(data) } });
    },
    RetirePolicy: (state, data, ctx) => {
      const group = state.appliesTo.vehicleGroup ?? 'all';
      const isLast = ctx.count('publishedPoliciesOfGroup', state.fleetOrgId, group) <= 1;
      return state.status === 'published' && isLast
        ? reject('LAST_POLICY_FOR_GROUP')
        : accept({ type: 'PolicyRetired', data });
    },
  },
  evolve: {
    PolicyDrafted: (_state, { fleetOrgId, appliesTo }) => ({ status: 'draft', fleetOrgId, appliesTo, versions: [] }),
    PolicyEdited: (state, { changes }) => ({ ...state, appliesTo: changes.appliesTo ?? state.appliesTo }),
    PolicyPublished: (state, { version, effectiveFrom, content, sha256 }) => ({
      ...state,
      status: 'published',
      versions: [...state.versions, { version, effectiveFrom, content, sha256 }],
    }),
    PolicyRetired: (state, { on }) => ({ ...state, status: 'retired', retiredOn: on }),
  },
});

/** The version that applies on a business day: the newest that has taken effect by then. */
export const policyInForce = (state: FleetPolicyState, day: string): PublishedVersion | undefined => {
  if (!('versions' in state) || (state.status === 'retired' && state.retiredOn <= day)) return undefined;
  return state.versions.findLast((version) => version.effectiveFrom <= day);
};

/** The most a role may approve, in won including VAT; undefined: nothing. */
export const approvalLimitOf = (content: Content, role: Role): number | undefined =>
  content.limits.findLast((limit) => limit.role === role)?.maxKrw;

/** The roles that may approve an amount, the lowest limit first. */
export const approversOf = (content: Content, totalKrw: number): readonly Role[] =>
  content.limits.filter((limit) => limit.maxKrw >= totalKrw).map(({ role }) => role);
