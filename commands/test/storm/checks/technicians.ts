import { at, type Check, findings, ids, str, type Told } from './check.ts';

type Work = { paused: boolean; hands: Map<string, Set<string>> };

/** Who has which lines in hand, by order; nobody while an order is paused. */
export const startFloor = () => {
  const orders = new Map<string, Work>();
  return {
    take: ({ type, id, data }: Told): void => {
      if (type === 'WorkStarted') {
        const work = at(orders, id, () => ({ paused: false, hands: new Map() }));
        // Who starts after a pause starts afresh.
        if (work.paused) work.hands = new Map();
        work.paused = false;
        const own = at(work.hands, str(data.technicianId), () => new Set<string>());
        for (const lineId of ids(data.lineIds)) own.add(lineId);
      }
      const work = orders.get(id);
      if (!work) return;
      if (type === 'WorkPaused') work.paused = true;
      if (type === 'WorkResumed') work.paused = false;
      if (type === 'LineFinished' || type === 'LineDropped')
        for (const [technician, lines] of work.hands) {
          lines.delete(str(data.lineId));
          if (lines.size === 0) work.hands.delete(technician);
        }
      if (type === 'WorkFinished' || type === 'RepairOrderCancelled') work.hands = new Map();
    },
    /** Technician and order of everybody at work now. */
    atWork: (): readonly (readonly [technician: string, order: string])[] =>
      [...orders].flatMap(([order, { paused, hands }]) =>
        paused ? [] : [...hands.keys()].map((technician) => [technician, order] as const),
      ),
  };
};

/** Nobody is clocked on two cars at once. */
export const technicians: Check = (events) => {
  const { expect, all } = findings();
  const floor = startFloor();
  for (const told of events) {
    if (told.category !== 'repairOrder') continue;
    floor.take(told);
    const seen = new Map<string, string>();
    for (const [technician, order] of floor.atWork()) {
      expect(!seen.has(technician), `technician ${technician} works on ${seen.get(technician)} and ${order} at once`);
      seen.set(technician, order);
    }
  }
  return all();
};
