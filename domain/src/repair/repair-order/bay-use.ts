import { type Accepted, after, claiming, releasing } from '../../kit/index.ts';
import type { Order } from './repair-order.state.ts';

/** A technician works on one car at a time; the order in hand holds this claim. */
const atWork = (technicianId: string, repairOrderId: string) => ({
  kind: 'technicianAtWork',
  value: technicianId,
  holder: repairOrderId,
});

export const engaging = <E>(
  accepted: Accepted<E>,
  technicianIds: readonly string[],
  repairOrderId: string,
): Accepted<E> =>
  technicianIds.reduce(
    (decision, id) => claiming(decision, { ...atWork(id, repairOrderId), refusal: 'TECHNICIAN_BUSY' }),
    accepted,
  );
export const disengaging = <E>(
  accepted: Accepted<E>,
  technicianIds: readonly string[],
  repairOrderId: string,
): Accepted<E> => technicianIds.reduce((decision, id) => releasing(decision, atWork(id, repairOrderId)), accepted);

/** The booked bay time is used from the first work in that bay to the end of work. */
export const enteringBay = <E>(
  accepted: Accepted<E>,
  { slot, inBay }: Order,
  bayId: string,
  at: string,
): Accepted<E> => {
  if (!slot || inBay || slot.bayId !== bayId) return accepted;
  const { day, holdId } = slot;
  return after(accepted, { aggregate: 'BayDay', type: 'StartUse', data: { bayId, day, holdId, at } });
};
export const leavingBay = <E>(accepted: Accepted<E>, { slot, inBay }: Order, at: string): Accepted<E> => {
  if (!slot) return accepted;
  const { bayId, day, holdId } = slot;
  return after(
    accepted,
    inBay
      ? { aggregate: 'BayDay', type: 'EndUse', data: { bayId, day, holdId, at } }
      : { aggregate: 'BayDay', type: 'ReleaseSlot', data: { bayId, day, holdId, reason: 'not used' } },
  );
};
