import { type Role, text } from '@cargoro/domain';
import { ApiKey, Membership, Org, User } from '@cargoro/projections';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { byId, filtered, matches, query, whereId } from '../define.ts';

const orgArg = z.object({ orgId: z.string().max(64).optional() });
const managers: readonly Role[] = [
  'WORKSHOP_OWNER',
  'FLEET_MANAGER',
  'PARTS_MANAGER',
  'DISPATCHER',
  'PLATFORM_ADMIN',
  'AUDITOR',
];

export const coreQueries = [
  query({
    name: 'organization',
    doc: text('조직 하나', 'One organisation'),
    readModel: Org,
    shape: 'one',
    args: byId,
    where: whereId(Org),
    orderBy: [],
  }),
  query({
    name: 'organizations',
    doc: text('볼 수 있는 조직, 최근 등록순', 'Organisations one may see, newest first'),
    readModel: Org,
    shape: 'connection',
    args: filtered,
    where: ({ filter }) => matches(Org, filter, { time: 'registeredAt', text: ['name', 'businessNo'] }),
    orderBy: [{ column: 'registeredAt', desc: true }],
  }),
  query({
    name: 'user',
    doc: text('회원 한 명', 'One person’s account'),
    readModel: User,
    shape: 'one',
    args: byId,
    where: whereId(User),
    orderBy: [],
  }),
  query({
    name: 'users',
    doc: text('볼 수 있는 회원, 최근 가입순', 'Accounts one may see, newest first'),
    readModel: User,
    shape: 'connection',
    args: filtered,
    where: ({ filter }) => matches(User, filter, { time: 'registeredAt', text: ['name', 'email'] }),
    orderBy: [{ column: 'registeredAt', desc: true }],
  }),
  query({
    name: 'memberships',
    doc: text('조직의 구성원과 역할', 'Members of an organisation and their roles'),
    readModel: Membership,
    shape: 'connection',
    args: orgArg.extend({ userId: z.string().max(64).optional(), ...filtered.shape }),
    where: ({ orgId, userId, filter }) =>
      and(
        orgId ? eq(Membership.table.orgId!, orgId) : undefined,
        userId ? eq(Membership.table.userId!, userId) : undefined,
        matches(Membership, filter, { time: 'since', text: ['userName'] }),
      ),
    orderBy: [{ column: 'since' }],
  }),
  query({
    name: 'apiKeys',
    doc: text('조직의 API 키', 'API keys of an organisation'),
    readModel: ApiKey,
    shape: 'connection',
    args: orgArg.extend(filtered.shape),
    roles: managers,
    where: ({ orgId, filter }) =>
      and(
        orgId ? eq(ApiKey.table.orgId!, orgId) : undefined,
        matches(ApiKey, filter, { time: 'issuedAt', text: ['label', 'last4'] }),
      ),
    orderBy: [{ column: 'issuedAt', desc: true }],
  }),
];
