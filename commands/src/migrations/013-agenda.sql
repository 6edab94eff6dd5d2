create index if not exists notice_outbox_dead on notice_outbox (settled_at) where status = 'dead';
