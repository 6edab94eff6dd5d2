import { Organization } from '../core/organization/organization.ts';
import { Delivery } from '../delivery/delivery/delivery.ts';
import { type Context, plusHours, type Reaction, send } from '../kit/index.ts';
import type { RepairOrderState } from '../repair/repair-order/repair-order.ts';
import { vatOf } from '../shared/values.ts';
import { transportOf } from './dispatch.drivers.ts';

type Order = Exclude<RepairOrderState, { status: 'none' }>;
type Place = { readonly addressRef: string; readonly geo: object; readonly contactRef: string };

/** A fee as it was named to the customer, VAT included, taken apart; no won of it more than was named. */
const partsOf = (totalKrw: number): { supplyKrw: number; vatKrw: number; totalKrw: number } => {
  let supplyKrw = Math.ceil((totalKrw * 10) / 11);
  while (supplyKrw + vatOf(supplyKrw) > totalKrw) supplyKrw -= 1;
  const vatKrw = vatOf(supplyKrw);
  return { supplyKrw, vatKrw, totalKrw: supplyKrw + vatKrw };
};

/** The diagnosis is invoiced to whoever pays; the cashier looks at the draft and issues it. */
export const invoiceDiagnosis = (
  repairOrderId: string,
  { payer, workshopOrgId }: Order,
  feeKrw: number,
  ctx: Context,
): readonly Reaction[] => {
  const fee = partsOf(feeKrw);
  const organization = payer.kind === 'fleet' ? ctx.fact(Organization, payer.id) : undefined;
  const buyer = organization && 'businessNo' in organization ? { buyerBusinessNo: organization.businessNo } : {};
  return [
    send('Invoice', 'DraftInvoice', {
      ...{ invoiceId: ctx.newId(), sellerOrgId: workshopOrgId, payer, ...buyer, ...fee },
      source: { kind: 'repairOrder', id: repairOrderId },
      lines: [{ lineId: ctx.newId(), text: '진단료', supplyKrw: fee.supplyKrw, taxable: true }],
    }),
  ];
};

const placeOf = ({ addressRef, geo, contactRef }: Place, from: string, to: string) => ({
  ...{ addressRef, geo, contactRef, window: { from, to } },
});

/** A car that was brought by a driver goes back where it came from, for whoever had it brought. */
export const returnCar = (repairOrderId: string, deliveryId: string, ctx: Context, at: string): readonly Reaction[] => {
  const brought = ctx.fact(Delivery, deliveryId);
  const payer = ctx.partiesOf(Delivery, deliveryId).find(({ as }) => as === 'payer');
  if (brought.status !== 'completed' || !payer) return [];
  const transportOrgId = transportOf(deliveryId, ctx);
  return [
    send('Delivery', 'RequestDelivery', {
      ...{ deliveryId: ctx.newId(), vehicleId: brought.vehicleId, requester: brought.requester, mode: 'road' },
      ...{ kind: 'fromWorkshop', payer: { kind: payer.kind, id: payer.id }, links: { repairOrderId } },
      pickup: placeOf(brought.dropoff, plusHours(at, 1), plusHours(at, 5)),
      dropoff: placeOf(brought.pickup, plusHours(at, 2), plusHours(at, 8)),
      ...(transportOrgId && { transportOrgId }),
    }),
  ];
};
