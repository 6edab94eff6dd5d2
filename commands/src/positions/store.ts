import { type Postgres, toPostgresError } from '@cargoro/infra/postgres';
import type { PositionPoint, PositionsStored } from './batch.ts';

/** Keeps a batch and moves the driver's latest position on, in one statement whatever the number of points. */
const keep = `
with told as (
  select * from unnest($3::timestamptz[], $4::float8[], $5::float8[], $6::float4[], $7::float4[], $8::float4[])
    as point (at, lat, lon, speed_kmh, heading_deg, accuracy_m)
), kept as (
  insert into position (delivery_id, driver_id, at, lat, lon, speed_kmh, heading_deg, accuracy_m)
  select $2, $1, at, lat, lon, speed_kmh, heading_deg, accuracy_m from told
  on conflict do nothing returning 1
), moved as (
  insert into position_latest as latest
    (driver_id, delivery_id, recorded_at, at, lat, lon, speed_kmh, heading_deg, accuracy_m)
  select $1, $2, now(), at, lat, lon, speed_kmh, heading_deg, accuracy_m from told order by at desc limit 1
  on conflict (driver_id) do update set
    delivery_id = excluded.delivery_id, recorded_at = excluded.recorded_at, at = excluded.at, lat = excluded.lat,
    lon = excluded.lon, speed_kmh = excluded.speed_kmh, heading_deg = excluded.heading_deg,
    accuracy_m = excluded.accuracy_m
  where latest.at < excluded.at or latest.delivery_id <> excluded.delivery_id
  returning 1
)
select (select count(*)::int from kept) as stored, exists (select from moved) as moved`;

export type Kept = PositionsStored & { /** The driver's latest position is another now. */ readonly moved: boolean };

export const keepPositions = async (
  postgres: Postgres,
  driverId: string,
  deliveryId: string,
  points: readonly PositionPoint[],
): Promise<Kept> => {
  // The same moment twice in one batch is one point.
  const told = [...new Map(points.map((point) => [point.at, point])).values()];
  const column = <K extends keyof PositionPoint>(name: K) => told.map((point) => point[name] ?? null);
  const values = [
    ...[driverId, deliveryId, column('at'), column('lat'), column('lon')],
    ...[column('speedKmh'), column('headingDeg'), column('accuracyM')],
  ];
  const {
    rows: [row],
  } = await postgres.pool
    .query<{ stored: number; moved: boolean }>({ name: 'positions.keep', text: keep, values })
    .catch((error: unknown) => {
      throw toPostgresError(error);
    });
  const stored = row?.stored ?? 0;
  return { stored, ignored: points.length - stored, moved: row?.moved ?? false };
};
