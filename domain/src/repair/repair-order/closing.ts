import { accept, Claim, type Context, claimId, isAfter, reject, releasing } from '../../kit/index.ts';
import { Workshop } from '../workshop/workshop.ts';
import { disengaging, leavingBay } from './bay-use.ts';
import type { closingCommands, closingEvents } from './closing.schema.ts';
import { totalsOf } from './money.ts';
import { openOrderClaim } from './opening.ts';
import {
  billableLines,
  type Decide,
  type Evolve,
  isWork,
  linesOf,
  type Order,
  requestsOf,
} from './repair-order.state.ts';
import { warrantyTerms } from './warranty.ts';

/** What an invoice says about itself through its claims: that it is drawn up from this order, or issued for it. */
export const hasInvoice = (kind: 'invoiceSource' | 'invoiceIssued', repairOrderId: string, ctx: Context): boolean => {
  const claim = ctx.fact(Claim, claimId(kind, `repairOrder.${repairOrderId}`));
  return claim.status === 'confirmed' || (claim.status === 'held' && isAfter(claim.until, ctx.now));
};

/** Fleets, insurers and warranties settle by account; a private owner pays before the key is handed back. */
const paysAtOnce = ({ payer }: Order): boolean => payer.kind === 'owner';

/** Somebody began: the car may stand there in pieces. */
const isInWork = ({ status }: Order & { readonly status: string }): boolean =>
  status === 'inProgress' || status === 'onHold';

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
        requestIds: requestsOf(state),
        warrantyTerms: warrantyTerms(
          done.map(({ lineId }) => lineId),
          { firstRegisteredOn: state.firstRegisteredOn, odometerKm: data.odometerOutKm, now: ctx.now },
        ),
      },
    });
  },
  FileStatement: (state, data) => {
    // A cancelled order that was handed over is closed as well, and has none.
    if (!state.statement) return reject('WRONG_STATE');
    return state.statement === 'filed' ? reject('ALREADY_FILED') : accept({ type: 'StatementFiled', data });
  },
  HandOver: (state, data, ctx) => {
    if (paysAtOnce(state) && state.dueKrw > 0 && !hasInvoice('invoiceIssued', data.repairOrderId, ctx))
      return reject('INVOICE_NOT_ISSUED');
    if (!data.signature) return reject('SIGNATURE_REQUIRED');
    return releasing(accept({ type: 'VehicleHandedOver', data }), openOrderClaim(state.vehicleId, data.repairOrderId));
  },
  CancelOrder: (state, data, ctx) => {
    if (data.safeState?.some(({ pass }) => !pass)) return reject('FAILED_CHECK_PRESENT');
    if (partsOutOf(state)) return reject('PARTS_NOT_RETURNED');
    const worked = linesOf(state).some((line) => line.state === 'done');
    if (worked && !hasInvoice('invoiceSource', data.repairOrderId, ctx)) return reject('WORK_DONE_MUST_BE_INVOICED');
    const cancelled = accept({
      type: 'RepairOrderCancelled' as const,
      data: { ...data, requestIds: requestsOf(state), wasInWork: isInWork(state) },
    });
    return leavingBay(disengaging(cancelled, Object.keys(state.working), data.repairOrderId), state, ctx.now);
  },
};

export const closingEvolve: Evolve<typeof closingEvents> = {
  RepairOrderCompleted: (state, { odometerOutKm, finalTotalKrw, warrantyTerms: warranty }) => ({
    ...state,
    status: 'completed',
    odometerOutKm,
    dueKrw: finalTotalKrw,
    warranty,
    statement: 'due',
  }),
  StatementFiled: (state) => ({ ...state, statement: 'filed' }),
  VehicleHandedOver: (state) => ({ ...state, status: 'closed' }),
  RepairOrderCancelled: (state, { diagnosisFeeKrw = 0 }) => {
    const done = linesOf(state).filter((line) => line.state === 'done');
    return { ...state, status: 'cancelled', working: {}, dueKrw: totalsOf(done).totalKrw + diagnosisFeeKrw };
  },
};
