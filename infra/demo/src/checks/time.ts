import { at, type Check } from './check.ts';

type Hold = { readonly start: string; readonly end: string; isFirm: boolean };

const bays = (): Check => {
  const days = new Map<string, Map<string, Hold>>();
  const found: string[] = [];
  return {
    name: 'no bay is booked twice at a time',
    see: ({ stream, type, data }) => {
      if (!stream.startsWith('bayDay-')) return;
      const holds = at(days, stream, () => new Map<string, Hold>());
      if (type === 'SlotHeld') holds.set(data.holdId, { start: data.start, end: data.end, isFirm: false });
      if (type === 'SlotReleased') holds.delete(data.holdId);
      const hold = type === 'SlotConfirmed' ? holds.get(data.holdId) : undefined;
      if (!hold) return;
      for (const other of holds.values())
        if (other !== hold && other.isFirm && other.start < hold.end && hold.start < other.end)
          found.push(`${stream}: ${hold.start} to ${hold.end} and ${other.start} to ${other.end}`);
      hold.isFirm = true;
    },
    problems: () => found,
  };
};

const drivers = (): Check => {
  const jobs = new Map<string, string>();
  const found: string[] = [];
  return {
    name: 'a driver has one job at any moment',
    see: ({ type, data }) => {
      const { driverId, deliveryId } = data;
      if (type === 'DeliveryUnbound') jobs.delete(driverId);
      if (type !== 'DeliveryBound') return;
      const other = jobs.get(driverId);
      if (other && other !== deliveryId) found.push(`${driverId}: ${deliveryId} while ${other}`);
      jobs.set(driverId, deliveryId);
    },
    problems: () => found,
  };
};

/** Longer than any journey takes; one that began later may be under way. */
const journeyDays = 21;

const journeys = (): Check => {
  const begun = new Map<string, string>();
  const ended = new Set<string>();
  let last = '';
  return {
    name: 'each journey of maintenance ends with its cost, or with a reason',
    see: ({ type, correlationId, at: moment }) => {
      if (moment > last) last = moment;
      if (type === 'MaintenanceDue' && !begun.has(correlationId)) begun.set(correlationId, moment);
      if (type === 'CostBooked' || type === 'MaintenanceUnbooked' || type === 'MaintenanceSkipped')
        ended.add(correlationId);
    },
    problems: () => {
      if (begun.size === 0) return [];
      const since = new Date(Date.parse(last) - journeyDays * 86_400_000).toISOString();
      return [...begun]
        .filter(([id, moment]) => !ended.has(id) && moment < since)
        .map(([id, moment]) => `${id}, due at ${moment}, came to nothing`);
    },
  };
};

export const timeChecks = (): Check[] => [bays(), drivers(), journeys()];
