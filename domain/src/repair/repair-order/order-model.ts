import { id } from '../sample-world.ts';
import {
  approve,
  complete,
  customer,
  diagnose,
  draft,
  finish,
  handOver,
  inspect,
  labour,
  repairOrderId,
  send,
  start,
  world,
} from './sample-order.ts';

/** Every line costs 0.9 h × 50,000 won, with VAT: */
export const lineKrw = 49_500;
export const lineIds = [id(2), id(3), id(4)];

type Line = { state: string; version: number };
export type Model = {
  status: string;
  lines: Record<string, Line>;
  drafted: string[] | undefined;
  version: number;
  sent: number;
  expired: boolean;
  approvedKrw: number;
};
export type Move = { do: string; on: string[] };

const early = ['opened', 'diagnosed', 'awaitingApproval', 'approved', 'declined', 'inProgress', 'onHold'];
const working = (m: Model) => m.status === 'inProgress' || m.status === 'onHold';
export const states = (m: Model, ...wanted: string[]) =>
  Object.values(m.lines).filter(({ state }) => wanted.includes(state)).length;
const agreed = (m: Model) => states(m, 'approved', 'inWork', 'done');
const pending = (m: Model) => (m.sent > 0 && !m.expired ? states(m, 'proposed') : 0);
const all = (m: Model, on: string[], ...wanted: string[]) =>
  on.every((line) => wanted.includes(m.lines[line]?.state ?? ''));
const set = (m: Model, on: string[], state: string, version?: number): Model => ({
  ...m,
  lines: {
    ...m.lines,
    ...Object.fromEntries(on.map((line) => [line, { state, version: version ?? m.lines[line]?.version ?? 0 }])),
  },
});
const fixed = (m: Model, on: string[]) =>
  on.some((line) =>
    ['inWork', 'done', 'dropped', ...(working(m) ? ['approved'] : [])].includes(m.lines[line]?.state ?? ''),
  );
const settled = (m: Model): Model =>
  m.status !== 'awaitingApproval' || pending(m) > 0 ? m : { ...m, status: agreed(m) > 0 ? 'approved' : 'declined' };

