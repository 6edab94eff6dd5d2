import type { Page, QueryDef } from '@cargoro/read-api';

/** The read side's types as the gateway knows them: through the read API alone. */
export type Row = Page['rows'][number];
export type AnyReadModel = QueryDef['readModel'];
export type { Moment, QueryDef, ReadApi, SubscriptionDef, Viewer } from '@cargoro/read-api';
