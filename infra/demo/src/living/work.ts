import type { Act } from './act.ts';
import type { Technician } from './cast.ts';
import { severityOf, supplement } from './estimate.ts';
import type { ServiceCode } from './goods.ts';
import { type Ready, requestParts, usePart } from './job-parts.ts';
import { otherCode } from './lines.ts';
import type { Line, Visit } from './visit-of.ts';
import { later, tell } from './world.ts';

/** Whoever is free and may touch the car; waits until somebody is. */
function* takeTechnician(v: Visit, at: string): Act<{ technician: Technician; at: string }> {
  const { w, shop, car, draws, repairOrderId } = v;
  for (let moment = w.seasons.open(at); ; moment = w.seasons.work(moment, 20)) {
    yield { at: moment };
    const able = shop.technicians.filter(({ ev, job, isLead }) => (ev || !car.isEv) && job === undefined && !isLead);
    if (able.length === 0) continue;
    const technician = draws.pick(able);
    technician.job = repairOrderId;
    return { technician, at: moment };
  }
}
const free = (technician: Technician): void => {
  delete technician.job;
};

export function* repair(v: Visit, agreed: readonly Line[], ready: Ready): Act<{ at: string; lines: readonly Line[] }> {
  const { w, shop, car, draws, repairOrderId, bayId } = v;
  const { technician, at } = yield* takeTechnician(v, ready.at);
  const { userId, actor } = technician.person;
  const say = (moment: string, type: string, input: object, may?: readonly string[]) =>
    tell(moment, actor, type, { repairOrderId, ...input }, { may });
  const start = (lines: readonly Line[]) => ({
    technicianId: userId,
    bayId,
    lineIds: lines.map(({ lineId }) => lineId),
  });
  const novice = shop.technicians.find(({ ev }) => !ev);
  if (car.isEv && novice && draws.chance(0.1))
    yield say(at, 'StartWork', { ...start(agreed), technicianId: novice.person.userId }, ['EV_CERT_REQUIRED']);
  const busy = shop.technicians.find(({ atWork, ev }) => atWork && (ev || !car.isEv));
  if (busy && draws.chance(0.03))
    yield say(at, 'StartWork', { ...start(agreed), technicianId: busy.person.userId }, ['TECHNICIAN_BUSY']);
  let moment = (yield say(at, 'StartWork', start(agreed))).at;
  technician.atWork = true;
  moment = yield* lineByLine(v, technician, agreed, ready, moment);
  free(technician);
  let lines = agreed;
  if (!v.warrantyOf && draws.chance(0.16)) {
    const more = yield* extra(v, technician, lines, moment);
    lines = [...lines, ...more.lines];
    moment = more.at;
  }
  const finished = yield say(w.seasons.work(moment, 3), 'FinishWork', {});
  return { at: finished.at, lines };
}

function* lineByLine(v: Visit, by: Technician, lines: readonly Line[], ready: Ready, at: string): Act<string> {
  const { w, draws, repairOrderId } = v;
  const { actor } = by.person;
  let moment = at;
  for (const line of lines) {
    const held = ready.held.get(line.lineId);
    if (!held) continue;
    moment = w.seasons.work(moment, draws.int(2, 6));
    yield* usePart(v, line, held, actor, moment);
  }
  for (const [index, line] of lines.entries()) {
    // From his last line on he has nothing in hand.
    if (index === lines.length - 1) delete by.atWork;
    const minutes = line.part ? draws.int(4, 15) : draws.int(10, 35);
    const done = { repairOrderId, lineId: line.lineId, minutes };
    moment = (yield tell(w.seasons.work(moment, minutes), actor, 'FinishLine', done)).at;
  }
  return moment;
}

/** What is found under way is reported, priced, asked for and done in the same visit. */
function* extra(
  v: Visit,
  by: Technician,
  lines: readonly Line[],
  at: string,
): Act<{ at: string; lines: readonly Line[] }> {
  const { w, draws, repairOrderId, bayId, path } = v;
  const known = lines.map(({ serviceCode }) => serviceCode as ServiceCode);
  const found = {
    findingId: w.id(`${path}/finding/extra`),
    system: '추가',
    severity: severityOf(draws),
    note: '작업 중 발견했습니다.',
  };
  const say = (moment: string, type: string, input: object = {}) =>
    tell(moment, by.person.actor, type, { repairOrderId, ...input });
  const told = yield say(later(at, 2), 'ReportAdditionalWork', { findings: [found] });
  const isPaused = draws.chance(0.6);
  if (isPaused) yield say(told.at, 'PauseWork', { reason: 'waitingApproval' });
  const asked = yield* supplement(v, [otherCode(v, known)], w.seasons.work(told.at, draws.int(5, 15)));
  if (asked.lines.length === 0) {
    if (isPaused) yield say(later(asked.at, 1), 'ResumeWork');
    return asked;
  }
  const ready = yield* requestParts(v, asked.lines, asked.at);
  const next = yield* takeTechnician(v, ready.at);
  const { person } = next.technician;
  const lineIds = asked.lines.map(({ lineId }) => lineId);
  const work = { repairOrderId, technicianId: person.userId, bayId, lineIds };
  const started = yield tell(next.at, person.actor, 'StartWork', work);
  next.technician.atWork = true;
  const done = yield* lineByLine(v, next.technician, asked.lines, ready, started.at);
  free(next.technician);
  return { at: done, lines: asked.lines };
}

const checks = ['체결 토크', '누유', '제동', '경고등'].map((item) => ({ item, pass: true }));

/** Somebody else looks it over; one in twenty-five goes back to the bay first. */
export function* inspect(v: Visit, lines: readonly Line[], at: string): Act<string> {
  const { w, shop, draws, repairOrderId } = v;
  const lead = shop.technicians[0]?.person ?? shop.advisor;
  const look = w.seasons.work(at, draws.int(5, 30));
  const [first] = lines.filter(({ input }) => input.kind === 'labour');
  let moment = look;
  if (first && draws.chance(0.04)) {
    const failed = { repairOrderId, lineIds: [first.lineId], reason: '시운전 중 소음' };
    yield tell(look, lead.actor, 'FailInspection', failed);
    const by = draws.pick(shop.technicians.filter(({ isLead }) => !isLead)).person.actor;
    const again = w.seasons.work(look, 30);
    yield tell(again, by, 'FinishLine', { repairOrderId, lineId: first.lineId, minutes: 20 });
    yield tell(w.seasons.work(again, 2), by, 'FinishWork', { repairOrderId });
    moment = w.seasons.work(again, 15);
  }
  const passed = { repairOrderId, inspectorId: lead.userId, checks, roadTestKm: draws.int(1, 5) };
  return (yield tell(moment, lead.actor, 'PassInspection', passed)).at;
}
