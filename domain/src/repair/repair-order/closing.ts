import { accept, Claim, type Context, claimId, holderOf, reject, releasing } from '../../kit/index.ts';
import { Invoice } from '../invoice/invoice.ts';
import { Workshop } from '../workshop/workshop.ts';
import { disengaging, leavingBay } from './bay-use.ts';
import type { closingCommands, closingEvents } from './closing.schema.ts';
import { totalsOf } from './money.ts';
import { openOrderClaim } from './opening.ts';
import { billableLines, type Decide, type Evolve, isWork, linesOf, type Order } from './repair-order.state.ts';
import { warrantyTerms } from './warranty.ts';

/** Status of the invoice drawn up for this order; `none` when nobody has drawn one up. */
const invoiceStatus = (repairOrderId: string, ctx: Context): string => {
  const invoiceId = holderOf(ctx.fact(Claim, claimId('invoiceSource', `repairOrder.${repairOrderId}`)));
  return invoiceId ? ctx.fact(Invoice, invoiceId).status : 'none';
};
const isIssued = (status: string): boolean => !['none', 'draft', 'credited'].includes(status);

/** Fleets, insurers and warranties settle by account; a private owner pays before the key is handed back. */
const paysAtOnce = ({ payer }: Order): boolean => payer.kind === 'owner';

const partsOutOf = ({ requests, lines }: Order): boolean =>
  Object.values(requests).some(({ usedQty, lineId }) => usedQty > 0 && lines[lineId]?.state !== 'done');

export const closingDecide: Decide<typeof closingCommands> = {
  CompleteOrder: (state, data, ctx) => {
    const totals = totalsOf(billableLines(state));
    if (totals.totalKrw > state.approvedKrw) return reject('TOTAL_OVER_APPROVED');
    if (data.odometerOutKm < state.odometerInKm) return reject('ODOMETER_BACKWARDS');
    const workshop = ctx.fact(Workshop, state.workshopId);
    if (workshop.status === 'none' || !(data.responsibleMechanicId in workshop.technicians))
      return reject('RESPONSIBLE_MISSING');
    const done = billableLines(state).filter(isWork);
    return accept({
      type: 'RepairOrderCompleted',
      data: {
        ...data,
        ...totals,
        finalTotalKrw: totals.totalKrw,
        warrantyTerms: warrantyTerms(
          done.map(({ lineId }) => lineId),
          { firstRegisteredOn: state.firstRegisteredOn, odometerKm: data.odometerOutKm, now: ctx.now },
        ),
      },
    });
  },
  HandOver: (state, data, ctx) => {
    if (paysAtOnce(state) && state.dueKrw > 0 && !isIssued(invoiceStatus(data.repairOrderId, ctx)))
      return reject('INVOICE_NOT_ISSUED');
    if (!data.signature) return reject('SIGNATURE_REQUIRED');
    return releasing(accept({ type: 'VehicleHandedOver', data }), openOrderClaim(state.vehicleId, data.repairOrderId));
  },
  CancelOrder: (state, data, ctx) => {
    if (partsOutOf(state)) return reject('PARTS_NOT_RETURNED');
    const worked = linesOf(state).some((line) => line.state === 'done');
    if (worked && invoiceStatus(data.repairOrderId, ctx) === 'none') return reject('WORK_DONE_MUST_BE_INVOICED');
    const cancelled = accept({ type: 'RepairOrderCancelled' as const, data });
    return leavingBay(disengaging(cancelled, Object.keys(state.working), data.repairOrderId), state, ctx.now);
  },
};

export const closingEvolve: Evolve<typeof closingEvents> = {
  RepairOrderCompleted: (state, { finalTotalKrw, warrantyTerms: warranty }) => ({
    ...state,
    status: 'completed',
    dueKrw: finalTotalKrw,
    warranty,
  }),
  VehicleHandedOver: (state) => ({ ...state, status: 'closed' }),
  RepairOrderCancelled: (state, { diagnosisFeeKrw = 0 }) => {
    const done = linesOf(state).filter((line) => line.state === 'done');
    return { ...state, status: 'cancelled', working: {}, dueKrw: totalsOf(done).totalKrw + diagnosisFeeKrw };
  },
};
