import type { z } from 'zod';
import {
  type Aggregate,
  accept,
  type Context,
  claiming,
  defineAggregate,
  org,
  reject,
  seoulDay,
  text,
} from '../../kit/index.ts';
import { moves } from './catalog-part.moves.ts';
import { commands, events } from './catalog-part.schema.ts';

const refusals = {
  PART_NO_TAKEN: text('이미 등록된 부품 번호입니다.', 'This brand has a part of this number already.'),
  PRICE_NOT_POSITIVE: text('가격은 0원보다 커야 합니다.', 'A price is more than nothing.'),
  PRICE_UNCHANGED: text('현재 가격과 같습니다.', 'That is the price already.'),
  EFFECTIVE_IN_PAST: text('적용일이 지났습니다.', 'It cannot take effect in the past.'),
  JUMP_NEEDS_APPROVAL: text(
    '30%를 넘는 변동은 다른 사람의 승인이 필요합니다.',
    'A jump of more than 30 % takes somebody else’s consent.',
  ),
  DUPLICATE_FITMENT: text('이미 등록된 적용 차종입니다.', 'The part is known to fit these vehicles.'),
  YEARS_INVERTED: text('끝 연식이 시작 연식보다 빠릅니다.', 'The years are the wrong way round.'),
  FITMENT_UNKNOWN: text('해당하는 적용 차종이 없습니다.', 'There is no such fitment.'),
  SUPERSESSION_CYCLE: text('대체 관계가 서로 물려 있습니다.', 'The parts would replace each other in a circle.'),
  NOT_RECALLED: text('리콜 중인 부품이 아닙니다.', 'The part is not under recall.'),
} as const;

const freeJumpPercent = 30;

type Fitment = Omit<z.infer<typeof events.FitmentAdded.schema>, 'partId' | 'fitmentId'>;
type Part = Omit<z.infer<typeof events.PartListed.schema>, 'parties' | 'listPriceKrw'> & {
  /** In the order they were decided; the last one that has begun applies. */
  readonly prices: readonly { readonly from: string; readonly krw: number }[];
  readonly fitments: Readonly<Record<string, Fitment>>;
  readonly supersededBy?: string;
  /** Lots under recall; empty: all of them. */
  readonly recall?: { readonly lots: readonly string[] } | undefined;
};
export type CatalogPartState =
  | { readonly status: 'none' }
  | ({ readonly status: 'listed' | 'discontinued' | 'superseded' } & Part);

const parts = (): Aggregate<CatalogPartState> => CatalogPart;
/** One number per brand, however it is written: `26300-35505` is `2630035505`. */
const partNoKey = (brand: string, partNo: string): string =>
  [brand, partNo]
    .map((s) =>
      s
        .normalize('NFC')
        .toUpperCase()
        .replace(/[^\p{L}\p{N}]/gu, ''),
    )
    .join('.');
const fitmentKey = ({ make, model, yearFrom, yearTo, engine }: Fitment): string =>
  JSON.stringify([make, model, yearFrom, yearTo, engine ?? '']);

/** Does the chain of replacements that starts with `from` come back to `partId`? */
const leadsBack = (partId: string, from: string, ctx: Context): boolean => {
  const seen = new Set([partId]);
  for (let next: string | undefined = from; next !== undefined; ) {
    if (seen.has(next)) return true;
    seen.add(next);
    const part: CatalogPartState = ctx.fact(parts(), next);
    next = 'supersededBy' in part ? part.supersededBy : undefined;
  }
  return false;
};

