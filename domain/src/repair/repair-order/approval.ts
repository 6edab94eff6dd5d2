import type { z } from 'zod';
import { Organization, rolesOf } from '../../core/organization/organization.ts';
import { approvalLimitOf, FleetPolicy, policyInForce } from '../../fleet/policy/fleet-policy.ts';
import { type Context, isBefore, isOurs, isParty, org, type Role, seoulDay, user } from '../../kit/index.ts';
import type { estimateCommands } from './estimate.schema.ts';
import { isAgreed, type Order } from './repair-order.state.ts';

type Approval = z.infer<typeof estimateCommands.ApproveLines.input>;
type Principal = { readonly kind: string; readonly id: string };

export const approverRoles: readonly string[] = ['FLEET_APPROVER', 'FLEET_MANAGER'];

/** The client or payer on whose behalf this approver speaks, if any. */
const principalOf = (order: Order, { approver }: Approval, ctx: Context): Principal | undefined =>
  [order.customer, order.payer].find(
    (principal) =>
      principal.kind === approver.kind &&
      (principal.id === approver.id ||
        (principal.kind === 'fleet' &&
          rolesOf(ctx.fact(Organization, principal.id), approver.id).some((role) => approverRoles.includes(role)))),
  );

const isAuthorised = (order: Order, data: Approval, ctx: Context): boolean => {
  // Only our process may say that a policy approves.
  if (data.method === 'policyAuto')
    return isOurs(ctx.actor) && data.approver.kind === 'policy' && order.customer.kind === 'fleet';
  const principal = principalOf(order, data, ctx);
  if (!principal) return false;
  // By phone or in person the workshop writes it down; in the app it is the client who acts.
  if (data.method === 'phone' || data.method === 'inPerson' || isOurs(ctx.actor)) return true;
  return isParty(
    ctx.actor,
    principal.kind === 'owner' ? user(principal.id, 'customer') : org(principal.id, 'customer'),
  );
};

const rolesOfApprover = (order: Order, { approver }: Approval, ctx: Context): readonly string[] =>
  approver.id === order.customer.id
    ? [ctx.actor.role ?? '']
    : rolesOf(ctx.fact(Organization, order.customer.id), approver.id);

/** A fleet's policy says how much each role may agree to, and how much it agrees to by itself. */
export const exceedsLimit = (order: Order, data: Approval, totalKrw: number, ctx: Context): boolean => {
  if (!order.policyId || order.customer.kind !== 'fleet') return false;
  const content = policyInForce(ctx.fact(FleetPolicy, order.policyId), seoulDay(ctx.now))?.content;
  if (!content) return data.method === 'policyAuto';
  if (data.method === 'policyAuto') return totalKrw >= content.autoApproveUnderKrw;
  const limits = rolesOfApprover(order, data, ctx).map((role) => approvalLimitOf(content, role as Role) ?? 0);
  return totalKrw > Math.max(0, ...limits);
};

const hasExpired = ({ sent }: Order, now: string): boolean =>
  sent !== undefined && (sent.expired || isBefore(sent.dueAt, now) || sent.validUntil < seoulDay(now));

/** Why lines cannot be approved. `order` has the lines in question; it differs from `state` for exempt work only. */
export const approvalRefusal = (state: Order, order: Order, data: Approval, ctx: Context) => {
  const unsent = order !== state;
  if (!unsent && data.version !== state.sent?.version) return 'STALE_VERSION';
  if (!unsent && hasExpired(state, ctx.now)) return 'ESTIMATE_EXPIRED';
  if (data.lineIds.some((lineId) => !order.lines[lineId])) return 'NOT_FOUND';
  if (data.lineIds.some((lineId) => !isAnswerable(order, lineId, data.version))) return 'STALE_VERSION';
  if (data.choices?.some((choice) => !offers(order, choice))) return 'GRADE_CHOICE_MISSING';
  if (!isAuthorised(order, data, ctx)) return 'NOT_AUTHORISED_APPROVER';
  if ((data.method === 'phone' || data.method === 'inPerson') && !data.evidence) return 'EVIDENCE_REQUIRED';
  return undefined;
};

const isAnswerable = ({ lines }: Order, lineId: string, version: number): boolean => {
  const line = lines[lineId];
  return isAgreed(line) || (line?.version === version && line.state !== 'dropped');
};
const offers = ({ lines }: Order, { lineId, grade }: { lineId: string; grade: string }): boolean =>
  lines[lineId]?.grade === grade || (lines[lineId]?.alternatives ?? []).some((choice) => choice.grade === grade);
