import { Delivery } from '../../delivery/delivery/delivery.ts';
import type { AnyAggregate, Context, PartyAs } from '../../kit/index.ts';
import { RepairOrder } from '../repair-order/repair-order.ts';
import { Reservation } from '../reservation/reservation.ts';

type Source = { readonly kind: string; readonly id: string };

/** Documents that can be invoiced, and as what the seller takes part in them. Others have no seller among their parties. */
const documents: Readonly<Record<string, { readonly aggregate: AnyAggregate; readonly seller: PartyAs }>> = {
  delivery: { aggregate: Delivery, seller: 'transport' },
  repairOrder: { aggregate: RepairOrder, seller: 'workshop' },
  /** Of an appointment that was called off late, or missed. */
  reservation: { aggregate: Reservation, seller: 'workshop' },
};

/** Nobody invoices a document of somebody else, nor takes its one invoice away from them. */
export const isSellersDocument = ({ kind, id }: Source, sellerOrgId: string, ctx: Context): boolean => {
  const document = documents[kind];
  if (!document) return true;
  return ctx
    .partiesOf(document.aggregate, id)
    .some((party) => party.kind === 'org' && party.id === sellerOrgId && party.as === document.seller);
};
