import { DateTime, type Role, text } from '@cargoro/domain';
import {
  AuditCaseView,
  EventIndex,
  Journey,
  NoticeView,
  ProcessView,
  SettingAt,
  SettingView,
} from '@cargoro/projections';
import { and, arrayContains, eq, gt, inArray, isNull, lte, not, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { byId, filtered, type Meaning, matches, query, RecordFilter, whereId } from '../define.ts';

export const readers: readonly Role[] = [
  'WORKSHOP_OWNER',
  'SERVICE_ADVISOR',
  'WORKSHOP_ACCOUNTANT',
  'FLEET_MANAGER',
  'FLEET_ACCOUNTANT',
  'PARTS_MANAGER',
  'DISPATCHER',
  'OWNER',
  'PLATFORM_ADMIN',
  'PLATFORM_SUPPORT',
  'PLATFORM_AUDITOR',
  'AUDITOR',
  'ANALYST',
];
const EventFilter = RecordFilter.extend({
  stream: z.string().max(200).optional(),
  types: z.array(z.string().max(80)).max(50).optional(),
  actorId: z.string().max(64).optional(),
  orgId: z.string().max(64).optional(),
  reasonCode: z.string().max(64).optional(),
}).meta({ id: 'EventFilter' });
/** The kind of an event is its status: nothing else about it can change. */
const ofEvents: Meaning = { time: 'recordedAt', text: ['type', 'stream', 'command', 'reasonText'], status: 'type' };
const { table } = EventIndex;
export const platformStaff: readonly Role[] = ['PLATFORM_ADMIN', 'PLATFORM_SUPPORT', 'PLATFORM_AUDITOR'];
export const settingRoles: readonly Role[] = [...platformStaff, 'WORKSHOP_OWNER', 'FLEET_MANAGER', 'AUDITOR'];
/** Those who are audited, those who audit, and those who approve emergency access. */
export const auditRoles: readonly Role[] = [...settingRoles, 'PARTS_MANAGER', 'DISPATCHER'];
const Key = z.string().min(1).max(64);
const Scope = z.string().min(1).max(64);

/** What people read of a message, in either language. */
const words = (column: PgColumn): SQL => sql`(${column}->>'ko') || ' ' || (${column}->>'en')`;

export const adminQueries = [
  query({
    name: 'events',
    doc: text(
      '이벤트 색인, 최근 것부터. 상태는 이벤트 종류',
      'The index of events, newest first; their status is their type',
    ),
    readModel: EventIndex,
    shape: 'connection',
    args: z.object({ filter: EventFilter.optional() }),
    roles: readers,
    where: ({ filter: { stream, types, actorId, orgId, reasonCode, ...filter } = {} }) =>
      and(
        stream ? eq(table.stream!, stream) : undefined,
        types?.length ? inArray(table.type!, types) : undefined,
        actorId ? eq(table.actorId!, actorId) : undefined,
        orgId ? eq(table.orgId!, orgId) : undefined,
        reasonCode ? eq(table.reasonCode!, reasonCode) : undefined,
        matches(EventIndex, filter, ofEvents),
      ),
    orderBy: [{ column: 'position', desc: true }],
  }),
  query({
    name: 'correlation',
    doc: text('한 요청에서 비롯된 모든 이벤트, 일어난 차례로', 'Every event that came of one request, in order'),
    readModel: EventIndex,
    shape: 'connection',
    args: filtered.extend({ id: z.string().min(1).max(130) }),
    roles: readers,
    where: ({ id, filter }) => and(eq(table.correlationId!, id), matches(EventIndex, filter, ofEvents)),
    orderBy: [{ column: 'position' }],
  }),
  query({
    name: 'settings',
    doc: text('설정과 기능 플래그', 'Settings and feature flags with every value they had'),
    readModel: SettingView,
    shape: 'connection',
    args: filtered.extend({ scope: Scope.optional() }),
    roles: settingRoles,
    where: ({ scope, filter }) =>
      and(
        scope ? eq(SettingView.table.scope!, scope) : undefined,
        matches(SettingView, filter, { time: 'asOf', text: ['scope', 'key'] }),
      ),
    orderBy: [{ column: 'scope' }, { column: 'key' }],
  }),
  query({
    name: 'settingAt',
    doc: text('그때 적용되던 설정 값', 'The value of a setting in force at a moment'),
    readModel: SettingAt,
    shape: 'one',
    args: z.object({ key: Key, time: DateTime, scope: Scope.default('platform') }),
    roles: settingRoles,
    where: ({ key, time, scope }) =>
      and(
        eq(SettingAt.table.scope!, scope),
        eq(SettingAt.table.key!, key),
        lte(SettingAt.table.from!, time),
        or(isNull(SettingAt.table.until!), gt(SettingAt.table.until!, time)),
      ),
    orderBy: [],
  }),
  query({
    name: 'processes',
    doc: text('진행 중인 프로세스, 최근에 움직인 것부터', 'Processes and what they wait for, last moved first'),
    readModel: ProcessView,
    shape: 'connection',
    args: filtered.extend({ process: z.string().max(80).optional(), correlationId: z.string().max(130).optional() }),
    roles: platformStaff,
    where: ({ filter, process, correlationId }) =>
      and(
        process ? eq(ProcessView.table.process!, process) : undefined,
        correlationId ? eq(ProcessView.table.correlationId!, correlationId) : undefined,
        matches(ProcessView, filter, { time: 'toldAt', text: ['key', 'step', 'lastRefusal'] }),
      ),
    orderBy: [{ column: 'toldAt', desc: true }],
  }),
  query({
    name: 'myNotices',
    doc: text('나에게 온 알림, 최근 것부터', 'Messages to oneself and one’s role, newest first'),
    readModel: NoticeView,
    shape: 'connection',
    args: filtered.extend({ unread: z.boolean().optional() }),
    where: ({ unread, filter }, { actor }) =>
      and(
        or(
          sql`cardinality(${NoticeView.table.roles!}) = 0`,
          arrayContains(NoticeView.table.roles!, [actor.role ?? '']),
        ),
        unread ? not(arrayContains(NoticeView.table.readBy!, [actor.id])) : undefined,
        matches(NoticeView, filter, {
          time: 'sentAt',
          text: ['template', ...[NoticeView.table.title!, NoticeView.table.body!].map(words)],
        }),
      ),
    orderBy: [{ column: 'sentAt', desc: true }],
  }),
  query({
    name: 'auditCases',
    doc: text('감사, 최근 것부터', 'Audits one may know of, newest first'),
    readModel: AuditCaseView,
    shape: 'connection',
    args: filtered,
    roles: auditRoles,
    where: ({ filter }) => matches(AuditCaseView, filter, { time: 'openedAt', text: ['auditorId'] }),
    orderBy: [{ column: 'openedAt', desc: true }],
  }),
  query({
    name: 'auditCase',
    doc: text('감사 한 건', 'One audit'),
    readModel: AuditCaseView,
    shape: 'one',
    args: byId,
    roles: auditRoles,
    where: whereId(AuditCaseView),
    orderBy: [],
  }),
  query({
    name: 'journeys',
    doc: text('차량의 여정, 최근 것부터', 'Journeys of cars one has a part in, newest first'),
    readModel: Journey,
    shape: 'connection',
    args: filtered.extend({ vehicleId: Key.optional() }),
    where: ({ filter, vehicleId }) =>
      and(
        vehicleId ? eq(Journey.table.vehicleId!, vehicleId) : undefined,
        matches(Journey, filter, { time: 'startedAt', text: ['startedWith', 'streams'] }),
      ),
    orderBy: [{ column: 'startedAt', desc: true }],
  }),
  query({
    name: 'journey',
    doc: text('여정 하나, 내가 볼 수 있는 단계만', 'One journey by its correlation, with the steps one may see'),
    readModel: Journey,
    shape: 'one',
    args: byId,
    where: whereId(Journey),
    orderBy: [],
  }),
];
