-- Notices on their way to people by mail, text message or push; a settled row is kept for 90 days. Never an address.
create table if not exists notice_outbox (
  id text primary key,
  notice_id text not null,
  -- The event that asked for it, where it stands, what caused that event, and the journey both belong to.
  event_id text not null,
  position bigint not null,
  caused_by text,
  correlation_id text not null,
  user_id text not null,
  channel text not null,
  template text not null,
  filled_with jsonb not null,
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'skipped', 'dead')),
  reason text,
  attempts int not null default 0,
  due_at timestamptz not null,
  settled_at timestamptz
);
create index if not exists notice_outbox_due on notice_outbox (channel, due_at) where status = 'waiting';
create index if not exists notice_outbox_user on notice_outbox (user_id);
create index if not exists notice_outbox_settled on notice_outbox (settled_at);
-- Browsers and phones that take push messages; what names the device is sealed under its owner's key.
create table if not exists push_device (
  id text primary key,
  user_id text not null,
  sealed jsonb not null,
  at timestamptz not null default now()
);
create index if not exists push_device_user on push_device (user_id);
