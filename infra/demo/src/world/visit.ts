import type { Actor } from '@cargoro/domain';
import { idOf } from '../ids.ts';
import { orgs, personaOf } from '../personas.ts';
import type { Calendar } from './calendar.ts';
import { as, asPerson, bayOf, type CarName, cars, workshops } from './cast.ts';
import { type EstimateLine, linesOf, type ServiceCode } from './catalogue.ts';
import { evidenceOf, fileOf, sha256Of } from './files.ts';
import type { Script } from './script.ts';

export type Severity = 'good' | 'soon' | 'urgent';
type Found = {
  readonly system: string;
  readonly severity: Severity;
  readonly measured?: string;
  readonly note: string;
};
export type VisitOf = {
  readonly key: string;
  readonly shop: 'gaon' | 'mapo';
  readonly car: CarName;
  readonly no: number;
  readonly complaint: string;
  readonly services: readonly ServiceCode[];
  readonly promisedAt?: string;
  readonly reservationId?: string;
};

const staff = {
  gaon: { advisor: as('gaon.advisor'), lead: as('gaon.lead') },
  mapo: { advisor: as('mapo.advisor'), lead: as('mapo.owner') },
};

/** One car's visit, told stage by stage; moments are UTC. Everything that follows from the visit hangs on its key. */
export const visitOf = (script: Script, calendar: Calendar, visit: VisitOf) => {
  const { shop, services } = visit;
  const { advisor, lead } = staff[shop];
  const { workshopId, rateKrw, evRateKrw } = workshops[shop];
  const car = cars[visit.car];
  const story = script.story(`visit/${visit.key}`);
  const repairOrderId = story.id('order');
  const isFleet = car.owner.kind === 'org';
  const customer = { kind: isFleet ? 'fleet' : 'owner', id: car.owner.id };
  const client: Actor = isFleet ? as('hangyeol.approver') : asPerson(car.owner.id);
  const number = `${visit.shop === 'gaon' ? 'RO' : 'RM'}-${calendar.day(0).slice(2, 4)}-${String(visit.no).padStart(6, '0')}`;
  const tell = (at: string, by: Actor, type: string, input: object, refused?: string) =>
    story.tell(at, by, type, { repairOrderId, ...input }, refused);
  const rate = car.fuel === 'ev' ? evRateKrw : rateKrw;
  const findingOf = (n: number) => story.id(`finding/${n}`);
  const linesFor = (codes: readonly ServiceCode[], findingId?: string): EstimateLine[] =>
    codes.flatMap((code) =>
      linesOf(code, { lineId: story.id, rateKrw: rate, payer: customer.kind, ...(findingId && { findingId }) }),
    );
  const lines = linesFor(services);
  const requestOf = ({ lineId }: EstimateLine) => idOf(`request/${lineId}`);
  const parts = lines.filter(({ kind }) => kind === 'part');
  let version = 0;

  return {
    ...visit,
    repairOrderId,
    number,
    customer,
    client,
    lines,
    tell,
    byDesk: (at: string, type: string, input: object) => tell(at, advisor, type, input),
    mechanic: (handle: string): Actor => personOf(handle, shop),
    id: story.id,
    open: (at: string, refused?: string) => {
      const { no: _, shop: __, car: ___, key: ____, services: _____, ...rest } = visit;
      const order = {
        ...rest,
        number,
        workshopId,
        vehicleId: car.vehicleId,
        customer,
        payer: customer,
        odometerInKm: car.odometerKm + 40,
      };
      const photos = ['front', 'rear', 'dash'].map((side) => fileOf(`order/${visit.key}/${side}.jpg`));
      tell(
        at,
        advisor,
        'OpenRepairOrder',
        { ...order, fuelPct: 20 + ((visit.no * 17) % 70), conditionPhotos: photos },
        refused,
      );
    },
    assign: (at: string, mechanic: string, bay: number) =>
      tell(at, advisor, 'AssignTechnician', {
        technicianId: idOf(`user/${mechanic}`),
        bayId: bayOf(shop, bay),
        plannedHours: 2,
      }),
    diagnose: (at: string, by: string, found: readonly Found[], dtcs: readonly string[] = []) => {
      const findings = found.map((finding, n) => ({
        ...finding,
        findingId: findingOf(n),
        photos: [fileOf(`order/${visit.key}/finding-${n}.jpg`)],
      }));
      tell(at, personOf(by, shop), 'RecordDiagnosis', { findings, dtcs });
    },
    draft: (at: string, codes: readonly ServiceCode[] = services, finding?: number) => {
      version += 1;
      const drafted = linesFor(codes, finding === undefined ? undefined : findingOf(finding));
      const estimate = {
        version,
        lines: drafted.map(({ input }) => input),
        menuVersion: 1,
        validUntil: calendar.day(14),
      };
      tell(at, advisor, 'DraftEstimate', estimate);
      return drafted;
    },
    send: (at: string, channel = 'app') => tell(at, advisor, 'SendEstimate', { version, channel }),
    approve: (at: string, chosen: readonly EstimateLine[] = lines) =>
      tell(at, client, 'ApproveLines', { version, lineIds: idsOf(chosen), approver: customer, method: 'app' }),
    approveByPhone: (at: string, chosen: readonly EstimateLine[] = lines) =>
      tell(at, advisor, 'ApproveLines', {
        version,
        lineIds: idsOf(chosen),
        approver: customer,
        method: 'phone',
        evidence: evidenceOf(`order/${visit.key}/call.m4a`),
      }),
    decline: (at: string, chosen: readonly EstimateLine[], reason: string) =>
      tell(at, client, 'DeclineLines', { lineIds: idsOf(chosen), reason, safetyAcknowledged: true }),
    start: (at: string, mechanic: string, bay: number, chosen: readonly EstimateLine[] = lines, refused?: string) =>
      tell(
        at,
        personOf(mechanic, shop),
        'StartWork',
        { technicianId: idOf(`user/${mechanic}`), bayId: bayOf(shop, bay), lineIds: idsOf(chosen) },
        refused,
      ),
    requestParts: (at: string, mechanic: string) => {
      for (const line of parts)
        tell(at, personOf(mechanic, shop), 'RequestPart', {
          requestId: requestOf(line),
          lineId: line.lineId,
          partId: String(line.input.partId),
          qty: line.qty,
          neededBy: at,
        });
    },
    reserveParts: (at: string) => {
      for (const line of parts)
        tell(at, advisor, 'NotePartReserved', {
          requestId: requestOf(line),
          stockId: `${workshopId}.${String(line.input.partId)}`,
          qty: line.qty,
        });
    },
    missParts: (at: string, expectedOn: string) => {
      for (const line of parts)
        tell(at, advisor, 'NotePartShortage', { requestId: requestOf(line), missingQty: line.qty, expectedOn });
    },
    useParts: (at: string, mechanic: string) => {
      for (const line of parts)
        tell(at, personOf(mechanic, shop), 'UsePart', {
          lineId: line.lineId,
          requestId: requestOf(line),
          qty: line.qty,
          movementId: idOf(`movement/${line.lineId}`),
        });
    },
    finish: (at: string, mechanic: string, chosen: readonly EstimateLine[] = lines) =>
      chosen.forEach(({ lineId }, n) => {
        tell(at, personOf(mechanic, shop), 'FinishLine', { lineId, minutes: 12 + n * 7 });
      }),
    finishWork: (at: string, mechanic: string) => tell(at, personOf(mechanic, shop), 'FinishWork', {}),
    pass: (at: string) =>
      tell(at, lead, 'PassInspection', {
        inspectorId: lead.id,
        checks: ['체결 토크', '누유', '제동', '경고등'].map((item) => ({ item, pass: true })),
        roadTestKm: 3,
      }),
    complete: (at: string) => {
      const statementNo = `ST-${number}`;
      const statement = {
        statementNo,
        statementSha256: sha256Of(statementNo),
        responsibleMechanicId: idOf(shop === 'gaon' ? 'user/gaon.lead' : 'user/mapo.tech'),
      };
      tell(at, advisor, 'CompleteOrder', { ...statement, odometerOutKm: car.odometerKm + 44 });
    },
    handOver: (at: string, refused?: string) =>
      tell(
        at,
        advisor,
        'HandOver',
        { receiver: customer, signature: fileOf(`order/${visit.key}/signature.png`), at, keyBack: true },
        refused,
      ),
  };
};
export type Visit = ReturnType<typeof visitOf>;

const idsOf = (lines: readonly EstimateLine[]): string[] => lines.map(({ lineId }) => lineId);
/** A technician of a workshop: a demo user, or somebody of the cast. */
const personOf = (handle: string, shop: 'gaon' | 'mapo'): Actor => ({
  kind: 'user',
  id: idOf(`user/${handle}`),
  orgId: orgs[shop].id,
  role: handle === 'gaon.lead' ? personaOf('gaon.lead').role : 'TECHNICIAN',
});
