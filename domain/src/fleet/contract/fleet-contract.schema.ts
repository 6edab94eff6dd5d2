import { z } from 'zod';
import { allow, command, event, Party, text } from '../../kit/index.ts';
import { Day, Id, Km, Line, Sha256, SignedWon, Won } from '../../shared/values.ts';

const contractId = Id;
export const ContractKind = z
  .enum(['lease', 'rental', 'insurance', 'maintenance', 'owned'])
  .meta({ id: 'ContractKind' });
export const CostCategory = z
  .enum(['lease', 'fuel', 'maintenance', 'repair', 'delivery', 'insurance', 'tax', 'toll', 'parking', 'fine'])
  .meta({ id: 'CostCategory' });
export const Year = z.int().min(2000).max(2199);
const Included = z.enum(['maintenance', 'tyres', 'insurance']).meta({ id: 'ContractInclusion' });
const terms = {
  counterparty: Line,
  monthlyFeeKrw: Won,
  depositKrw: Won,
  mileageCapKm: Km.optional(),
  excessKrwPerKm: Won.optional(),
  includes: z.array(Included).max(3),
};
/** The terms that change, each with its new value. */
export const TermChanges = z.object(terms).partial().meta({ id: 'ContractTermChanges' });

const Ref = z.object({ contractId });
const Draft = Ref.extend({
  fleetOrgId: Id,
  kind: ContractKind,
  vehicleIds: z.array(Id).max(500),
  startsOn: Day,
  endsOn: Day,
  ...terms,
  documentSha256: Sha256.optional(),
  /** The policy whose hard stop guards the budget of this contract. */
  policyId: Id.optional(),
});
const Sign = Ref.extend({
  signedOn: Day,
  /** Left out when the draft named it. */
  documentSha256: Sha256.optional(),
  /** Insured for employees only, as the tax rules ask (K7). */
  exclusiveInsurance: z.boolean(),
});
const Add = Ref.extend({ vehicleId: Id, on: Day });
const Remove = Add.extend({ reason: Line });
const Amend = Ref.extend({ changes: TermChanges, effectiveFrom: Day, reason: Line });
const Budget = Ref.extend({ year: Year, category: CostCategory, amountKrw: SignedWon });
const Renew = Ref.extend({ newEndsOn: Day, terms: TermChanges.optional() });
const Terminate = Ref.extend({ on: Day, penaltyKrw: Won, reason: Line });

const manager = allow(['FLEET_MANAGER'], 'fleet');
const books = allow(['FLEET_MANAGER', 'FLEET_ACCOUNTANT'], 'fleet');
const running = ['active', 'expiring'] as const;

export const commands = {
  DraftContract: command({
    label: text('계약 작성하기', 'Draft contract'),
    doc: text('차량 계약 초안을 만듭니다.', 'Draws up a contract for vehicles of the fleet.'),
    by: [manager],
    in: ['none'],
    emits: ['ContractDrafted'],
    refuses: ['DATES_INVERTED', 'NO_ACCESS_TO_VEHICLE', 'NO_VEHICLE'],
    input: Draft,
  }),
  SignContract: command({
    label: text('계약 체결하기', 'Sign contract'),
    doc: text('계약서를 근거로 계약을 시작합니다.', 'Puts a contract into force by its signed document.'),
    by: [manager],
    in: ['draft'],
    emits: ['ContractSigned'],
    refuses: ['DOCUMENT_MISSING', 'NO_VEHICLE', 'VEHICLE_HAS_SAME_KIND'],
    input: Sign,
  }),
  AddVehicle: command({
    label: text('차량 추가하기', 'Add vehicle'),
    doc: text('계약에 차량을 추가합니다.', 'Adds a vehicle to the contract.'),
    by: [manager],
    in: ['draft', 'active', 'expiring'],
    emits: ['ContractVehicleAdded'],
    refuses: ['ALREADY_IN', 'NO_ACCESS_TO_VEHICLE', 'VEHICLE_HAS_SAME_KIND'],
    input: Add,
  }),
  RemoveVehicle: command({
    label: text('차량 제외하기', 'Remove vehicle'),
    doc: text('계약에서 차량을 제외합니다.', 'Takes a vehicle out of the contract.'),
    by: [manager],
    in: ['draft', 'active', 'expiring'],
    emits: ['ContractVehicleRemoved'],
    refuses: ['DATES_INVERTED', 'NOT_IN'],
    input: Remove,
  }),
  AmendTerms: command({
    label: text('조건 변경하기', 'Amend terms'),
    doc: text('정한 날부터 계약 조건을 바꿉니다.', 'Changes terms from a day on; what applied before stays known.'),
    by: [manager],
    in: running,
    otherwise: 'NOT_ACTIVE',
    emits: ['TermsAmended'],
    refuses: ['EFFECTIVE_IN_PAST'],
    input: Amend,
  }),
  SetBudget: command({
    label: text('예산 정하기', 'Set budget'),
    doc: text('한 해의 비용 항목별 예산을 정합니다.', 'Sets a year’s budget for one kind of cost, VAT included.'),
    by: [books],
    in: ['draft', 'active', 'expiring'],
    emits: ['BudgetSet'],
    refuses: ['NEGATIVE'],
    input: Budget,
  }),
  MarkExpiring: command({
    label: text('만료 예정으로 표시하기', 'Mark as expiring'),
    doc: text('끝나기 60일 전부터 만료 예정으로 표시합니다.', 'Marks a contract in its last 60 days.'),
    by: [manager],
    in: ['active'],
    otherwise: 'NOT_ACTIVE',
    emits: ['ContractExpiring'],
    refuses: ['TOO_EARLY'],
    input: Ref,
  }),
  RenewContract: command({
    label: text('계약 갱신하기', 'Renew contract'),
    doc: text('끝나는 날을 미룹니다.', 'Moves the end of the contract, perhaps on new terms.'),
    by: [manager],
    in: running,
    otherwise: 'NOT_ACTIVE',
    emits: ['ContractRenewed'],
    refuses: ['DATES_INVERTED'],
    input: Renew,
  }),
  TerminateContract: command({
    label: text('중도 해지하기', 'Terminate contract'),
    doc: text('계약을 중도에 해지합니다.', 'Ends a contract before its time.'),
    by: [manager],
    in: running,
    otherwise: 'NOT_ACTIVE',
    emits: ['ContractTerminated'],
    refuses: ['DATES_INVERTED'],
    input: Terminate,
  }),
  EndContract: command({
    label: text('계약 종료하기', 'End contract'),
    doc: text('기간이 끝난 계약을 종료합니다.', 'Closes a contract that has run its time.'),
    by: [manager],
    in: running,
    otherwise: 'NOT_ACTIVE',
    emits: ['ContractEnded'],
    refuses: ['TOO_EARLY'],
    input: Ref,
  }),
};

/** The vehicles it covered to its end; missing in events of before 2026-11-28. */
const left = { vehicleIds: z.array(Id).optional() };

export const events = {
  ContractDrafted: event(Draft.extend({ parties: z.array(Party) })),
  ContractSigned: event(Sign.extend({ documentSha256: Sha256 })),
  ContractVehicleAdded: event(Add),
  ContractVehicleRemoved: event(Remove),
  TermsAmended: event(Amend.extend({ before: TermChanges })),
  /** `before` is missing when there was no budget. */
  BudgetSet: event(Budget.extend({ before: Won.optional() })),
  ContractExpiring: event(Ref.extend({ endsOn: Day })),
  ContractRenewed: event(Renew.extend({ before: Day })),
  ContractTerminated: event(Terminate.extend(left)),
  ContractEnded: event(Ref.extend(left)),
};
