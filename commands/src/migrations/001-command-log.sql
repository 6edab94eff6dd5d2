-- Commands that were refused or failed, for auditors; kept for 13 months. Never the data of a command.
create table if not exists command_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  type text not null,
  command_id text not null,
  correlation_id text not null,
  stream text,
  actor_kind text not null,
  actor_id text not null,
  org_id text,
  role text,
  outcome text not null,
  code text not null,
  ms double precision not null
);
create index if not exists command_log_at on command_log using brin (at);
create index if not exists command_log_stream on command_log (stream, at);
create index if not exists command_log_org on command_log (org_id, at);
