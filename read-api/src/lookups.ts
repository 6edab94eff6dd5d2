import type { Lookup } from '@cargoro/domain';
import type { Pool } from '@cargoro/infra/postgres';

const over = `('completed', 'cancelled', 'closed')`;
const open = `status <> 'closed'`;

/** One count per question a decision may ask; best effort, as read models are a moment behind. */
const counts: Readonly<Partial<Record<Lookup, string>>> = {
  openOrdersOfWorkshop: `select count(*) from rm_ws_order where workshop_id = $1 and ${open}`,
  openJobsOfTechnician: `select count(*) from rm_tech_queue where technician_id = $1 and active`,
  futureHoldsOfBay: `select count(*) from rm_ws_bay, jsonb_array_elements(slots) slot
    where bay_id = $1 and (slot->>'end')::timestamptz > now() and slot->>'state' in ('held', 'confirmed', 'inUse')`,
  openDocumentsOfOrg: `select (select count(*) from rm_ws_order where party_keys && array['org:' || $1] and ${open})
    + (select count(*) from rm_invoice where party_keys && array['org:' || $1] and status in ('draft', 'issued', 'partlyPaid', 'overdue')) as count`,
  // Of one organisation ($1) for one of its members ($2).
  openAssignmentsOfMember: `select (select count(*) from rm_tech_queue where technician_id = $2 and active and party_keys && array['org:' || $1])
    + (select count(*) from rm_owner_vehicle where party_keys @> array['org:' || $1, 'user:' || $2] and custody->>'id' = $2 and custody->>'kind' = 'assignee') as count`,
  openObligationsOfUser: `select (select count(*) from rm_ws_order where party_keys && array['user:' || $1] and ${open})
    + (select count(*) from rm_invoice where party_keys && array['user:' || $1] and status in ('issued', 'partlyPaid', 'overdue')) as count`,
  privilegedRolesOfUser: `select count(*) from rm_membership where user_id = $1 and status = 'active' and roles &&
    array['WORKSHOP_OWNER', 'FLEET_MANAGER', 'PLATFORM_ADMIN', 'PLATFORM_SUPPORT', 'PLATFORM_AUDITOR']`,
  // No record of CarGoro puts a legal hold on a person yet.
  legalHoldsOfUser: `select 0 as count where $1::text is not null`,
  openWorkOfVehicle: `select count(*) from rm_ws_order where vehicle_id = $1 and status not in ${over}`,
};

/** The counts dispatch asks for, from the read models: `lookups(pool)('openOrdersOfWorkshop', [workshopId])`. */
export const lookups =
  (pool: Pool) =>
  async (lookup: Lookup, args: readonly string[]): Promise<number> => {
    const text = counts[lookup];
    if (!text) throw new Error(`No read model answers ${lookup} yet`);
    const { rows } = await pool.query<{ count: string }>({
      name: `lookup.${lookup}`,
      text,
      values: text.includes('$2') ? [args[0] ?? null, args[1] ?? null] : [args[0] ?? null],
    });
    return Number(rows[0]?.count ?? 0);
  };
