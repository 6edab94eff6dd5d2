import { createHash } from 'node:crypto';
import type { Pool } from '@cargoro/infra/postgres';
import { quoted } from '../kit/sql.ts';
import { bayKpis } from './bay-kpis.ts';
import { fleetKpis } from './fleet-kpis.ts';
import type { Kpi } from './kpi.ts';
import { repairKpis } from './repair-kpis.ts';
import { roadKpis } from './road-kpis.ts';
import { tradeKpis } from './trade-kpis.ts';

/** Every figure; the HTTP API and the analysts' schema are loops over this list. */
export const kpis: readonly Kpi[] = [...repairKpis, ...bayKpis, ...tradeKpis, ...roadKpis, ...fleetKpis];
/** For analysts with SQL: it reads the schema `analytics` and nothing else. */
export const analystRole = 'cargoro_analyst';

/** Fewer organisations than this would tell of one of them. */
const fewest = 5;
const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Figures by month over all organisations. A function holds the question as text, so a rebuilt table may take the place
 * of the one it reads; the view over it documents every column.
 */
const viewOf = ({ name, doc, formula, unit, version, sql }: Kpi): string => {
  const view = `analytics.${quoted(snake(name))}`;
  const columns = {
    month: 'First day of the month, Asia/Seoul',
    value: `${doc.en} (${doc.ko}), ${unit}: ${formula}. Formula version ${version}`,
    numerator: 'Sum of the numerators',
    denominator: 'Sum of the denominators',
    measurements: 'How many measurements it is of',
    organisations: `How many organisations they are of, at least ${fewest}`,
  };
  return `
    create function analytics.${quoted(`${snake(name)}_by_month`)}() returns table (month date, value float8, numerator float8,
      denominator float8, measurements bigint, organisations bigint)
    language sql stable security definer set search_path = public, pg_temp as $kpi$
      select date_trunc('month', at at time zone 'Asia/Seoul')::date, sum(numerator) / nullif(sum(denominator), 0),
        sum(numerator), sum(denominator), count(*), count(distinct org_id)
      from (${sql}) m group by 1 having count(distinct org_id) >= ${fewest}
    $kpi$;
    create view ${view} as select * from analytics.${quoted(`${snake(name)}_by_month`)}();
    comment on view ${view} is ${literal(`${doc.en} (${doc.ko}), over all organisations, by month`)};
    ${Object.entries(columns)
      .map(([column, words]) => `comment on column ${view}.${column} is ${literal(words)};`)
      .join('\n')}`;
};

/** Makes the schema `analytics`, with one view per figure, and the role that reads it; leaves it alone while it is the same. */
export const installAnalytics = async (pool: Pool): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query(`begin; select pg_advisory_xact_lock(hashtext('cargoro.analytics'))`);
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${analystRole}') then
        create role ${analystRole} nologin;
        alter role ${analystRole} set default_transaction_read_only = on;
      end if;
    exception when duplicate_object or unique_violation then null; end $$`);
    const views = kpis.map(viewOf).join('\n');
    const words = `Figures for analysts: by month, over at least ${fewest} organisations each. ${fingerprint(views)}`;
    const { rows } = await client.query<{ words: string | null }>(
      `select obj_description(oid, 'pg_namespace') as words from pg_namespace where nspname = 'analytics'`,
    );
    if (rows[0]?.words === words) return void (await client.query('commit'));
    await client.query(`drop schema if exists analytics cascade; create schema analytics;
      comment on schema analytics is ${literal(words)}; ${views}`);
    await client.query(`revoke all on all functions in schema analytics from public;
      grant usage on schema analytics to ${analystRole};
      grant execute on all functions in schema analytics to ${analystRole};
      grant select on all tables in schema analytics to ${analystRole};
      commit`);
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
};
