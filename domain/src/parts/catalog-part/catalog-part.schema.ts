import { z } from 'zod';
import { allow, allowAny, command, event, Party, text } from '../../kit/index.ts';
import { PartGrade } from '../../repair/repair-order/value.schema.ts';
import { Code, Day, Id, Km, Line, SignedWon, Won } from '../../shared/values.ts';

const partId = Id;
const Ref = z.object({ partId });
const ModelYear = z.int().min(1950).max(2100);

const List = Ref.extend({
  supplierOrgId: Id,
  partNo: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 ./-]{0,39}$/, 'Use letters, digits, spaces and . / -'),
  brand: Line,
  grade: PartGrade,
  nameKo: Line,
  nameEn: Line,
  category: Code,
  unit: z.enum(['EA', 'SET', 'L']).meta({ id: 'PartUnit' }),
  listPriceKrw: SignedWon,
  warrantyMonths: z.int().min(0).max(240),
  warrantyKm: Km,
});
const Price = Ref.extend({
  listPriceKrw: SignedWon,
  effectiveFrom: Day,
  reason: Line,
  /** Somebody else's consent to a jump of more than 30 %. */
  approverId: Id.optional(),
});
const Fitment = Ref.extend({
  fitmentId: Id,
  make: Line,
  model: Line,
  yearFrom: ModelYear,
  yearTo: ModelYear,
  engine: Line.optional(),
});
const NoFitment = Ref.extend({ fitmentId: Id, reason: Line });
const Supersede = Ref.extend({ byPartId: Id });
const Discontinue = Ref.extend({ on: Day });
const Recall = Ref.extend({ reason: Line, lots: z.array(Code).max(500) });

const supplier = allow(['PARTS_MANAGER', 'SUPPLIER_SALES'], 'supplier');
const known = ['listed', 'discontinued', 'superseded'] as const;

export const commands = {
  ListPart: command({
    label: text('부품 등록하기', 'List part'),
    doc: text('부품을 카탈로그에 올립니다.', 'Lists a part in the catalogue.'),
    by: [supplier],
    in: ['none'],
    emits: ['PartListed'],
    refuses: ['PART_NO_TAKEN', 'PRICE_NOT_POSITIVE'],
    input: List,
  }),
  ChangePrice: command({
    label: text('가격 변경하기', 'Change price'),
    doc: text('정한 날부터 가격을 바꿉니다.', 'Changes the list price from a day on.'),
    by: [supplier],
    in: ['listed'],
    emits: ['PriceChanged'],
    refuses: ['EFFECTIVE_IN_PAST', 'JUMP_NEEDS_APPROVAL', 'PRICE_NOT_POSITIVE', 'PRICE_UNCHANGED'],
    input: Price,
  }),
  AddFitment: command({
    label: text('적용 차종 추가하기', 'Add fitment'),
    doc: text('부품이 맞는 차종을 추가합니다.', 'Adds vehicles the part fits.'),
    by: [supplier],
    in: known,
    emits: ['FitmentAdded'],
    refuses: ['DUPLICATE_FITMENT', 'YEARS_INVERTED'],
    input: Fitment,
  }),
  RemoveFitment: command({
    label: text('적용 차종 삭제하기', 'Remove fitment'),
    doc: text('잘못된 적용 차종을 뺍니다.', 'Takes a wrong fitment out.'),
    by: [supplier],
    in: known,
    emits: ['FitmentRemoved'],
    refuses: ['FITMENT_UNKNOWN'],
    input: NoFitment,
  }),
  SupersedePart: command({
    label: text('대체 부품 지정하기', 'Supersede part'),
    doc: text('새 부품으로 대체합니다.', 'Names the part that replaces this one.'),
    by: [supplier],
    in: ['listed', 'discontinued'],
    emits: ['PartSuperseded'],
    refuses: ['SUPERSESSION_CYCLE'],
    input: Supersede,
  }),
  DiscontinuePart: command({
    label: text('단종하기', 'Discontinue part'),
    doc: text('부품을 단종합니다.', 'Ends the sale of a part.'),
    by: [supplier],
    in: ['listed'],
    emits: ['PartDiscontinued'],
    input: Discontinue,
  }),
  RecallPart: command({
    label: text('리콜하기', 'Recall part'),
    doc: text('부품이나 일부 로트를 리콜합니다.', 'Recalls a part, or some of its lots.'),
    by: [supplier, allowAny('PLATFORM_ADMIN')],
    in: known,
    emits: ['PartRecalled'],
    input: Recall,
  }),
  LiftRecall: command({
    label: text('리콜 해제하기', 'Lift recall'),
    doc: text('리콜을 해제합니다.', 'Ends a recall.'),
    by: [supplier, allowAny('PLATFORM_ADMIN')],
    in: known,
    emits: ['RecallLifted'],
    refuses: ['NOT_RECALLED'],
    input: Ref,
  }),
};

export const events = {
  PartListed: event(List.extend({ parties: z.array(Party) })),
  PriceChanged: event(Price.extend({ before: Won })),
  FitmentAdded: event(Fitment),
  FitmentRemoved: event(NoFitment),
  PartSuperseded: event(Supersede),
  PartDiscontinued: event(Discontinue),
  PartRecalled: event(Recall),
  RecallLifted: event(Ref),
};
