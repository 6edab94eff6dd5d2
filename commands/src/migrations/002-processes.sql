-- How far each process has read the log.
create table if not exists process_checkpoint (
  name text primary key,
  position bigint not null,
  updated_at timestamptz not null default now()
);
-- Commands of processes that failed by a defect, not by a refusal: somebody has to look at them.
create table if not exists process_dead_letter (
  command_id text primary key,
  process text not null,
  event_id text not null,
  stream text not null,
  position bigint not null,
  type text not null,
  code text not null,
  message text not null,
  at timestamptz not null default now()
);
