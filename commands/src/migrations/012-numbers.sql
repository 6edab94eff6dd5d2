-- Human numbers: the last one of each party, kind and year, and which command took which. A number that no record bears
-- was taken by a command that failed after it; the row names that command.
create table if not exists number_series (
  party text not null,
  prefix text not null,
  year text not null,
  last int not null,
  primary key (party, prefix, year)
);
create table if not exists number_taken (
  command_id text primary key,
  party text not null,
  number text not null,
  at timestamptz not null default now(),
  unique (party, number)
);
