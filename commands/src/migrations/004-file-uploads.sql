-- Who brought which file. A file may be read by the parties of a record that somebody of them named it in.
create table if not exists file_upload (
  sha256 text not null,
  user_id text not null,
  org_id text,
  purpose text not null,
  media_type text not null,
  bytes bigint not null,
  at timestamptz not null default now(),
  primary key (sha256, user_id)
);