/** What the business expects of a move: the model after it, or undefined when it must be refused. */
export const expected = (m: Model, { do: what, on }: Move): Model | undefined => {
  const within = (...statuses: string[]) => statuses.includes(m.status);
  const only = (first: string | undefined) => [first ?? ''];
  switch (what) {
    case 'diagnose':
      return within('opened', 'diagnosed') ? { ...m, status: 'diagnosed' } : undefined;
    case 'draft':
      return within(...early) && !fixed(m, on) ? { ...m, drafted: on, version: m.version + 1 } : undefined;
    case 'send': {
      if (!within(...early)) return undefined;
      if (!m.drafted) return m.sent > 0 && !m.expired ? m : undefined;
      if (m.status === 'opened' || fixed(m, m.drafted)) return undefined;
      const kept = Object.fromEntries(Object.entries(m.lines).filter(([, { state }]) => state !== 'proposed'));
      const after = set(
        { ...m, lines: kept, drafted: undefined, sent: m.version, expired: false },
        m.drafted,
        'proposed',
        m.version,
      );
      return { ...after, approvedKrw: agreed(after) * lineKrw, status: working(m) ? m.status : 'awaitingApproval' };
    }
    case 'approve': {
      if (!within('opened', 'diagnosed', 'awaitingApproval', 'approved', 'inProgress', 'onHold')) return undefined;
      if (m.sent === 0 || m.expired) return undefined;
      const fresh = on.filter((line) => !all(m, [line], 'approved', 'inWork', 'done'));
      if (fresh.some((line) => m.lines[line]?.version !== m.sent || m.lines[line]?.state === 'dropped'))
        return undefined;
      if (fresh.length === 0) return m;
      const after = set(m, fresh, 'approved');
      return {
        ...after,
        approvedKrw: agreed(after) * lineKrw,
        status: m.status === 'awaitingApproval' ? 'approved' : m.status,
      };
    }
    case 'decline':
    case 'defer':
      if (!within('awaitingApproval', 'approved', 'inProgress', 'onHold')) return undefined;
      return all(m, on, 'proposed', 'declined', 'deferred')
        ? settled(set(m, on, what === 'defer' ? 'deferred' : 'declined'))
        : undefined;
    case 'expire':
      if (!within(...early) || pending(m) === 0) return undefined;
      if (m.status !== 'awaitingApproval') return { ...m, expired: true };
      return { ...m, expired: true, status: agreed(m) > 0 ? 'approved' : 'diagnosed' };
    case 'start':
      if (!within('opened', 'diagnosed', 'awaitingApproval', 'approved', 'inProgress', 'onHold')) return undefined;
      return all(m, on, 'approved', 'inWork') ? { ...set(m, on, 'inWork'), status: 'inProgress' } : undefined;
    case 'pause':
      return within('inProgress') ? { ...m, status: 'onHold' } : undefined;
    case 'resume':
      return within('onHold') ? { ...m, status: 'inProgress' } : undefined;
    case 'finish':
      return within('inProgress') && all(m, only(on[0]), 'inWork') ? set(m, only(on[0]), 'done') : undefined;
    case 'drop':
      return within('approved', 'inProgress', 'onHold') && all(m, only(on[0]), 'approved', 'inWork')
        ? set(m, only(on[0]), 'dropped')
        : undefined;
    case 'finishWork':
      return within('inProgress') && states(m, 'approved', 'inWork') + pending(m) === 0
        ? { ...m, status: 'qualityCheck' }
        : undefined;
    case 'pass':
      return within('qualityCheck') ? { ...m, status: 'inspected' } : undefined;
    case 'fail':
      return within('qualityCheck') && all(m, on, 'done')
        ? { ...set(m, on, 'inWork'), status: 'inProgress' }
        : undefined;
    case 'complete':
      return within('inspected') ? { ...m, status: 'completed' } : undefined;
    case 'cancel':
      return within(...early) && states(m, 'done') === 0 ? { ...m, status: 'cancelled' } : undefined;
    default:
      return within('completed', 'cancelled') && states(m, 'done') === 0 ? { ...m, status: 'closed' } : undefined;
  }
};

const ref = { repairOrderId };
const later = { ...world, now: '2025-07-03T00:00:00.000Z' };
/** The same move as a command; a line of no order stands for “none” where one is needed. */
export const commandOf = (
  m: Model,
  { do: what, on }: Move,
): readonly [string, Record<string, unknown>, typeof world] => {
  const lines = on.map((lineId) => ({ ...labour, findingId: undefined, lineId }));
  const answer = { ...ref, lineIds: on, reason: '다음에' };
  const commands: Record<string, readonly [string, Record<string, unknown>, typeof world?]> = {
    diagnose: ['RecordDiagnosis', diagnose],
    draft: ['DraftEstimate', draft(m.version + 1, ...lines)],
    send: ['SendEstimate', send(m.drafted ? m.version : Math.max(1, m.sent))],
    approve: ['ApproveLines', approve(Math.max(1, m.sent), ...on), customer],
    decline: ['DeclineLines', answer, customer],
    defer: ['DeferLines', answer, customer],
    expire: ['ExpireEstimate', { ...ref, version: Math.max(1, m.sent) }, later],
    start: ['StartWork', start(...on)],
    pause: ['PauseWork', { ...ref, reason: 'shift' }],
    resume: ['ResumeWork', ref],
    finish: ['FinishLine', finish(on[0] ?? '')],
    drop: ['DropLine', { ...ref, lineId: on[0], reason: '필요 없음' }],
    finishWork: ['FinishWork', ref],
    pass: ['PassInspection', inspect],
    fail: ['FailInspection', { ...ref, lineIds: on, reason: '소음' }],
    complete: ['CompleteOrder', complete],
    cancel: ['CancelOrder', { ...ref, reasonCode: 'CUSTOMER' }],
    handOver: ['HandOver', handOver],
  };
  const [type, data, at = world] = commands[what] ?? ['', {}];
  return [type, data, at];
};
