import type { Pool } from '@cargoro/infra/postgres';
import { migrate } from '@cargoro/projections';
import { uuidOf } from './workload.ts';

/** B8: 100,000 cards of 500 workshops; lists show 20 of the 200 of one workshop. */
export const workshops = 500;
const cardsPerWorkshop = 200;
export const pageSize = 20;

export const orgOf = (workshop: number): string => uuidOf(`org/${workshop}`);
export const workshopOf = (workshop: number): string => uuidOf(`workshop/${workshop}`);

/** The eleven columns every arm answers with, as GraphQL field and as column. */
export const cardColumns = {
  id: 'id',
  number: 'number',
  column: '"column"',
  plate: 'plate',
  make: 'make',
  model: 'model',
  complaint: 'complaint',
  openedAt: 'opened_at',
  promisedAt: 'promised_at',
  technicianName: 'technician_name',
  approvedKrw: 'approved_krw',
} as const;

/** The real table with its index and row-level security, filled with cards as the projector writes them. */
export const fillBoard = async (pool: Pool): Promise<void> => {
  await migrate(pool);
  for (let workshop = 0; workshop < workshops; workshop++) {
    await pool.query(
      `insert into rm_ws_board (id, stream, revision, position, as_of, parties, party_keys, status, offers, "column", number,
         workshop_id, vehicle_id, plate, make, model, customer_kind, customer_name, complaint, opened_at, promised_at,
         technician_id, technician_name, bay_id, wait_reason, waiting_since, due_at, approved_krw, lines_done,
         lines_approved, working)
       select id, 'repairOrder-' || id, 7, $4::bigint + n, at, jsonb_build_array(jsonb_build_object('kind', 'org', 'id', $2::text, 'as', 'workshop')),
         array['org:' || $2], 'inProgress', array['FinishLine', 'PauseWork'], 'inWork', 'RO-25-' || lpad(n::text, 6, '0'),
         $1, gen_random_uuid()::text, '12가' || lpad(n::text, 4, '0'), '현대', '아반떼', 'owner', '김지우',
         '브레이크를 밟으면 소리가 납니다.', at, at + interval '5 hours',
         $3, '박준호', null, null, null, null, 86000 + n, 1, 3, true
       from (select n, gen_random_uuid()::text as id, '2025-06-30T00:00:00Z'::timestamptz + n * interval '1 minute' as at
             from generate_series(1, ${cardsPerWorkshop}) n) cards`,
      [workshopOf(workshop), orgOf(workshop), uuidOf('technician'), workshop * cardsPerWorkshop],
    );
  }
  await pool.query('analyze rm_ws_board');
};

/** What a request of the plain arms runs: the list's own conditions and the tenancy of its viewer. */
export const listSql = `select ${Object.entries(cardColumns)
  .map(([field, column]) => `${column} as "${field}"`)
  .join(', ')} from rm_ws_board
  where workshop_id = $1 and "column" <> 'closed' and party_keys && $2::text[] order by opened_at, id limit ${pageSize}`;
export const listValues = (workshop: number): unknown[] => [workshopOf(workshop), [`org:${orgOf(workshop)}`]];
