import { send } from './client.ts';

/** Root query fields whose records have a past. */
export type RecordField = 'repairOrder' | 'reservation' | 'invoice' | 'workshop';

export type Entry = {
  readonly eventId: string;
  readonly type: string;
  readonly revision: string;
  readonly position: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly command: string;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly deviceId: string | null;
  readonly actor: {
    readonly kind: string;
    readonly id: string;
    readonly orgId: string | null;
    readonly role: string | null;
  };
  readonly data: unknown;
};
export type FieldChange = { readonly path: string; readonly before: unknown; readonly after: unknown };

/** The events of a record; the schema test holds these documents to the gateway's schema. */
export const historyDocument = (field: RecordField): string =>
  `query History($id: String!, $first: Int, $after: String) { record: ${field}(id: $id) { history(first: $first, after: $after) { edges { node { eventId type revision position occurredAt recordedAt command reasonCode reasonText deviceId actor { kind id orgId role } data } } pageInfo { hasNextPage endCursor } } } }`;
export const diffDocument = (field: RecordField): string =>
  `query Diff($id: String!, $from: MomentInput!, $to: MomentInput!) { record: ${field}(id: $id) { diff(from: $from, to: $to) { path before after } } }`;

type Page = {
  record: {
    history: { edges: { node: Entry }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  } | null;
};

/** Every event of a record, oldest first. */
export const readHistory = async (
  field: RecordField,
  id: string,
  locale: string,
  from: string | null = null,
): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  let after = from;
  for (;;) {
    const { record }: Page = await send<Page>(historyDocument(field), { id, first: 100, after }, locale);
    if (!record) return entries;
    entries.push(...record.history.edges.map(({ node }) => node));
    if (!record.history.pageInfo.hasNextPage) return entries;
    after = record.history.pageInfo.endCursor;
  }
};

/** What changed in a record between two revisions. */
export const readDiff = async (
  field: RecordField,
  id: string,
  from: string,
  to: string,
  locale: string,
): Promise<readonly FieldChange[]> => {
  const answer = await send<{ record: { diff: FieldChange[] } | null }>(
    diffDocument(field),
    { id, from: { revision: from }, to: { revision: to } },
    locale,
  );
  return answer.record?.diff ?? [];
};
