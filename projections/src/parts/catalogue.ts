import { CatalogPart, DateTime, Day, Won } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';

const { events } = CatalogPart;
const listed = events.PartListed.schema.shape;
const Fitment = events.FitmentAdded.schema.omit({ partId: true }).meta({ id: 'PartFitment' });
const Price = z.object({ from: Day, krw: Won }).meta({ id: 'PartPrice' });

const row = z.object({
  status: z.enum(['listed', 'superseded', 'discontinued']).meta({ id: 'CatalogPartStatus' }),
  supplierOrgId: z.string(),
  partNo: z.string(),
  brand: z.string(),
  grade: listed.grade,
  nameKo: z.string(),
  nameEn: z.string(),
  category: z.string(),
  unit: listed.unit,
  /** In the order they were decided; the last one that has begun applies. */
  prices: z.array(Price),
  /** The price in force when anything about the part was last changed. */
  priceKrw: Won,
  /** The price decided for a later day, and that day. */
  nextPriceKrw: Won.nullable(),
  nextPriceFrom: Day.nullable(),
  warrantyMonths: z.int(),
  warrantyKm: z.int(),
  fitments: z.array(Fitment),
  supersededBy: z.string().nullable(),
  discontinuedOn: Day.nullable(),
  recalled: z.boolean(),
  recallReason: z.string().nullable(),
  recalledLots: z.array(z.string()),
  listedAt: DateTime,
});
type PartRow = z.infer<typeof row>;

const seoul = (at: string): string => new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(0, 10);
const priced = <R extends PartRow>(row: R, at: string): R => {
  const today = seoul(at);
  const next = row.prices.findLast(({ from }) => from > today);
  return {
    ...row,
    priceKrw: row.prices.findLast(({ from }) => from <= today)?.krw ?? row.priceKrw,
    nextPriceKrw: next?.krw ?? null,
    nextPriceFrom: next?.from ?? null,
  };
};

/** The catalogue of parts: what fits, what it costs now and next, what replaces it, what is recalled. Open to all. */
export const Catalogue = readModel({
  name: 'rm_catalogue',
  type: 'CatalogPart',
  version: 1,
  group: 'parts',
  record: 'CatalogPart',
  row,
  scope: ['supplierOrgId'],
  indexes: [['nameKo', 'id'], ['supplierOrgId'], ['partNo']],
  from: [CatalogPart],
  open: true,
}).folds({
  start: {
    PartListed: ({ data: { partId: _, parties: __, listPriceKrw, ...part }, meta }) => ({
      ...{ ...part, status: 'listed', priceKrw: listPriceKrw, nextPriceKrw: null, nextPriceFrom: null, fitments: [] },
      prices: [{ from: seoul(meta.occurredAt), krw: listPriceKrw }],
      ...{ supersededBy: null, discontinuedOn: null, recalled: false, recallReason: null, recalledLots: [] },
      listedAt: meta.occurredAt,
    }),
  },
  on: {
    PriceChanged: (row, { data: { effectiveFrom, listPriceKrw }, meta }) =>
      priced({ ...row, prices: [...row.prices, { from: effectiveFrom, krw: listPriceKrw }] }, meta.occurredAt),
    FitmentAdded: (row, { data: { partId: _, ...fitment }, meta }) =>
      priced({ ...row, fitments: [...row.fitments, fitment] }, meta.occurredAt),
    FitmentRemoved: (row, { data: { fitmentId }, meta }) =>
      priced({ ...row, fitments: row.fitments.filter((one) => one.fitmentId !== fitmentId) }, meta.occurredAt),
    PartSuperseded: (row, { data: { byPartId } }) => ({ ...row, status: 'superseded', supersededBy: byPartId }),
    PartDiscontinued: (row, { data: { on } }) => ({ ...row, status: 'discontinued', discontinuedOn: on }),
    PartRecalled: (row, { data: { reason, lots } }) => ({
      ...{ ...row, recalled: true, recallReason: reason, recalledLots: lots },
    }),
    RecallLifted: (row) => ({ ...row, recalled: false, recallReason: null, recalledLots: [] }),
  },
});

/** Join that names the part of a row. */
export const partNames = {
  from: Catalogue,
  by: 'partId',
  take: (part: Record<string, unknown> | undefined) => ({
    partNo: part?.partNo ?? null,
    partBrand: part?.brand ?? null,
    partName: part?.nameKo ?? null,
    partNameEn: part?.nameEn ?? null,
  }),
};
export const partNameRow = {
  partNo: z.string().nullable(),
  partBrand: z.string().nullable(),
  partName: z.string().nullable(),
  partNameEn: z.string().nullable(),
};
export const unnamed = { partNo: null, partBrand: null, partName: null, partNameEn: null };
