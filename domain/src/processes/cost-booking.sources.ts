import { Delivery } from '../delivery/delivery/delivery.ts';
import { coversOn, FleetContract } from '../fleet/contract/fleet-contract.ts';
import { MaintenancePlan } from '../fleet/maintenance-plan/maintenance-plan.ts';
import { Claim, type Context, claimId, holderOf } from '../kit/index.ts';
import { Invoice } from '../repair/invoice/invoice.ts';
import { isWork, linesOf } from '../repair/repair-order/repair-order.state.ts';
import { RepairOrder, type RepairOrderState } from '../repair/repair-order/repair-order.ts';
import { contractOf } from './fleet-facts.ts';

export type Cost = Readonly<Record<string, unknown>>;

const cost = (
  ctx: Context,
  at: { readonly fleetOrgId: string; readonly vehicleId: string; readonly occurredOn: string },
  what: { readonly category: string; readonly supplyKrw: number; readonly vatKrw: number; readonly source: Cost },
): Cost | undefined => {
  const { fleetOrgId, vehicleId, occurredOn } = at;
  const contractId = contractOf(ctx, vehicleId, fleetOrgId, occurredOn);
  return contractId === undefined ? undefined : { contractId, costId: ctx.newId(), vehicleId, occurredOn, ...what };
};

/** Work of the plan alone is maintenance; anything else is a repair. */
const categoryOf = (order: Exclude<RepairOrderState, { status: 'none' }>, ctx: Context): string => {
  const plan = ctx.fact(MaintenancePlan, order.vehicleId);
  const items = plan.status === 'none' ? {} : plan.items;
  const done = linesOf(order).filter((line) => isWork(line) && line.state === 'done');
  const isPlanned = ({ serviceCode }: (typeof done)[number]) =>
    serviceCode !== undefined && Object.hasOwn(items, serviceCode);
  return done.length > 0 && done.every(isPlanned) ? 'maintenance' : 'repair';
};

/** What an invoice for a repair costs the fleet it is addressed to, unless the repair itself was booked by hand. */
export const costOfInvoice = (invoiceId: string, issuedOn: string, ctx: Context): Cost | undefined => {
  const invoice = ctx.fact(Invoice, invoiceId);
  if (!('dueOn' in invoice) || invoice.status === 'credited') return undefined;
  const { payer, source, supplyKrw, vatKrw } = invoice.doc;
  if ((payer.kind !== 'fleet' && payer.kind !== 'org') || source.kind !== 'repairOrder') return undefined;
  const order = ctx.fact(RepairOrder, source.id);
  if (order.status === 'none') return undefined;
  const { vehicleId } = order;
  if (holderOf(ctx.fact(Claim, claimId('costSource', `repairOrder.${source.id}.${vehicleId}`)))) return undefined;
  return cost(
    ctx,
    { fleetOrgId: payer.id, vehicleId, occurredOn: issuedOn },
    { category: categoryOf(order, ctx), supplyKrw, vatKrw, source: { kind: 'invoice', id: invoiceId } },
  );
};

/** What a delivery costs the fleet that pays for it: its fare, or what is owed for one that was called off. */
export const costOfDelivery = (
  deliveryId: string,
  feeKrw: number | undefined,
  occurredOn: string,
  ctx: Context,
): Cost | undefined => {
  const delivery = ctx.fact(Delivery, deliveryId);
  const payer = ctx.partiesOf(Delivery, deliveryId).find(({ as }) => as === 'payer');
  if (delivery.status === 'none' || payer?.kind !== 'org') return undefined;
  const supplyKrw = feeKrw ?? delivery.fare?.totalKrw ?? 0;
  if (supplyKrw === 0) return undefined;
  return cost(
    ctx,
    { fleetOrgId: payer.id, vehicleId: delivery.vehicleId, occurredOn },
    { category: 'delivery', supplyKrw, vatKrw: 0, source: { kind: 'delivery', id: deliveryId } },
  );
};

const kindOfPenalty: Readonly<Record<string, string>> = { lease: 'lease', rental: 'lease', insurance: 'insurance' };

/** What ending a contract early costs, in equal parts on each car that was under it. */
export const costsOfPenalty = (
  { contractId, on, penaltyKrw }: Readonly<Record<string, unknown>>,
  ctx: Context,
): readonly Cost[] => {
  const contract = ctx.fact(FleetContract, String(contractId));
  const [day, total] = [String(on), Number(penaltyKrw)];
  if (!('coverage' in contract) || total === 0) return [];
  const cars = [...new Set(contract.coverage.map(({ vehicleId }) => vehicleId))].filter((id) =>
    coversOn(contract, id, day),
  );
  const part = Math.floor(total / Math.max(1, cars.length));
  return cars.map((vehicleId, n) => ({
    ...{ contractId, costId: ctx.newId(), vehicleId, category: kindOfPenalty[contract.kind] ?? 'maintenance' },
    ...{ supplyKrw: n === 0 ? total - part * (cars.length - 1) : part, vatKrw: 0, occurredOn: day },
    source: { kind: 'contract', id: String(contractId) },
  }));
};
