import type { Addressee, ListLookup, Lookup } from '@cargoro/domain';
import type { Pool } from '@cargoro/infra/postgres';
import { byStanding, mostDrivers } from '@cargoro/projections';

const over = `('completed', 'cancelled', 'closed')`;
const driven = `status not in ('completed', 'cancelled', 'failed')`;
const open = `status <> 'closed'`;
const between = `party_keys @> array['org:' || $1] and ($2::text is null or party_keys @> array['org:' || $2])`;

/** One count per question a decision may ask; best effort, as read models are a moment behind. */
const counts: Readonly<Partial<Record<Lookup, string>>> = {
  openOrdersOfWorkshop: `select count(*) from rm_ws_order where workshop_id = $1 and ${open}`,
  completedOrdersOfWorkshop: `select count(*) from rm_ws_order where workshop_id = $1 and completed_at is not null`,
  flawedOrdersOfWorkshop: `select count(*) from rm_ws_order where workshop_id = $1 and completed_at is not null
    and (not (inspections->0->>'passed')::boolean
      or id in (select warranty_of from rm_ws_order where workshop_id = $1 and warranty_of is not null))`,
  openJobsOfTechnician: `select count(*) from rm_tech_queue where technician_id = $1 and active`,
  futureHoldsOfBay: `select count(*) from rm_ws_bay, jsonb_array_elements(slots) slot
    where bay_id = $1 and (slot->>'end')::timestamptz > now() and slot->>'state' in ('held', 'confirmed', 'inUse')`,
  // Of one organisation ($1), or between it and a partner ($2).
  openDocumentsOfOrg: `select (select count(*) from rm_ws_order where ${between} and ${open})
    + (select count(*) from rm_invoice where ${between} and status in ('draft', 'issued', 'partlyPaid', 'overdue'))
    + (select count(*) from rm_po where ${between} and status not in ('draft', 'received', 'closed', 'declined', 'cancelled'))
    + (select count(*) from rm_delivery where ${between} and ${driven}) as count`,
  // Of one organisation ($1) for one of its members ($2).
  openAssignmentsOfMember: `select (select count(*) from rm_tech_queue where technician_id = $2 and active and party_keys && array['org:' || $1])
    + (select count(*) from rm_owner_vehicle where party_keys @> array['org:' || $1, 'user:' || $2] and custody->>'id' = $2 and custody->>'kind' = 'assignee') as count`,
  openObligationsOfUser: `select (select count(*) from rm_ws_order where party_keys && array['user:' || $1] and ${open})
    + (select count(*) from rm_invoice where party_keys && array['user:' || $1] and status in ('issued', 'partlyPaid', 'overdue'))
    + (select count(*) from rm_delivery where party_keys && array['user:' || $1] and ${driven}) as count`,
  privilegedRolesOfUser: `select count(*) from rm_membership where user_id = $1 and status = 'active' and roles &&
    array['WORKSHOP_OWNER', 'FLEET_MANAGER', 'PLATFORM_ADMIN', 'PLATFORM_SUPPORT', 'PLATFORM_AUDITOR']`,
  // No record of CarGoro puts a legal hold on a person yet.
  legalHoldsOfUser: `select 0 as count where $1::text is not null`,
  openWorkOfVehicle: `select (select count(*) from rm_ws_order where vehicle_id = $1 and status not in ${over})
    + (select count(*) from rm_delivery where vehicle_id = $1 and ${driven}) as count`,
  publishedPoliciesOfGroup: `select count(*) from rm_policy
    where fleet_org_id = $1 and vehicle_group = $2 and status = 'published'`,
  // Of the vehicles a contract ($1) covers or covered, in a year ($2).
  openTripLogsOfContract: `select count(*) from rm_trip_month where year = $2::int and status <> 'closed' and vehicle_id in
    (select c->>'vehicleId' from rm_fleet_contract, jsonb_array_elements(coverage) c where id = $1)`,
  closedLedgersOfVehicle: `select count(*) from rm_fleet_ledger where year = $2::int and status = 'closed' and contract_id in
    (select id from rm_fleet_contract, jsonb_array_elements(coverage) c where c->>'vehicleId' = $1)`,
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

const listed: Readonly<Record<ListLookup, string>> = {
  ordersWithPart: `select id from rm_ws_order where exists (select from jsonb_array_elements(parts) part
    where part->>'partId' = $1 and (part->>'usedQty')::numeric > 0) order by id`,
  openReservationsOfVehicle: `select id from rm_ws_reservation where vehicle_id = $1
    and status in ('requested', 'proposed', 'confirmed') order by id limit 20`,
  driversOnShift: `select driver_id as id from rm_driver_home where transport_org_id = $1 and status = 'available'
    order by ${byStanding} limit ${mostDrivers}`,
};

/** The lists dispatch asks for: `listLookups(pool)('ordersWithPart', [partId])`. */
export const listLookups =
  (pool: Pool) =>
  async (lookup: ListLookup, args: readonly string[]): Promise<readonly string[]> => {
    const { rows } = await pool.query<{ id: string }>({
      name: `list.${lookup}`,
      text: listed[lookup],
      values: [...args],
    });
    return rows.map(({ id }) => id);
  };

const numbered: Readonly<Record<string, string>> = {
  RO: 'rm_ws_order',
  INV: 'rm_invoice',
  DL: 'rm_delivery',
  PO: 'rm_po',
};

/** The count in a party's highest human number that begins so, `highestNumber(pool)('org:…', 'RO-26-')`; 0 without any. */
export const highestNumber =
  (pool: Pool) =>
  async (party: string, beginning: string): Promise<number> => {
    const table = numbered[beginning.split('-')[0] ?? ''];
    if (!table) return 0;
    const { rows } = await pool.query<{ last: number | null }>(
      `select max(substring(number from $2)::int) as last from ${table} where party_keys @> array[$1]`,
      [party, `^${beginning}0*(\\d{1,9})$`],
    );
    return rows[0]?.last ?? 0;
  };

const member = `from rm_membership where status = 'active'`;

/** Ids of the people an addressee means: `peopleOf(pool)({ kind: 'org', id, roles: ['SERVICE_ADVISOR'] })`. */
export const peopleOf =
  (pool: Pool) =>
  async (to: Addressee): Promise<readonly string[]> => {
    if (to.kind === 'user') return [to.id];
    const query =
      to.kind === 'org'
        ? {
            text: `select distinct user_id ${member} and org_id = $1 and ($2::text[] is null or roles && $2) order by 1`,
            values: [to.id, to.roles?.length ? to.roles : null],
          }
        : {
            text: `select distinct user_id ${member} and roles @> array[$1::text]
              and org_id in (select id from rm_org where kind = 'platform') order by 1`,
            values: [to.role],
          };
    const { rows } = await pool.query<{ user_id: string }>(query);
    return rows.map(({ user_id }) => user_id);
  };
