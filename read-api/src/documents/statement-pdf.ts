import type { Locale } from '@cargoro/domain';
import { pdfOf } from './pdf.ts';
import { km, won, words } from './words.ts';

export type Letterhead = {
  readonly name: string;
  readonly businessNo: string | null;
  readonly repairRegNo: string | null;
  readonly address: string;
  readonly phone: string | null;
};
export type StatementLine = {
  readonly name: string;
  readonly kind: 'labour' | 'part' | 'sublet' | 'fee' | 'discount';
  readonly grade: 'oem' | 'certifiedAlt' | 'reman' | 'used' | null;
  readonly qty: number;
  /** Of labour that is charged by the hour. */
  readonly hours: number | null;
  readonly unitKrw: number;
  readonly amountKrw: number;
};
/** Everything a statement says (K1, form 별지 89호의2), as it stood when the order was completed. */
export type StatementFacts = {
  readonly number: string;
  /** Of the statement's content, as the workshop recorded it. */
  readonly sha256: string;
  readonly orderNumber: string;
  readonly workshop: Letterhead;
  readonly vehicle: {
    readonly plate: string;
    readonly model: string;
    readonly modelYear: number;
    readonly vin: string | null;
  };
  readonly customerName: string | null;
  readonly requestedOn: string;
  readonly completedOn: string;
  /** UTC: the moment the document is of. */
  readonly completedAt: string;
  readonly odometerInKm: number;
  readonly odometerOutKm: number;
  readonly mechanicName: string | null;
  readonly lines: readonly StatementLine[];
  readonly supplyKrw: number;
  readonly vatKrw: number;
  readonly totalKrw: number;
  readonly warrantyUntilOn: string | null;
};

/** The repair statement as PDF; the same facts give the same bytes. */
export const statementPdf = (facts: StatementFacts, locale: Locale): Promise<Buffer> => {
  const say = words[locale];
  const { workshop, vehicle } = facts;
  const title = `${say.statement} ${facts.number}`;
  return pdfOf({ title, language: say.language, at: facts.completedAt }, (sheet) => {
    sheet.title(say.statement, `${say.number} ${facts.number} · ${say.orderNumber} ${facts.orderNumber}`);
    sheet.heading(say.workshop);
    sheet.facts([
      [say.name, workshop.name],
      [say.businessNo, workshop.businessNo ?? '–'],
      [say.repairRegNo, workshop.repairRegNo ?? '–'],
      [say.phone, workshop.phone ?? '–'],
    ]);
    sheet.facts([[say.address, workshop.address]], 1);
    sheet.heading(say.vehicle);
    sheet.facts([
      [say.plate, vehicle.plate],
      [say.model, `${vehicle.model} (${vehicle.modelYear})`],
      [say.vin, vehicle.vin ?? '–'],
      [say.customer, facts.customerName ?? '–'],
      [say.requestedOn, facts.requestedOn],
      [say.completedOn, facts.completedOn],
      [say.odometerIn, km(facts.odometerInKm)],
      [say.odometerOut, km(facts.odometerOutKm)],
    ]);
    sheet.heading(say.work);
    sheet.table(
      [
        { title: say.item, width: 0.4 },
        { title: say.kind, width: 0.2 },
        { title: say.qty, width: 0.1, align: 'right' },
        { title: say.unit, width: 0.15, align: 'right' },
        { title: say.amount, width: 0.15, align: 'right' },
      ],
      facts.lines.map(({ name, kind, grade, qty, hours, unitKrw, amountKrw }) => [
        name,
        grade ? `${say.kinds[kind]} · ${say.grades[grade]}` : say.kinds[kind],
        hours === null ? String(qty) : say.hours(hours, qty),
        won(unitKrw, locale),
        won(amountKrw, locale),
      ]),
    );
    sheet.sums([
      [say.supply, won(facts.supplyKrw, locale)],
      [say.vat, won(facts.vatKrw, locale)],
      [say.total, won(facts.totalKrw, locale)],
    ]);
    sheet.heading(say.warranty);
    sheet.note(facts.warrantyUntilOn ? say.warrantyUntil(facts.warrantyUntilOn) : say.noWarranty);
    sheet.note(say.kept);
    sheet.note(`${say.document} ${facts.sha256}`);
    sheet.signatures([facts.mechanicName ? `${say.mechanic}  ${facts.mechanicName}` : say.mechanic, say.received]);
  });
};
