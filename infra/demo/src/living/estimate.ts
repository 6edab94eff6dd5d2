import { fileOf } from '../world/files.ts';
import type { Act } from './act.ts';
import { type Agreed, ask, byDesk, byPhone, draft, ids, say, speaker } from './answer.ts';
import { services } from './goods.ts';
import { linesOf } from './lines.ts';
import type { Line, Visit } from './visit-of.ts';
import { later } from './world.ts';

/** Diagnosis, estimate and its answer: the lines to be done. */
export function* quote(v: Visit, at: string): Act<Agreed> {
  const { w, draws, codes, shop } = v;
  const lines = linesOf(v, codes, 'first');
  const isExempt = codes.every((code) => services[code].exempt);
  if (isExempt && !v.chain && draws.chance(0.8)) {
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
  yield* diagnose(v, mechanic.person.actor, looked);
  yield* draft(v, lines, w.seasons.work(looked, draws.int(5, 20)));
  return yield* ask(v, lines, w.seasons.work(looked, 25));
}

function* diagnose(v: Visit, by: Visit['client'], at: string): Act<void> {
  const { draws, codes, path, w } = v;
  const extra = draws.weighted([
    [0, 35],
    [1, 45],
    [2, 20],
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
    severity: draws.weighted([
      ['urgent', 18],
      ['soon', 57],
      ['good', 25],
    ] as const),
    photos: [fileOf(`${path}/finding-${n}.jpg`)],
  }));
  const dtcs = draws.chance(0.12) ? [draws.pick(['P0128', 'P0300', 'P0420', 'P0562', 'C1234'])] : [];
  yield say(v, at, by, 'RecordDiagnosis', { findings, dtcs });
}

/** Drafts and asks for what came up during the work. */
export function* supplement(v: Visit, lines: readonly Line[], at: string): Act<Agreed> {
  yield* draft(v, lines, at);
  return yield* ask(v, lines, later(at, 3), true);
}
