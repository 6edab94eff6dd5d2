import { Delivery } from '../../delivery/delivery/delivery.ts';
import type { AnyAggregate, Context } from '../../kit/index.ts';
import { Invoice } from '../../repair/invoice/invoice.ts';
import { RepairOrder } from '../../repair/repair-order/repair-order.ts';

type Source = { readonly kind: string; readonly id: string };

/** Documents that stand here; a receipt or a statement is a paper from outside, and so is an id nobody here knows. */
const documents: Readonly<Record<string, AnyAggregate>> = {
  delivery: Delivery,
  invoice: Invoice,
  repairOrder: RepairOrder,
};

/**
 * Nobody books a document of somebody else. That the document is looked at also puts the cost on its journey, which is how
 * a fleet's maintenance comes to its end (P6).
 */
export const isOthersDocument = ({ kind, id }: Source, fleetOrgId: string, ctx: Context): boolean => {
  const document = documents[kind];
  const parties = document ? ctx.partiesOf(document, id) : [];
  return parties.length > 0 && !parties.some((party) => party.kind === 'org' && party.id === fleetOrgId);
};
