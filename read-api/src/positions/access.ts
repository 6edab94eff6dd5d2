import { Actor, DateTime, type Role } from '@cargoro/domain';
import type { Postgres } from '@cargoro/infra/postgres';
import { z } from 'zod';
import { badArgument } from '../errors.ts';
import { onlookerOf } from '../masking.ts';
import type { ReadApi, Viewer } from '../types.ts';
import { deliveryOf } from './positions.ts';

/** One time somebody was shown where a driver was. */
export const PositionAccessEntry = z
  .object({
    id: z.string(),
    at: DateTime,
    /** Asked once, told live, the sealed track read, or the track sealed. */
    how: z.enum(['query', 'live', 'track', 'seal']).meta({ id: 'PositionAccessHow' }),
    /** The moment of the position shown; null for a whole track. */
    positionAt: DateTime.nullable(),
    actorKind: Actor.shape.kind.meta({ id: 'ActorKind' }),
    actorRole: z.string().nullable(),
    actorOrgId: z.string().nullable(),
    /** Who it was, where that is oneself or somebody of one’s own organisation; auditors of the platform read it of all. */
    actorId: z.string().nullable(),
  })
  .meta({ id: 'PositionAccess' });
export type PositionAccessEntry = z.infer<typeof PositionAccessEntry>;

/** Besides the driver, whose position it is: who runs the company or owns the car, and who audits. */
const answerable: readonly Role[] = ['WORKSHOP_OWNER', 'FLEET_MANAGER', 'DISPATCHER', 'OWNER', 'AUDITOR'];
export const positionAccessRoles: readonly Role[] = ['DRIVER', ...answerable, 'PLATFORM_AUDITOR'];
const capacities: ReadonlySet<string> = new Set(['requester', 'owner', 'transport']);

export type PositionAccessLog = {
  /** Newest first; null for whom it is not. */
  list(
    deliveryId: string,
    paging: { readonly first: number; readonly after: string | null },
    viewer: Viewer,
  ): Promise<{ readonly entries: readonly PositionAccessEntry[]; readonly hasNextPage: boolean } | null>;
};

const page = `
select id::text, at, how, position_at as "positionAt", actor_kind as "actorKind", actor_role as "actorRole",
  actor_org as "actorOrgId", actor_id as "actorId"
from position_access where delivery_id = $1 and ($2::bigint is null or id < $2) order by position_access.id desc limit $3`;

/** Who was shown the positions of a delivery: the law gives the one who was seen a right to know. */
export const createPositionAccess = ({
  readApi,
  postgres,
}: {
  readonly readApi: Pick<ReadApi, 'byKeys'>;
  readonly postgres: Pick<Postgres, 'query'>;
}): PositionAccessLog => {
  const mayRead = async (deliveryId: string, viewer: Viewer): Promise<boolean> => {
    const { kind, id, role } = viewer.actor;
    if (role === 'PLATFORM_AUDITOR') return true;
    const row = await deliveryOf(readApi, deliveryId, viewer);
    if (!row || !role) return false;
    if (kind === 'user' && row.driverId === id) return true;
    return answerable.includes(role) && onlookerOf(row, viewer).as.some((one) => capacities.has(one));
  };
  return {
    list: async (deliveryId, { first, after }, viewer) => {
      if (after !== null && !/^\d{1,18}$/.test(after)) throw badArgument('after', 'Use a cursor of this list');
      if (!(await mayRead(deliveryId, viewer))) return null;
      const rows = await postgres.query<PositionAccessEntry>(page, [deliveryId, after, first + 1]);
      const entries = rows.slice(0, first).map((row) => (isKnown(row, viewer) ? row : { ...row, actorId: null }));
      return { entries, hasNextPage: rows.length > first };
    },
  };
};

/** People of other organisations stay nameless; our own processes are no people. */
const isKnown = ({ actorKind, actorId, actorOrgId }: PositionAccessEntry, { actor }: Viewer): boolean =>
  actorKind !== 'user' ||
  actorId === actor.id ||
  actor.role === 'PLATFORM_AUDITOR' ||
  (actorOrgId !== null && actorOrgId === actor.orgId);
