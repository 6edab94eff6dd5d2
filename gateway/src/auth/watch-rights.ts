import { systemActor } from '@cargoro/domain';
import type { Bus, Notice } from '@cargoro/infra/ports';
import type { QueryDef, ReadApi, Row } from '../read-types.ts';
import type { EndedRight, EndedRights } from './ended-rights.ts';

/** What each table of the directory says about rights; undefined while all is well. */
const endings: Readonly<Record<string, (row: Row) => EndedRight | undefined>> = {
  rm_membership: ({ userId, orgId, status, roles }) => ({
    userId: String(userId),
    orgId: String(orgId),
    roles: status === 'active' && Array.isArray(roles) ? roles.map(String) : [],
  }),
  rm_user: ({ id, status }) => (status === 'suspended' || status === 'erased' ? { userId: id } : undefined),
  rm_org: ({ id, status }) => (status === 'suspended' || status === 'closed' ? { orgId: id } : undefined),
};

/** Ends rights as soon as the directory says so: a membership, an account, an organisation. */
export const watchRights = async (deps: {
  readonly bus: Bus;
  readonly readApi: ReadApi;
  readonly queries: readonly QueryDef[];
  readonly endedRights: EndedRights;
  readonly report: (cause: unknown) => void;
}): Promise<() => Promise<void>> => {
  const { bus, readApi, queries, endedRights, report } = deps;
  const look = async ({ readModel: name, key, parties }: Notice): Promise<void> => {
    const readModel = queries.find((query) => query.readModel.name === name)?.readModel;
    if (!readModel) return;
    const viewer = { actor: systemActor('gateway'), partyKeys: parties, locale: 'ko' as const };
    const row = (await readApi.byKeys(readModel, [key], viewer)).get(key);
    const ended = row && endings[name]?.(row);
    if (ended) endedRights.end(ended);
  };
  const subscription = await bus.subscribe((notice) => {
    if (notice.readModel in endings) look(notice).catch(report);
  });
  return () => subscription.close();
};
