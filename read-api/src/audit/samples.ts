import { type AnyAggregate, aggregates, type Role, text } from '@cargoro/domain';
import type { EventLog } from '@cargoro/infra/ports';
import type { Pool } from '@cargoro/infra/postgres';
import {
  type AnyReadModel,
  DeliveryView,
  EventIndex,
  InvoiceView,
  LedgerView,
  OrderView,
  PurchaseOrderView,
  quoted,
  StockMove,
} from '@cargoro/projections';
import { z } from 'zod';
import { asViewer } from '../as-viewer.ts';
import { badArgument } from '../errors.ts';
import type { Viewer } from '../types.ts';
import { type AuditClock, scopeOf } from './case.ts';
import { drawn, SampledStream, SampleMethod } from './sample.ts';

const roles: readonly Role[] = ['AUDITOR', 'PLATFORM_AUDITOR'];
/** The question, as a query of the API; it is answered from several tables and therefore no list of one read model. */
export const auditSample = {
  name: 'auditSample',
  doc: text(
    '감사 범위 안에서 뽑은 표본. 같은 시드는 같은 표본을 준다. 진행 중인 감사의 감사인만 뽑을 수 있다.',
    'A sample of the streams in the scope of an audit; the same seed draws the same. For the auditor of an open case alone.',
  ),
  roles,
  args: z.object({
    caseId: z.string().min(1).max(64),
    /** A stream category in the scope of the case, such as `stock`. */
    category: z.string().min(1).max(64),
    method: SampleMethod,
    size: z.int().min(1).max(500),
    seed: z.string().min(1).max(100),
  }),
};
export const AuditSample = z
  .object({
    /** How many streams it was drawn from. */
    population: z.int(),
    streams: z.array(SampledStream),
  })
  .meta({ id: 'AuditSample' });

/** What a stream of a category is worth to an auditor; where it moves, within the period from `$3` to `$4`. */
type Worth = { readonly readModel: AnyReadModel; readonly amount: string; readonly where?: string };
const worths: Readonly<Record<string, Worth>> = {
  stock: {
    readModel: StockMove,
    amount: 'sum(abs(value_krw))',
    where: `kind = 'adjusted' and at >= $3 and at < $4`,
  },
  invoice: { readModel: InvoiceView, amount: 'sum(total_krw)' },
  purchaseOrder: { readModel: PurchaseOrderView, amount: 'sum(total_krw)' },
  repairOrder: { readModel: OrderView, amount: 'sum(approved_krw)' },
  delivery: { readModel: DeliveryView, amount: `sum((fare->>'totalKrw')::bigint)` },
  fleetLedger: { readModel: LedgerView, amount: 'sum(booked_krw)' },
};
const amountsOf = (worth: Worth | undefined): string =>
  worth
    ? `select stream, ${worth.amount} as amount from ${quoted(worth.readModel.name)} where ${worth.where ?? 'true'} group by stream`
    : 'select null::text as stream, null::bigint as amount';

/** Streams something happened to within the period, that a party of the case has a part in. */
const population = (worth: Worth | undefined): string => `
with streams as (
  select distinct stream from rm_event_index e
  where category = $1 and type = any($2::text[]) and occurred_at >= $3 and occurred_at < $4
    and exists (select from stream_party p where p.id = e.stream and p.party_keys && $5::text[])
)
select stream as "streamId", amount::float8 as "amountKrw" from streams left join (${amountsOf(worth)}) a using (stream)`;

export type AuditSamples = {
  /** What a sample of this category is drawn from. */
  readModels(category: string): readonly AnyReadModel[];
  /** Throws FORBIDDEN unless the viewer is the auditor of that open case and the category is in its scope. */
  draw(args: z.infer<typeof auditSample.args>, viewer: Viewer): Promise<z.infer<typeof AuditSample>>;
};

const midnight = (day: string): number => Date.parse(`${day}T00:00:00+09:00`);
const typesOf = ({ events }: AnyAggregate): readonly string[] => Object.keys(events);

/** Samples under the reader's role: of what the case opens, those streams the auditor may see. */
export const createAuditSamples = ({
  pool,
  log,
  clock = () => new Date().toISOString(),
}: {
  readonly pool: Pool;
  readonly log: Pick<EventLog, 'read'>;
  readonly clock?: AuditClock;
}): AuditSamples => ({
  readModels: (category) => [EventIndex, ...(worths[category] ? [worths[category].readModel] : [])],
  draw: async ({ caseId, category, ...asked }, viewer) => {
    const { orgIds, period } = await scopeOf({ log, clock }, caseId, category, viewer);
    const aggregate = aggregates.find((one) => one.category === category);
    if (!aggregate) throw badArgument('category', 'There are no such streams');
    const worth = worths[category];
    if (asked.method === 'monetaryUnit' && !worth)
      throw badArgument('method', `${category} has no amounts: draw at random, or every n-th`);
    const streams = await asViewer<SampledStream>(pool, viewer, population(worth), [
      ...[category, typesOf(aggregate), new Date(midnight(period.from)).toISOString()],
      new Date(midnight(period.to) + 86_400_000).toISOString(),
      orgIds.map((orgId) => `org:${orgId}`),
    ]);
    return { population: streams.length, streams: [...drawn(streams, asked)] };
  },
});
