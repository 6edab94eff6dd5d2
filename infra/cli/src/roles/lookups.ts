import type { LookupPort } from '@cargoro/commands';
import type { Lookup } from '@cargoro/domain';
import type { Postgres } from '@cargoro/infra/postgres';

const openOrder = `status not in ('cancelled', 'closed')`;
const openInvoice = `status in ('issued', 'partlyPaid', 'overdue')`;
/** Roles that ask for a second factor. */
const privileged = `'{WORKSHOP_OWNER,WORKSHOP_ACCOUNTANT,FLEET_MANAGER,FLEET_APPROVER,FLEET_ACCOUNTANT,PLATFORM_ADMIN,PLATFORM_SUPPORT,PLATFORM_AUDITOR}'::text[]`;

/** Counts over read models; `$1…` are the arguments. Lookups whose records have no read model yet are listed below. */
const statements: Readonly<Partial<Record<Lookup, string>>> = {
  openOrdersOfWorkshop: `select count(*) from rm_ws_order where workshop_id = $1 and ${openOrder}`,
  openJobsOfTechnician: `select count(*) from rm_tech_queue where technician_id = $1 and active`,
  futureHoldsOfBay: `select count(*) from rm_ws_bay where bay_id = $1 and day >= $2::date and jsonb_array_length(slots) > 0`,
  openDocumentsOfOrg: `select count(*) from rm_invoice where ${openInvoice} and party_keys @> array['org:' || $1]
    and ($2::text is null or party_keys @> array['org:' || $2])`,
  openAssignmentsOfMember: `select count(*) from rm_tech_queue where technician_id = $2 and active and party_keys @> array['org:' || $1]`,
  openObligationsOfUser: `select (select count(*) from rm_ws_order where customer_id = $1 and ${openOrder})
    + (select count(*) from rm_invoice where payer_id = $1 and ${openInvoice}) as count`,
  openWorkOfVehicle: `select count(*) from rm_ws_order where vehicle_id = $1 and ${openOrder}`,
  privilegedRolesOfUser: `select count(*) from rm_membership where user_id = $1 and status = 'active' and roles && ${privileged}`,
};

/** These records are written but not shown yet: nothing is counted, and their own streams' rules hold alone. */
const notShownYet: ReadonlySet<Lookup> = new Set([
  'legalHoldsOfUser',
  'publishedPoliciesOfGroup',
  'openTripLogsOfContract',
]);

/** Answers what a decision asks of read models; best effort, as they follow the log. */
export const lookupIn =
  (postgres: Postgres): LookupPort =>
  async (lookup, args) => {
    if (notShownYet.has(lookup)) return 0;
    const statement = statements[lookup];
    if (!statement) throw new Error(`There is no lookup ${lookup}`);
    const parameters = statement.includes('$2') ? [args[0], args[1] ?? null] : [args[0]];
    const [row] = await postgres.query<{ count: string }>(statement, parameters);
    return Number(row?.count ?? 0);
  };
