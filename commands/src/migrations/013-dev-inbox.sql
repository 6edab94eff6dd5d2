-- In development: what would have gone out by a provider that is not set. Never an address.
create table if not exists dev_message (
  id text primary key,
  at timestamptz not null default clock_timestamp(),
  channel text not null,
  user_id text not null,
  locale text not null,
  title text not null,
  body text not null,
  url text
);
create index if not exists dev_message_at on dev_message (at);
