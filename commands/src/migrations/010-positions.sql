-- Where cars on their way are: outside the log, as nobody decides on one point. A table for each day of Seoul, made ahead
-- and dropped after thirty days; a point told twice is kept once.
create table if not exists position (
  delivery_id text not null,
  driver_id text not null,
  -- When the device was there, and when we were told.
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  lat double precision not null,
  lon double precision not null,
  speed_kmh real,
  heading_deg real,
  accuracy_m real,
  primary key (delivery_id, at)
) partition by range (at);
create index if not exists position_at on position using brin (at);

-- One row a driver: the last point of the delivery in hand.
create table if not exists position_latest (
  driver_id text primary key,
  delivery_id text not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  lat double precision not null,
  lon double precision not null,
  speed_kmh real,
  heading_deg real,
  accuracy_m real
);
create index if not exists position_latest_delivery on position_latest (delivery_id);

-- Who was shown whose position, and when.
create table if not exists position_access (
  at timestamptz not null default clock_timestamp(),
  delivery_id text not null,
  actor_kind text not null,
  actor_id text not null,
  actor_role text,
  actor_org text,
  how text not null check (how in ('query', 'live', 'seal')),
  -- The moment of the position shown.
  position_at timestamptz
);
create index if not exists position_access_delivery on position_access (delivery_id, at);
