import type { Draws } from '../sim/draws.ts';
import { fileOf } from '../world/files.ts';
import type { Act } from './act.ts';
import { type Agreed, answerOf, ask, byDesk, byPhone, draft, ids, say, speaker } from './answer.ts';
import { type ServiceCode, services } from './goods.ts';
import { linesOf, otherCode } from './lines.ts';
import type { Visit } from './visit-of.ts';
import { later } from './world.ts';

/** Diagnosis, estimate and its answer: the lines to be done. */
export function* quote(v: Visit, at: string): Act<Agreed> {
  const { w, draws, codes, shop } = v;
  const isExempt = codes.every((code) => services[code].exempt);
  if (isExempt && !v.chain && draws.chance(0.8)) {
    const lines = linesOf(v, codes, 'first');
    yield* draft(v, lines, w.seasons.work(at, 4));
    const agreed = yield byDesk(v, w.seasons.work(at, 6), 'ApproveLines', {
      ...{ version: v.version, lineIds: ids(lines), approver: speaker(v, true), ...byPhone(v) },
    });
    return { lines, at: agreed.at };
  }
  const mechanic = draws.pick(shop.technicians.filter(({ ev }) => ev || !v.car.isEv));
  yield byDesk(v, w.seasons.work(at, 5), 'AssignTechnician', {
    ...{ technicianId: mechanic.person.userId, bayId: v.bayId, plannedHours: 1 + codes.length },
  });
  const looked = w.seasons.work(at, draws.int(15, 50));
  const { offered, answer } = offerOf(v, codes);
  yield* diagnose(v, offered, mechanic.person.actor, looked);
  const lines = linesOf(v, offered, 'first');
  yield* draft(v, lines, w.seasons.work(looked, draws.int(5, 20)));
  return yield* ask(v, lines, w.seasons.work(looked, 25), answer);
}

/** What is offered for what was found, and how it will be answered; who takes a part was offered more than was asked for. */
const offerOf = (v: Visit, codes: readonly ServiceCode[]) => {
  const answer = answerOf(v);
  return { answer, offered: answer === 'part' && codes.length === 1 ? [...codes, otherCode(v, codes)] : codes };
};

export const severityOf = (draws: Draws) =>
  draws.weighted([
    ['urgent', 18],
    ['soon', 57],
    ['good', 25],
  ] as const);

function* diagnose(v: Visit, codes: readonly ServiceCode[], by: Visit['client'], at: string): Act<void> {
  const { draws, path, w } = v;
  const extra = draws.weighted([
    [0, 18],
    [1, 46],
    [2, 36],
  ] as const);
  const systems = [
    ...codes.map((code) => services[code].name),
    ...draws
      .pick([
        ['누유', '벨트'],
        ['타이어', '와이퍼'],
      ])
      .slice(0, extra),
  ];
  const findings = systems.map((system, n) => ({
    ...{ findingId: w.id(`${path}/finding/${n}`), system, note: '점검 결과를 사진과 함께 남깁니다.' },
    severity: severityOf(draws),
    photos: [fileOf(`${path}/finding-${n}.jpg`)],
  }));
  const dtcs = draws.chance(0.12) ? [draws.pick(['P0128', 'P0300', 'P0420', 'P0562', 'C1234'])] : [];
  yield say(v, at, by, 'RecordDiagnosis', { findings, dtcs });
}

/** Drafts and asks for what came up during the work. */
export function* supplement(v: Visit, codes: readonly ServiceCode[], at: string): Act<Agreed> {
  const { offered, answer } = offerOf(v, codes);
  const lines = linesOf(v, offered, 'extra');
  yield* draft(v, lines, at);
  return yield* ask(v, lines, later(at, 3), answer, true);
}
