import { type Busy, freeCells, type Row, slotsId, type WorkshopRow, WorkshopView } from '@cargoro/projections';
import { isWithin, type RecordFilter } from '../define.ts';
import type { Complete } from '../types.ts';

/**
 * A day on which nothing was ever booked has no row, and how long a job may last depends on the service asked for; both
 * follow from the workshop's own row.
 */
export const fillFreeSlots: Complete = async (rows, args, byKeys) => {
  const { workshopId, days, serviceCode, filter } = args as {
    workshopId: string;
    days: readonly string[];
    serviceCode?: string;
    filter?: RecordFilter;
  };
  const found = (await byKeys(WorkshopView, [workshopId])).get(workshopId);
  if (!found) return rows;
  if (filter?.partyOrgId && !found.partyKeys.includes(`org:${filter.partyOrgId}`)) return [];
  const workshop = found as Row<WorkshopRow>;
  const minutes = serviceMinutes(workshop, serviceCode);
  const known = new Map(rows.map((row) => [String(row.day), row]));
  return [...new Set(days)]
    .filter((day) => isWithin(day, filter))
    .toSorted()
    .map((day): Row => {
      const id = slotsId(workshopId, day);
      const { stream, revision, position, asOf, parties, partyKeys } = found;
      const row = known.get(day) ?? {
        id,
        workshopId,
        day,
        busy: [],
        stream,
        revision,
        position,
        asOf,
        parties,
        partyKeys,
      };
      return { ...row, cells: freeCells(workshop, day, (row as Row<{ busy: readonly Busy[] }>).busy, minutes) };
    });
};

/** A job is booked in whole half hours; an unknown service takes one. */
const serviceMinutes = ({ menus }: WorkshopRow, serviceCode: string | undefined): number => {
  const item = menus.findLast(() => true)?.items.find((one) => one.serviceCode === serviceCode);
  return Math.max(1, Math.ceil((item?.standardHours ?? 0) * 2)) * 30;
};
