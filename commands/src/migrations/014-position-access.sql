-- Readings of a sealed track are noted as well; and readings are listed, so each has a place.
alter table position_access drop constraint if exists position_access_how_check;
alter table position_access add constraint position_access_how_check check (how in ('query', 'live', 'seal', 'track'));
alter table position_access add column if not exists id bigint generated always as identity;
