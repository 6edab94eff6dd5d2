import { text } from '@cargoro/domain';
import { AuditCaseView, Journey, NoticeView, ProcessView, SettingView } from '@cargoro/projections';
import { z } from 'zod';
import { subscription } from '../define.ts';
import { auditRoles, platformStaff, settingRoles } from '../queries/admin.ts';

const ofOne = z.object({ id: z.string().min(1).max(130) });
const scoped = z.object({ scope: z.string().min(1).max(64).optional() });
const byProcess = z.object({ process: z.string().max(80).optional() });

export const adminSubscriptions = [
  subscription({
    name: 'settingChanged',
    doc: text('설정이 바뀔 때', 'When a setting or flag changes'),
    readModel: SettingView,
    args: scoped,
    roles: settingRoles,
    match: ({ scope }): Record<string, string> => (scope ? { scope } : {}),
  }),
  subscription({
    name: 'processChanged',
    doc: text('프로세스가 움직일 때', 'When a process moves on'),
    readModel: ProcessView,
    args: byProcess,
    roles: platformStaff,
    match: ({ process }): Record<string, string> => (process ? { process } : {}),
  }),
  subscription({
    name: 'noticeArrived',
    doc: text('알림이 오거나 읽혔을 때', 'When a message arrives or is read'),
    readModel: NoticeView,
    args: z.object({}),
    match: () => ({}),
  }),
  subscription({
    name: 'auditCaseChanged',
    doc: text('감사가 바뀔 때', 'When an audit changes'),
    readModel: AuditCaseView,
    args: ofOne,
    roles: auditRoles,
    match: ({ id }) => ({ id }),
  }),
  subscription({
    name: 'journeyChanged',
    doc: text('여정이 이어질 때', 'When a journey goes on'),
    readModel: Journey,
    args: ofOne,
    match: ({ id }) => ({ id }),
  }),
];
