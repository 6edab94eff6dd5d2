import { processActor, seoulDay } from '@cargoro/domain';
import { evidenceOf, sha256Of } from '../world/files.ts';
import type { Act } from './act.ts';
import { nextDay } from './seasons.ts';
import type { Line, Visit } from './visit-of.ts';
import { later, tell } from './world.ts';

/** How a client answers an estimate; a part of it takes two services at least. */
export type Answer = 'all' | 'part' | 'none' | 'silence';
export type Agreed = { readonly lines: readonly Line[]; readonly at: string };

export const say = (v: Visit, at: string, by: Visit['client'], type: string, input: object, may?: readonly string[]) =>
  tell(at, by, type, { repairOrderId: v.repairOrderId, ...input }, { may });
export const byDesk = (v: Visit, at: string, type: string, input: object) =>
  say(v, at, v.shop.advisor.actor, type, input);
export const ids = (lines: readonly Line[]) => lines.map(({ lineId }) => lineId);
/** A fleet is spoken for by its approver; by its manager beyond the approver's limit. */
export const speaker = ({ customer, fleet }: Visit, isManager = false) =>
  fleet ? { kind: 'fleet', id: isManager ? fleet.org.founder.userId : fleet.approver.userId } : customer;
export const byPhone = (v: Visit) => ({ method: 'phone', evidence: evidenceOf(`${v.path}/call${v.version}.m4a`) });

export function* draft(v: Visit, lines: readonly Line[], at: string): Act<void> {
  v.version += 1;
  const validUntil = nextDay(seoulDay(at), 14);
  const estimate = { version: v.version, lines: lines.map(({ input }) => input), menuVersion: 1, validUntil };
  yield byDesk(v, at, 'DraftEstimate', estimate);
}

/** What the client is going to say: whoever comes back with the same trouble wants it put right. */
export const answerOf = ({ draws, warrantyOf }: Visit): Answer =>
  warrantyOf
    ? 'all'
    : draws.weighted([
        ['all', 74],
        ['part', 17],
        ['none', 5],
        ['silence', 4],
      ] as const);
/** Half of the answers come within the median. */
const minutesAround = ({ draws }: Visit, median: number, most: number): number =>
  draws.chance(0.5) ? draws.int(2, median) : draws.int(median + 1, most);

/** Sends the estimate of the version drafted last and waits for its answer. */
export function* ask(v: Visit, lines: readonly Line[], at: string, answer: Answer, isSupplement = false): Act<Agreed> {
  const { draws, version, chain, policyId, fleet } = v;
  const channel = draws.weighted([
    ['app', 70],
    ['smsLink', 20],
    ['print', 10],
  ] as const);
  const { at: sent } = yield byDesk(v, at, 'SendEstimate', { version, channel });
  const totalKrw = lines.reduce((sum, line) => sum + line.amountKrw, 0);
  if (chain && !isSupplement && totalKrw * 1.1 < 290_000) {
    const evidence = { objectId: `policy/${policyId}/v1`, sha256: sha256Of(`policy/${policyId}`) };
    const approver = { kind: 'policy', id: policyId };
    const approved = { version, lineIds: ids(lines), approver, method: 'policyAuto', evidence };
    const { at: agreed } = yield say(v, later(sent, 1), processActor('fleetMaintenance'), 'ApproveLines', approved);
    return { lines, at: agreed };
  }
  const groups = [...new Set(lines.map(({ serviceCode }) => serviceCode))];
  if (answer === 'silence') return yield* again(v, lines, sent);
  const chosen =
    answer === 'all' ? lines : answer === 'part' ? lines.filter((line) => line.serviceCode === groups[0]) : [];
  const rest = lines.filter((line) => !chosen.includes(line));
  const phone = draws.chance(0.37);
  let moment = later(sent, phone ? minutesAround(v, 120, 300) : minutesAround(v, 25, 120));
  if (chosen.length > 0) {
    const approved = { version, lineIds: ids(chosen), approver: speaker(v) };
    const limits = ['OVER_APPROVAL_LIMIT'];
    const how = phone ? byPhone(v) : { method: 'app' };
    const told = yield say(
      v,
      moment,
      phone ? v.shop.advisor.actor : v.client,
      'ApproveLines',
      { ...approved, ...how },
      limits,
    );
    moment = told.at;
    if (told.code && fleet)
      yield say(v, later(moment, 20), fleet.org.founder.actor, 'ApproveLines', {
        ...approved,
        approver: speaker(v, true),
        method: 'app',
      });
  }
  if (rest.length === 0) return { lines: chosen, at: moment };
  const client = phone ? v.shop.advisor.actor : v.client;
  const put = { lineIds: ids(rest), safetyAcknowledged: true };
  const told =
    answer === 'part' && draws.chance(0.5)
      ? yield say(v, moment, client, 'DeferLines', { ...put, remindAtKm: v.car.km + 5_000 })
      : yield say(v, moment, client, 'DeclineLines', {
          ...put,
          reason: draws.pick(['비용이 부담됩니다.', '다음에 하겠습니다.']),
        });
  return { lines: chosen, at: told.at };
}

/** Nobody answers for two days: the estimate lapses; some are asked again, the others take the car back. */
function* again(v: Visit, lines: readonly Line[], sent: string): Act<Agreed> {
  const { w, version, draws } = v;
  yield say(v, later(sent, 2_700), processActor('estimateApproval'), 'ExpireEstimate', { version }, ['NOT_DUE']);
  const { at } = yield say(v, later(sent, 2_885), processActor('estimateApproval'), 'ExpireEstimate', { version });
  if (draws.chance(0.35)) return { lines: [], at };
  yield* draft(v, lines, w.seasons.work(at, 30));
  const { at: resent } = yield byDesk(v, w.seasons.work(at, 33), 'SendEstimate', {
    version: v.version,
    channel: 'smsLink',
  });
  const approved = { version: v.version, lineIds: ids(lines), approver: speaker(v, true), ...byPhone(v) };
  // Not after the holidays, when it would have lapsed again.
  const answered = w.seasons.work(resent, 45);
  const told = yield byDesk(
    v,
    answered < later(resent, 1_440) ? answered : later(resent, 45),
    'ApproveLines',
    approved,
  );
  return { lines, at: told.at };
}
