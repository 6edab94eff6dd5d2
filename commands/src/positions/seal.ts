import { Readable } from 'node:stream';
import { processActor, type StoredEvent } from '@cargoro/domain';
import type { Files } from '@cargoro/infra/files/port';
import { uuidv5 } from '@cargoro/infra/ids';
import type { EventLog } from '@cargoro/infra/ports';
import { type Following, followLog } from '../processes/follow-log.ts';
import { patiently, sayingSo } from '../processes/patiently.ts';
import { type TellDeps, tellForGood } from '../processes/tell-for-good.ts';
import type { CommandRequest } from '../types.ts';
import { lengthOf, type TrackPoint, trackFile } from './track.ts';

export type TracksDeps = TellDeps & { readonly log: EventLog; readonly files: Files };
export type Tracks = Following;

const name = 'tracks';
const maxBytes = 20_000_000;
const sealer = processActor(name);

const read = `
with track as (
  select extract(epoch from at)::float8 * 1000 as ms, lat, lon from position where delivery_id = $1
), noted as (
  insert into position_access (delivery_id, actor_kind, actor_id, how) select $1, $2, $3, 'seal' where exists (select from track)
)
select ms, lat, lon from track order by ms`;

/**
 * Seals the track of each delivery that ended: its thinned way becomes a file under its hash, and the hash an event. It
 * happens once, whatever crashes: the command's id follows from the event that ended the delivery, and the same points
 * make the same file. One process at a time does it and goes on after the last checkpoint. The log wakes it.
 */
export const startTracks = (deps: TracksDeps): Tracks => {
  const { postgres, files, logger } = deps;
  const seal = async (event: StoredEvent): Promise<void> => {
    const { deliveryId } = event.data as { deliveryId: string };
    const rows = await postgres.query<{ ms: number; lat: number; lon: number }>(read, [
      ...[deliveryId, sealer.kind, sealer.id],
    ]);
    const points = rows.map(({ ms, lat, lon }): TrackPoint => [Math.round(ms), lat, lon]);
    const [first, last] = [points[0], points.at(-1)];
    // A driver without a network all the way leaves nothing to seal.
    if (!first || !last) return;
    const { objectId } = await files.put(Readable.from([trackFile(deliveryId, points)]), { maxBytes });
    const request: CommandRequest = {
      type: 'SealTrack',
      commandId: uuidv5(event.id, name),
      actor: sealer,
      correlationId: event.meta.correlationId,
      causationId: event.id,
      input: {
        ...{ deliveryId, pointCount: points.length, distanceM: Math.min(lengthOf(points), 5_000_000) },
        ...{ polylineSha256: objectId, from: new Date(first[0]).toISOString(), to: new Date(last[0]).toISOString() },
      },
    };
    await tellForGood(deps, name, event, request);
    // What is over is on nobody's map any more.
    await postgres.query('delete from position_latest where delivery_id = $1', [deliveryId]);
  };

  const wait = sayingSo(logger, 'a track waits for a part that is away');
  return followLog(deps, {
    name,
    windowSize: 8,
    filter: { eventTypes: ['HandoverCompleted', 'DeliveryFailed'] },
    work: (event, signal) => () => patiently(() => seal(event), signal, wait),
  });
};