export const CatalogPart = defineAggregate<CatalogPartState>()({
  name: 'CatalogPart',
  category: 'part',
  context: 'parts',
  doc: text('카탈로그 부품', 'A part of the catalogue: its price at any day, what it fits, recalls'),
  id: 'partId',
  commands,
  events,
  refusals,
  moves,
  initial: { status: 'none' },
  decide: {
    ListPart: (_state, data) => {
      if (data.listPriceKrw <= 0) return reject('PRICE_NOT_POSITIVE');
      const parties = [org(data.supplierOrgId, 'supplier')];
      return claiming(accept({ type: 'PartListed', data: { ...data, parties } }), {
        kind: 'partNo',
        value: partNoKey(data.brand, data.partNo),
        holder: data.partId,
        refusal: 'PART_NO_TAKEN',
      });
    },
    ChangePrice: (state, data, ctx) => {
      if (data.listPriceKrw <= 0) return reject('PRICE_NOT_POSITIVE');
      const before = state.prices.at(-1)?.krw ?? 0;
      if (data.listPriceKrw === before) return reject('PRICE_UNCHANGED');
      if (data.effectiveFrom < seoulDay(ctx.now)) return reject('EFFECTIVE_IN_PAST');
      const isJump = Math.abs(data.listPriceKrw - before) * 100 > before * freeJumpPercent;
      const hasConsent = data.approverId !== undefined && data.approverId !== ctx.actor.id;
      if (isJump && !hasConsent) return reject('JUMP_NEEDS_APPROVAL');
      return accept({ type: 'PriceChanged', data: { ...data, before } });
    },
    AddFitment: (state, data) => {
      if (data.yearTo < data.yearFrom) return reject('YEARS_INVERTED');
      const { fitmentId, partId: _, ...fitment } = data;
      const isKnown = Object.values(state.fitments).some((other) => fitmentKey(other) === fitmentKey(fitment));
      return isKnown || fitmentId in state.fitments
        ? reject('DUPLICATE_FITMENT')
        : accept({ type: 'FitmentAdded', data });
    },
    RemoveFitment: (state, data) =>
      data.fitmentId in state.fitments ? accept({ type: 'FitmentRemoved', data }) : reject('FITMENT_UNKNOWN'),
    SupersedePart: (_state, data, ctx) => {
      if (leadsBack(data.partId, data.byPartId, ctx)) return reject('SUPERSESSION_CYCLE');
      if (ctx.fact(parts(), data.byPartId).status === 'none') return reject('NOT_FOUND');
      return accept({ type: 'PartSuperseded', data });
    },
    DiscontinuePart: (_state, data) => accept({ type: 'PartDiscontinued', data }),
    RecallPart: (_state, data) => accept({ type: 'PartRecalled', data }),
    LiftRecall: (state, data) => (state.recall ? accept({ type: 'RecallLifted', data }) : reject('NOT_RECALLED')),
  },
  evolve: {
    PartListed: (_state, { parties: _, listPriceKrw, ...part }, event) => ({
      ...part,
      status: 'listed',
      prices: [{ from: seoulDay(event.meta.occurredAt), krw: listPriceKrw }],
      fitments: {},
    }),
    PriceChanged: (state, { listPriceKrw, effectiveFrom }) => ({
      ...state,
      prices: [...state.prices, { from: effectiveFrom, krw: listPriceKrw }],
    }),
    FitmentAdded: (state, { fitmentId, partId: _, ...fitment }) => ({
      ...state,
      fitments: { ...state.fitments, [fitmentId]: fitment },
    }),
    FitmentRemoved: (state, { fitmentId }) => {
      const { [fitmentId]: _, ...fitments } = state.fitments;
      return { ...state, fitments };
    },
    PartSuperseded: (state, { byPartId }) => ({ ...state, status: 'superseded', supersededBy: byPartId }),
    PartDiscontinued: (state) => ({ ...state, status: 'discontinued' }),
    PartRecalled: (state, { lots }) => ({ ...state, recall: { lots } }),
    RecallLifted: (state) => ({ ...state, recall: undefined }),
  },
});

/** List price on a business day, in won without VAT; undefined before the part was listed. */
export const priceOn = (state: CatalogPartState, day: string): number | undefined =>
  'prices' in state ? state.prices.findLast((price) => price.from <= day)?.krw : undefined;

/** Is it under recall? With a lot number: is that lot? */
export const isRecalled = (state: CatalogPartState, lotNo?: string): boolean => {
  const recall = 'recall' in state ? state.recall : undefined;
  return recall !== undefined && (recall.lots.length === 0 || lotNo === undefined || recall.lots.includes(lotNo));
};
