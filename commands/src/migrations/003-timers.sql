-- Timers of processes; a row goes once its process was told.
create table if not exists process_timer (
  process text not null,
  key text not null,
  timer text not null,
  due_at timestamptz not null,
  correlation_id text not null,
  primary key (process, key, timer)
);
create index if not exists process_timer_due on process_timer (due_at);
