import { DateTime, trackedStatuses } from '@cargoro/domain';
import type { Postgres } from '@cargoro/infra/postgres';
import { DeliveryView, type Row } from '@cargoro/projections';
import { z } from 'zod';
import type { ReadApi, Viewer } from '../types.ts';

/** Where a car on its way was last seen. Degrees, kilometres an hour, degrees clockwise from north, metres. */
export const DeliveryPosition = z
  .object({
    deliveryId: z.string(),
    /** When the device was there. */
    at: DateTime,
    /** When we were told: long after, where there was no network. */
    recordedAt: DateTime,
    lat: z.number(),
    lon: z.number(),
    speedKmh: z.number().nullable(),
    headingDeg: z.number().nullable(),
    accuracyM: z.number().nullable(),
  })
  .meta({ id: 'DeliveryPosition' });
export type DeliveryPosition = z.infer<typeof DeliveryPosition>;

/** `hidden`: no party of the delivery. `away`: a party, but the car is not on its way, so there is nothing to be seen. */
export type PositionRight = 'shown' | 'away' | 'hidden';
/** Somebody to show a position to, who saw the one of that moment last. */
export type PositionReader = { readonly viewer: Viewer; readonly seenAt?: string | undefined };
export type Positions = {
  right(deliveryId: string, viewer: Viewer): Promise<PositionRight>;
  /**
   * The latest position, for those of these readers who have not seen it; that each of them was shown it is written down
   * first. Rights are asked before.
   */
  show<R extends PositionReader>(
    deliveryId: string,
    readers: readonly R[],
    how: 'query' | 'live',
  ): Promise<{ readonly position: DeliveryPosition | null; readonly shownTo: readonly R[] }>;
  /** May this viewer read the sealed track? That they do is written down first. */
  showTrack(deliveryId: string, viewer: Viewer): Promise<boolean>;
};

const latest = `
select delivery_id as "deliveryId", at, recorded_at as "recordedAt", lat, lon, speed_kmh as "speedKmh",
  heading_deg as "headingDeg", accuracy_m as "accuracyM"
from position_latest where delivery_id = $1 order by at desc limit 1`;
const noted = `
insert into position_access (delivery_id, position_at, how, actor_kind, actor_id, actor_role, actor_org)
select $1, $2, $3, * from unnest($4::text[], $5::text[], $6::text[], $7::text[])`;

/**
 * Positions for those who may see them: parties of the delivery, from departure to hand-over, of drivers the one who has
 * the job, and no analysts. They lie in tables of their own, not in a read model, and every reading of one leaves a trace.
 */
export const createPositions = ({
  readApi,
  postgres,
}: {
  readonly readApi: Pick<ReadApi, 'byKeys'>;
  readonly postgres: Pick<Postgres, 'query'>;
}): Positions => {
  const note = async (deliveryId: string, at: string | null, how: string, viewers: readonly Viewer[]) => {
    const actors = viewers.map(({ actor, breakGlass }) => breakGlass?.by ?? actor);
    await postgres.query(noted, [
      ...[deliveryId, at, how, actors.map(({ kind }) => kind), actors.map(({ id }) => id)],
      ...[actors.map(({ role }) => role ?? null), actors.map(({ orgId }) => orgId ?? null)],
    ]);
  };
  const right: Positions['right'] = async (deliveryId, viewer) => {
    const { role, id } = viewer.actor;
    const row = await deliveryOf(readApi, deliveryId, viewer);
    if (!row || role === 'ANALYST' || (role === 'DRIVER' && row.driverId !== id)) return 'hidden';
    return (trackedStatuses as readonly unknown[]).includes(row.status) ? 'shown' : 'away';
  };
  return {
    right,
    show: async (deliveryId, readers, how) => {
      const [position] = await postgres.query<DeliveryPosition>(latest, [deliveryId]);
      const shownTo = position ? readers.filter(({ seenAt }) => seenAt !== position.at) : [];
      if (!position || shownTo.length === 0) return { position: null, shownTo: [] };
      const viewers = shownTo.map(({ viewer }) => viewer);
      await note(deliveryId, position.at, how, viewers);
      return { position, shownTo };
    },
    showTrack: async (deliveryId, viewer) => {
      if ((await right(deliveryId, viewer)) === 'hidden') return false;
      await note(deliveryId, null, 'track', [viewer]);
      return true;
    },
  };
};

/** The delivery, for its parties alone: the platform's staff sees no content of anybody's records. */
export const deliveryOf = async (
  readApi: Pick<ReadApi, 'byKeys'>,
  deliveryId: string,
  viewer: Viewer,
): Promise<Row | undefined> => {
  const party = { ...viewer, partyKeys: viewer.partyKeys.filter((key) => key.includes(':')) };
  return (await readApi.byKeys(DeliveryView, [deliveryId], party)).get(deliveryId);
};
