import { type Check, findings, str } from './check.ts';

const begins = ['OfferAccepted', 'DriverAssigned'];
const ends = ['DriverReleased', 'HandoverCompleted', 'DeliveryFailed', 'DeliveryCancelled'];

/** A driver has one open shift and one job at a time, and is free again once the job is over. */
export const drivers: Check = (events, rest) => {
  const { expect, all } = findings();
  const jobs = new Map<string, string>();
  const bound = new Map<string, string>();
  const shifts = new Map<string, string>();
  for (const { type, id, data } of events) {
    const [driverId = ''] = id.split('.');
    if (begins.includes(type)) {
      for (const [other, driver] of jobs)
        expect(driver !== data.driverId || other === id, `driver ${driver} has deliveries ${other} and ${id} at once`);
      jobs.set(id, str(data.driverId));
    }
    if (ends.includes(type)) jobs.delete(id);
    if (type === 'ShiftStarted') {
      expect(!shifts.has(driverId), `driver ${driverId} starts ${id} during ${shifts.get(driverId)}`);
      shifts.set(driverId, id);
    }
    if (type === 'ShiftEnded' || type === 'ForcedOffline') {
      expect(!bound.has(id), `shift ${id} ends with delivery ${bound.get(id)}`);
      if (shifts.get(driverId) === id) shifts.delete(driverId);
    }
    if (type === 'DeliveryBound') {
      expect(!bound.has(id), `shift ${id} is bound to ${bound.get(id)} and ${str(data.deliveryId)}`);
      bound.set(id, str(data.deliveryId));
    }
    if (type === 'DeliveryUnbound') bound.delete(id);
  }
  if (!rest) return all();
  const wanted = [...jobs].map(([delivery, driver]) => `${driver} drives ${delivery}`).toSorted();
  const held = [...bound].map(([shift, delivery]) => `${shift.split('.')[0]} drives ${delivery}`).toSorted();
  for (const job of wanted) expect(held.includes(job), `${job}, yet no shift is bound to it`);
  for (const job of held) expect(wanted.includes(job), `a shift says ${job}, which is over`);
  return all();
};
