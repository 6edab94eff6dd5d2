-- Whom a filed document names: with the person's erasure it goes, and it is known that it went rightly.
create table if not exists filed_document (
  object_id text not null,
  person_id text not null,
  gone_at timestamptz,
  primary key (object_id, person_id)
);
create index if not exists filed_document_person on filed_document (person_id) where gone_at is null;
