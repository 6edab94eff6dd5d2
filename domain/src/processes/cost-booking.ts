import { FleetContract } from '../fleet/contract/fleet-contract.ts';
import {
  type Context,
  complete,
  defineProcess,
  type ProcessDef,
  type ProcessInput,
  type Reaction,
  send,
  seoulDay,
  text,
} from '../kit/index.ts';
import { costOfDelivery, costOfInvoice, costsOfPenalty } from './cost-booking.sources.ts';
import { deskOf } from './desks.ts';
import { type NoticeName, notify } from './notify.ts';

type Data = Record<string, unknown>;
type Booked = { readonly contractId: string; readonly costId: string; readonly year: number };
type State = {
  /** How the cost of the document stands, whoever booked it. */
  readonly booked?: Booked;
  readonly credited?: string;
};
const documents = ['invoice', 'delivery'];
const invoice = ({ invoiceId }: Data) => String(invoiceId);
const delivery = ({ deliveryId }: Data) => String(deliveryId);
const ofSource = ({ source }: Data) => {
  const { kind, id } = source as { kind: string; id: string };
  return documents.includes(kind) ? id : undefined;
};

const evolve = (state: State, { type, data }: ProcessInput): State => {
  if (type === 'CreditNoteIssued') return { ...state, credited: String(data.number) };
  if (type !== 'CostBooked') return state;
  const { contractId, costId, occurredOn } = data as Record<string, string>;
  return {
    ...state,
    booked: { contractId: String(contractId), costId: String(costId), year: Number(String(occurredOn).slice(0, 4)) },
  };
};

/**
 * P6: what a fleet owes becomes a cost of the car on its contract. A repair's cost is its invoice, a delivery's the delivery
 * itself, so that each is booked once; an invoice for a delivery is no second cost.
 */
export const costBooking: ProcessDef<State> = {
  name: 'CostBooking',
  doc: text(
    '차량 비용 기록',
    'Books what a fleet owes on the car’s contract, once, and takes it back when it is credited',
  ),
  starts: ['InvoiceIssued', 'HandoverCompleted', 'DeliveryCancelled', 'DeliveryFailed', 'ContractTerminated'],
  correlate: {
    ...{ InvoiceIssued: invoice, CreditNoteIssued: invoice, HandoverCompleted: delivery },
    ...{ DeliveryCancelled: delivery, DeliveryFailed: delivery },
    CostBooked: ofSource,
    ContractTerminated: ({ contractId }) => String(contractId),
  },
  initial: {},
  evolve,
  react: (state, input, ctx) => step(state, input, ctx),
  idle: ({ type }) => `${type} costs no fleet anything more`,
};
export const CostBooking = defineProcess<State>()(costBooking);

const step = (state: State, { type, data, at }: ProcessInput, ctx: Context): readonly Reaction[] => {
  switch (type) {
    case 'InvoiceIssued': {
      const cost = costOfInvoice(invoice(data), String(data.issuedOn), ctx);
      return cost ? [send('FleetLedger', 'BookCost', cost)] : [];
    }
    case 'HandoverCompleted':
    case 'DeliveryCancelled':
    case 'DeliveryFailed': {
      const feeKrw = type === 'HandoverCompleted' ? undefined : Number(data.feeKrw ?? 0);
      const cost = costOfDelivery(delivery(data), feeKrw, seoulDay(at), ctx);
      return cost ? [send('FleetLedger', 'BookCost', cost)] : [complete];
    }
    case 'ContractTerminated':
      return costsOfPenalty(data, ctx).map((cost) => send('FleetLedger', 'BookCost', cost));
    case 'BookCostRejected':
      return refused(data, ctx);
    case 'CostBooked':
      // A delivery is never credited; what its cost is worth is between the fleet and the driver's company.
      if ((data.source as Data).kind === 'delivery') return [complete];
      return state.credited === undefined ? [] : reverse(state);
    case 'CreditNoteIssued':
      return reverse(state);
    case 'ReverseCostRejected':
      return data.code === 'YEAR_CLOSED' ? [...tell('costNotReversed', data, ctx), complete] : [complete];
    default:
      return [];
  }
};

const reverse = ({ booked, credited = '' }: State): readonly Reaction[] =>
  booked ? [send('FleetLedger', 'ReverseCost', { ...booked, reason: `취소 계산서 ${credited}` })] : [];

/** Somebody booked it before: that is done. Whatever else stands against it is for the fleet's accountants. */
const refused = (data: Data, ctx: Context): readonly Reaction[] =>
  data.code === 'DUPLICATE_SOURCE' || data.code === 'ALREADY_EXISTS' ? [] : tell('costNotBooked', data, ctx);

const tell = (template: NoticeName, { code, data }: Data, ctx: Context): readonly Reaction[] => {
  const { contractId } = data as { contractId: string };
  const contract = ctx.fact(FleetContract, contractId);
  if (!('fleetOrgId' in contract)) return [];
  const desk = deskOf(contract.fleetOrgId, 'FLEET_MANAGER', 'FLEET_ACCOUNTANT');
  return [notify(ctx, template, desk, { contractId, code: String(code) })];
};
