import { sha256 } from '@cargoro/infra/ids';
import { fileOf, idOf, orgs, type Person, people } from './cast.ts';
import { bayId, dayOf, type Stage, workshopId } from './founding.ts';
import type { labour, part } from './repairing.ts';

type Line = ReturnType<typeof labour> | ReturnType<typeof part>;
/** A private owner’s car in the workshop: who pays for it, and what is to be done. */
export type Visit = {
  readonly order: string;
  readonly vehicleId: string;
  readonly km: number;
  readonly lines: readonly Line[];
  readonly more?: Readonly<Record<string, unknown>>;
};
export const ownerOf = (client: Person) => ({ kind: 'owner', id: client.userId });
const idsOf = (lines: readonly Line[]): readonly string[] => lines.map(({ lineId }) => lineId);

/** The car is taken in, looked at and estimated; its owner agrees to everything in the app, and work begins. */
export const takeIn = async (stage: Stage, client: Person, { order, vehicleId, km, lines, more }: Visit) => {
  const { as } = stage;
  const repairOrderId = idOf(`order/${order}`);
  const [advisor, technician] = [as(people.advisor), as(people.technician)];
  const customer = ownerOf(client);
  await advisor.command('OpenRepairOrder', {
    ...{ repairOrderId, workshopId, vehicleId, customer, payer: customer, odometerInKm: km, fuelPct: 50 },
    ...{ number: `RO-30-${order}`, complaint: '제동 시 소음', ...more },
  });
  const finding = { findingId: idOf(`finding/${order}`), system: '제동', severity: 'soon' };
  await technician.command('RecordDiagnosis', { repairOrderId, findings: [finding] });
  const estimate = { repairOrderId, version: 1, lines, menuVersion: 1, validUntil: dayOf(stage, 14) };
  await advisor.command('DraftEstimate', estimate);
  await advisor.command('SendEstimate', { repairOrderId, version: 1, channel: 'app' });
  const approval = { repairOrderId, version: 1, lineIds: idsOf(lines), approver: customer, method: 'app' };
  await as(client).command('ApproveLines', approval);
  const work = { repairOrderId, technicianId: technician.id, bayId, lineIds: idsOf(lines) };
  await technician.command('StartWork', work);
  return repairOrderId;
};

/** The technician finishes each line and hands the car to inspection. */
export const doWork = async ({ as }: Stage, repairOrderId: string, lines: readonly Line[]): Promise<void> => {
  const technician = as(people.technician);
  for (const { lineId } of lines) await technician.command('FinishLine', { repairOrderId, lineId, minutes: 50 });
  await technician.command('FinishWork', { repairOrderId });
};

/** The lead’s inspection passes, and the order is complete with its statement. */
export const complete = async ({ as }: Stage, repairOrderId: string, km: number): Promise<void> => {
  const [lead, advisor] = [as(people.lead), as(people.advisor)];
  const checks = [{ item: '제동', pass: true, value: '정상' }];
  await lead.command('PassInspection', { repairOrderId, inspectorId: lead.id, checks, roadTestKm: 2 });
  await advisor.command('CompleteOrder', {
    ...{ repairOrderId, odometerOutKm: km, responsibleMechanicId: lead.id },
    ...{ statementNo: `ST-30-${repairOrderId.slice(0, 6)}`, statementSha256: sha256(repairOrderId) },
  });
};

/** A bill for the owner over what was agreed, VAT on top, issued and paid by card. */
export const billOwner = async (stage: Stage, client: Person, repairOrderId: string, supplyKrw: number) => {
  const cashier = stage.as(people.cashier);
  const invoiceId = idOf(`invoice/${repairOrderId}`);
  const vatKrw = Math.floor(supplyKrw / 10);
  await cashier.command('DraftInvoice', {
    ...{ invoiceId, sellerOrgId: orgs.garage.id, payer: ownerOf(client), supplyKrw, vatKrw },
    ...{ source: { kind: 'repairOrder', id: repairOrderId }, totalKrw: supplyKrw + vatKrw },
    lines: [{ lineId: idOf(`${invoiceId}/1`), text: '정비', supplyKrw }],
  });
  await cashier.command('IssueInvoice', {
    ...{ invoiceId, number: `INV-30-${invoiceId.slice(0, 6)}`, documentKind: 'cardSlip' },
    ...{ issuedOn: dayOf(stage), dueOn: dayOf(stage) },
  });
  return invoiceId;
};

/** The owner signs and gets the key. */
export const giveBack = (stage: Stage, client: Person, repairOrderId: string) => ({
  ...{ repairOrderId, receiver: ownerOf(client), signature: fileOf(`${repairOrderId}.png`), at: stage.now() },
  keyBack: true,
});
