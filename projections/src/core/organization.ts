import { DateTime, Organization } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';

const { OrganizationRegistered, PartnerConnected } = Organization.events;

const Invite = z
  .object({ inviteId: z.string(), roles: z.array(z.string()), expiresAt: DateTime })
  .meta({ id: 'OrganizationInvite' });
const Partner = z
  .object({ orgId: z.string(), kind: PartnerConnected.schema.shape.kind, since: DateTime })
  .meta({ id: 'OrganizationPartner' });
const CustomRole = z.object({ roleKey: z.string(), permissions: z.array(z.string()) }).meta({ id: 'OrganizationRole' });

const row = z.object({
  status: z.enum(['unverified', 'active', 'refused', 'suspended', 'closed']).meta({ id: 'OrganizationStatus' }),
  kind: OrganizationRegistered.schema.shape.kind,
  name: z.string(),
  businessNo: z.string(),
  address: z.string(),
  ownerUserId: z.string(),
  invites: z.array(Invite),
  partners: z.array(Partner),
  customRoles: z.array(CustomRole),
  reason: z.string().nullable(),
  registeredAt: DateTime,
  verifiedAt: DateTime.nullable(),
});

/** An organisation with its open invitations, partners and own roles. */
export const Org = readModel({
  name: 'rm_org',
  type: 'Organization',
  version: 1,
  group: 'core',
  record: 'Organization',
  row,
  scope: ['status'],
  indexes: [['registeredAt', 'id']],
  from: [Organization],
  platform: true,
}).folds({
  start: {
    OrganizationRegistered: ({ data: { parties: _, orgId: __, ...data }, meta }) => ({
      ...data,
      status: 'unverified',
      invites: [],
      partners: [],
      customRoles: [],
      reason: null,
      registeredAt: meta.occurredAt,
      verifiedAt: null,
    }),
  },
  on: {
    OrganizationVerified: (row, { meta }) => ({ ...row, status: 'active', verifiedAt: meta.occurredAt }),
    OrganizationRefused: (row, { data }) => ({ ...row, status: 'refused', reason: data.reason }),
    OrganizationSuspended: (row, { data }) => ({ ...row, status: 'suspended', reason: data.reason }),
    OrganizationReinstated: (row) => ({ ...row, status: 'active', reason: null }),
    OrganizationClosed: (row) => ({ ...row, status: 'closed' }),
    MemberInvited: (row, { data: { inviteId, roles, expiresAt } }) => ({
      ...row,
      invites: [...row.invites, { inviteId, roles, expiresAt }],
    }),
    MemberAdded: (row, { data }) => ({ ...row, invites: row.invites.filter((one) => one.inviteId !== data.inviteId) }),
    InviteRevoked: (row, { data }) => ({
      ...row,
      invites: row.invites.filter((one) => one.inviteId !== data.inviteId),
    }),
    RoleDefined: (row, { data: { roleKey, permissions } }) => ({
      ...row,
      customRoles: [...row.customRoles.filter((role) => role.roleKey !== roleKey), { roleKey, permissions }],
    }),
    RoleRetired: (row, { data }) => ({
      ...row,
      customRoles: row.customRoles.filter((role) => role.roleKey !== data.roleKey),
    }),
    PartnerConnected: (row, { data: { partnerOrgId, kind }, meta }) => ({
      ...row,
      partners: [
        ...row.partners.filter((partner) => partner.orgId !== partnerOrgId),
        { orgId: partnerOrgId, kind, since: meta.occurredAt },
      ],
    }),
    PartnerDisconnected: (row, { data }) => ({
      ...row,
      partners: row.partners.filter((partner) => partner.orgId !== data.partnerOrgId),
    }),
  },
});
