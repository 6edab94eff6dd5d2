import { z } from 'zod';
import { allow, allowAny, command, event, Party, text } from '../../kit/index.ts';
import { Code, DateTime, Id, Sha256 } from '../../shared/values.ts';
import * as input from './organization.inputs.ts';

/** Owner's roles of all kinds; which of them manages this organisation depends on its kind and is decided. */
const managers = allow(['WORKSHOP_OWNER', 'FLEET_MANAGER', 'PARTS_MANAGER', 'DISPATCHER', 'PLATFORM_ADMIN'], 'org');
const platform = allowAny('PLATFORM_ADMIN');
const staffed = ['unverified', 'active'] as const;
const present = ['unverified', 'active', 'suspended'] as const;

export const commands = {
  RegisterOrganization: command({
    label: text('조직 등록하기', 'Register organisation'),
    doc: text('사업자를 조직으로 등록합니다.', 'Registers a business; its founder becomes the first owner.'),
    by: [allow(['ANYONE'], 'owner'), platform],
    in: ['none'],
    input: input.Register,
  }),
  VerifyOrganization: command({
    label: text('조직 승인하기', 'Verify'),
    doc: text('증빙을 확인하여 조직을 승인합니다.', 'Confirms a business by its documents.'),
    by: [platform],
    in: ['unverified'],
    otherwise: 'NOT_UNVERIFIED',
    input: input.Verify,
  }),
  RefuseOrganization: command({
    label: text('조직 반려하기', 'Refuse'),
    doc: text('조직 등록을 반려합니다.', 'Turns down a registration.'),
    by: [platform],
    in: ['unverified'],
    otherwise: 'NOT_UNVERIFIED',
    input: input.Reason,
  }),
  InviteMember: command({
    label: text('구성원 초대하기', 'Invite member'),
    doc: text('이메일로 구성원을 초대합니다.', 'Invites a person, known by the hash of an e-mail address.'),
    by: [managers, platform],
    in: staffed,
    input: input.Invite,
  }),
  AcceptInvite: command({
    label: text('초대 수락하기', 'Accept invitation'),
    doc: text('초대를 수락하고 구성원이 됩니다.', 'Accepts an invitation and joins.'),
    by: [allowAny('ANYONE')],
    in: staffed,
    input: input.Accept,
  }),
  RevokeInvite: command({
    label: text('초대 취소하기', 'Revoke invitation'),
    doc: text('보낸 초대를 취소합니다.', 'Takes back an open invitation.'),
    by: [managers, platform],
    in: present,
    input: input.InviteRef,
  }),
  ChangeRoles: command({
    label: text('역할 변경하기', 'Change roles'),
    doc: text('구성원의 역할을 바꿉니다.', 'Replaces the roles of a member.'),
    by: [managers, platform],
    in: present,
    input: input.MemberRoles,
  }),
  RemoveMember: command({
    label: text('구성원 내보내기', 'Remove member'),
    doc: text('구성원의 소속을 끝냅니다.', 'Ends a membership.'),
    by: [managers, platform],
    in: present,
    input: input.Removal,
  }),
  DefineRole: command({
    label: text('역할 정의하기', 'Define role'),
    doc: text('권한을 모아 역할을 정의합니다.', 'Defines a role of one’s own from permissions.'),
    by: [managers],
    in: staffed,
    input: input.RoleDefinition,
  }),
  RetireRole: command({
    label: text('역할 폐기하기', 'Retire role'),
    doc: text('쓰지 않는 역할을 폐기합니다.', 'Retires a role nobody holds.'),
    by: [managers],
    in: present,
    input: input.RoleRef,
  }),
  IssueApiKey: command({
    label: text('API 키 발급하기', 'Issue API key'),
    doc: text('연동용 API 키를 발급합니다.', 'Issues a key for partner systems; only its hash and last four are kept.'),
    by: [managers],
    in: ['active'],
    input: input.IssueKey,
  }),
  RotateApiKey: command({
    label: text('API 키 교체하기', 'Rotate API key'),
    doc: text('API 키의 비밀값을 교체합니다.', 'Gives a key a new secret; the old one stays valid for the overlap.'),
    by: [managers],
    in: ['active'],
    input: input.RotateKey,
  }),
  RevokeApiKey: command({
    label: text('API 키 폐기하기', 'Revoke API key'),
    doc: text('API 키를 즉시 폐기합니다.', 'Makes a key invalid at once.'),
    by: [managers, platform],
    in: present,
    input: input.RevokeKey,
  }),
  ConnectPartner: command({
    label: text('거래처 연결하기', 'Connect partner'),
    doc: text('거래 조직을 거래처로 연결합니다.', 'Names another organisation as a partner.'),
    by: [managers],
    in: ['active'],
    input: input.Connect,
  }),
  DisconnectPartner: command({
    label: text('거래처 해제하기', 'Disconnect partner'),
    doc: text('거래처 연결을 끝냅니다.', 'Ends a partnership with no open documents.'),
    by: [managers],
    in: ['active', 'suspended'],
    input: input.PartnerRef,
  }),
  SuspendOrganization: command({
    label: text('조직 이용 정지하기', 'Suspend organisation'),
    doc: text('조직의 이용을 정지합니다.', 'Suspends an organisation.'),
    by: [platform],
    in: ['active'],
    input: input.Reason,
  }),
  ReinstateOrganization: command({
    label: text('조직 정지 해제하기', 'Reinstate organisation'),
    doc: text('정지된 조직을 다시 활성화합니다.', 'Makes a suspended organisation active again.'),
    by: [platform],
    in: ['suspended'],
    input: input.Org,
  }),
  CloseOrganization: command({
    label: text('조직 폐쇄하기', 'Close organisation'),
    doc: text('조직을 닫습니다. 되돌릴 수 없습니다.', 'Closes an organisation for good.'),
    by: [managers, platform],
    in: ['active', 'suspended'],
    input: input.Org,
  }),
};

const keptSecret = { hash: Sha256, last4: z.string() };

export const events = {
  OrganizationRegistered: event(input.Register.extend({ parties: z.array(Party) })),
  OrganizationVerified: event(input.Verify),
  OrganizationRefused: event(input.Reason),
  MemberInvited: event(input.Invite),
  /** `inviteId` is missing for the founder. */
  MemberAdded: event(input.MemberRoles.extend({ inviteId: Id.optional() })),
  InviteRevoked: event(input.InviteRef),
  RolesChanged: event(z.object({ orgId: Id, userId: Id, before: z.array(Code), after: z.array(Code) })),
  MemberRemoved: event(input.Removal),
  RoleDefined: event(input.RoleDefinition),
  RoleRetired: event(input.RoleRef),
  ApiKeyIssued: event(input.NewKey.extend(keptSecret)),
  ApiKeyRotated: event(input.KeyRef.extend({ ...keptSecret, previousValidUntil: DateTime })),
  ApiKeyRevoked: event(input.RevokeKey),
  PartnerConnected: event(input.Connect),
  PartnerDisconnected: event(input.PartnerRef),
  OrganizationSuspended: event(input.Reason),
  OrganizationReinstated: event(input.Org),
  OrganizationClosed: event(input.Org),
};
