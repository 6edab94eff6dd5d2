import { z } from 'zod';
import { Code, DateTime, Day, FileRef, Id, Km, Line, Prose, Won } from '../../shared/values.ts';

/** Value objects of a repair order. */
export const PartGrade = z.enum(['oem', 'certifiedAlt', 'reman', 'used']).meta({ id: 'PartGrade' });
export type PartGrade = z.infer<typeof PartGrade>;
export const LineKind = z.enum(['labour', 'part', 'sublet', 'fee', 'discount']).meta({ id: 'LineKind' });
export const PayerKind = z.enum(['owner', 'fleet', 'insurer', 'warranty']).meta({ id: 'PayerKind' });
/** Who pays: a user id for an owner, an organisation id otherwise. */
export const Payer = z.object({ kind: PayerKind, id: z.string().min(1).max(64) }).meta({ id: 'RepairPayer' });

/** Money of one unit; negative values are refused by name rather than by shape. */
const Price = z.int().min(-1_000_000_000).max(1_000_000_000);
const Qty = z.number().min(0.01).max(10_000);

/** Another grade of the same part offered to the client (K1: new, remanufactured or used is the client's choice). */
export const GradeChoice = z
  .object({ grade: PartGrade, partId: z.string().min(1).max(64).optional(), unitPriceKrw: Price })
  .meta({ id: 'GradeChoice' });

/**
 * A line of an estimate. Its amount is `hours × rateKrw × qty` for labour, else `unitPriceKrw × qty`, in whole won; a
 * discount's amount is taken off, whatever its sign.
 */
export const EstimateLine = z
  .object({
    lineId: Id,
    kind: LineKind,
    serviceCode: Code.optional(),
    /** What the client reads. */
    name: Line.optional(),
    partId: z.string().min(1).max(64).optional(),
    grade: PartGrade.optional(),
    qty: Qty.default(1),
    hours: z.number().min(0).max(200).optional(),
    rateKrw: Price.optional(),
    unitPriceKrw: Price.default(0),
    payer: PayerKind,
    /** Parts only: the grades the client may choose from; one grade alone is named too. */
    alternatives: z.array(GradeChoice).max(10).optional(),
    /** The finding that made this line necessary. */
    findingId: Id.optional(),
    taxable: z.boolean().default(true),
  })
  .meta({ id: 'EstimateLine' });
export type EstimateLine = z.infer<typeof EstimateLine>;
export const maxLines = 300;
export const EstimateLines = z.array(EstimateLine).max(maxLines, `An estimate has at most ${maxLines} lines`);

export const Finding = z
  .object({
    findingId: Id,
    system: Line,
    severity: z.enum(['good', 'soon', 'urgent']).meta({ id: 'FindingSeverity' }),
    /** What was measured, with its unit: `3.1 mm`. */
    measured: Line.optional(),
    note: Prose.default(''),
    photos: z.array(FileRef).max(30).default([]),
  })
  .meta({ id: 'Finding' });
export type Finding = z.infer<typeof Finding>;

/** Who agreed: `owner` is a user id, `fleet` an organisation or one of its approvers, `policy` a policy's version. */
export const Approver = z
  .object({
    kind: z.enum(['owner', 'fleet', 'insurer', 'warranty', 'policy']).meta({ id: 'ApproverKind' }),
    id: z.string().min(1).max(64),
  })
  .meta({ id: 'Approver' });
export const ApprovalMethod = z
  .enum(['app', 'smsLink', 'phone', 'inPerson', 'policyAuto'])
  .meta({ id: 'ApprovalMethod' });
/** The object that proves an approval: a recording, a signature, the policy's document. */
export const Evidence = FileRef.pick({ objectId: true, sha256: true }).meta({ id: 'Evidence' });

export const InspectionCheck = z
  .object({ item: Line, pass: z.boolean(), value: Line.optional() })
  .meta({ id: 'InspectionCheck' });

/** Free after-service of a finished line (K2), until the day or the odometer value, whichever comes first. */
export const WarrantyTerm = z.object({ lineId: Id, untilOn: Day, untilKm: Km.optional() }).meta({ id: 'WarrantyTerm' });
export type WarrantyTerm = z.infer<typeof WarrantyTerm>;

export const Receiver = z
  .object({ kind: z.enum(['owner', 'fleet', 'driver']), id: z.string().min(1).max(64) })
  .meta({ id: 'Receiver' });

export const LineIds = z.array(Id).min(1).max(maxLines);
/** The bay time the reservation brought along. */
export const OrderSlot = z
  .object({ bayId: Id, day: Day, holdId: Id, start: DateTime, end: DateTime })
  .meta({ id: 'OrderSlot' });
export type OrderSlot = z.infer<typeof OrderSlot>;
/** Requests for parts that end with what the event tells of. */
export const requestIds = { requestIds: z.array(Id).default([]) };
/** Money of a document: supply value, VAT once on the taxable total, rounded down. */
export const totals = { supplyKrw: Won, vatKrw: Won, totalKrw: Won };
