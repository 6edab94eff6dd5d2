import { type Context, type Reaction, rejoin, send } from '../kit/index.ts';
import { notify } from './notify.ts';
import { desk, orderOf } from './part-for-job.search.ts';
import type { PartState } from './part-for-job.state.ts';

type Data = Record<string, unknown>;

/** A technician fitted the part straight away: stock follows under the same movement. */
export const handOut = ({ issued, held, job }: PartState, data: Data, ctx: Context): readonly Reaction[] => {
  const movementId = String(data.movementId);
  if (movementId in issued || !job) return [];
  const qty = Math.ceil(Number(data.qty));
  const kept = Object.entries(held);
  const [reservationId, stock] = kept.find(([, { qty: has }]) => has >= qty) ?? kept[0] ?? [];
  if (!stock) return tellDesk(job, 'PART_NOT_HELD', ctx);
  const { warehouseId, partId } = stock;
  return [
    send('StockItem', 'IssueStock', {
      ...{ warehouseId, partId, movementId, reservationId, qty, forKind: 'partRequest', forId: job.requestId },
      ...(data.lotNo !== undefined && { lotNo: data.lotNo }),
    }),
  ];
};

/** The store handed the part out: now it may be fitted. */
export const fit = ({ used }: PartState, job: NonNullable<PartState['job']>, data: Data): readonly Reaction[] => {
  const { repairOrderId, requestId, lineId } = job;
  const { movementId, qty, lotNo } = data;
  if (used.includes(String(movementId))) return [];
  return [
    rejoin('RepairOrder', 'UsePart', {
      ...{ repairOrderId, requestId, lineId, qty, movementId, ...(lotNo !== undefined && { lotNo }) },
    }),
  ];
};

/** Issued but not fitted: it goes back to the shelf. Fitted but not issued: somebody has to look at the shelf. */
export const undoIssue = (
  state: PartState,
  type: string,
  sent: Data,
  code: string,
  ctx: Context,
): readonly Reaction[] => {
  const { job, issued } = state;
  if (!job) return [];
  const stock = type === 'UsePartRejected' ? issued[String(sent.movementId)] : undefined;
  if (!stock) return tellDesk(job, code, ctx);
  const { warehouseId, partId, qty } = stock;
  return [
    send('StockItem', 'ReturnStock', {
      ...{ warehouseId, partId, movementId: ctx.newId(), qty, forId: job.requestId, condition: 'resale' },
    }),
    ...tellDesk(job, code, ctx),
  ];
};

/** Given back by the technician: it goes to where it came from. */
export const takeBackReturned = ({ job, issued }: PartState, data: Data, ctx: Context): readonly Reaction[] => {
  const stock = Object.values(issued).at(-1);
  if (!job || !stock) return [];
  const { warehouseId, partId } = stock;
  const { qty, condition } = data;
  return [
    send('StockItem', 'ReturnStock', {
      ...{ warehouseId, partId, movementId: ctx.newId(), qty: Math.ceil(Number(qty)), forId: job.requestId, condition },
    }),
  ];
};

const tellDesk = (job: NonNullable<PartState['job']>, code: string, ctx: Context): readonly Reaction[] => {
  const order = orderOf(job, ctx);
  const { repairOrderId, requestId, partId } = job;
  return order ? [notify(ctx, 'partMovementRefused', desk(order), { repairOrderId, requestId, partId, code })] : [];
};
