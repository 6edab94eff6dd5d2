import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { diskFiles } from '@cargoro/infra/files/disk';
import type { Files } from '@cargoro/infra/files/port';
import { createLogger } from '@cargoro/infra/logger';
import { Unavailable } from '@cargoro/infra/ports';
import { type TestPostgres, testPostgres } from '@cargoro/infra/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startJourney } from '../../test/journey.ts';
import { startWorld, type TestWorld } from '../../test/world.ts';
import { migrateCommands } from '../migrate.ts';
import { CommandError, type Commands } from '../types.ts';
import { keepRetention } from './retention.ts';
import { startTracks, type Tracks, type TracksDeps } from './seal.ts';
import { keepPositions } from './store.ts';
import { lengthOf, type TrackPoint, thinned, trackFile } from './track.ts';

let world: TestWorld;
let database: TestPostgres;
let folder: string;
let files: Files;
let started: Tracks[] = [];
beforeAll(async () => {
  [world, database, folder] = await Promise.all([startWorld(), testPostgres(), mkdtemp(join(tmpdir(), 'tracks-'))]);
  files = diskFiles(folder);
  await migrateCommands(database.postgres);
  await keepRetention(database.postgres, world.clock());
});
afterEach(async () => {
  await Promise.all(started.map((tracks) => tracks.stop()));
  started = [];
});
afterAll(async () => {
  await world?.stop();
  await database?.stop();
  await rm(folder, { recursive: true });
});
const start = (change: Partial<TracksDeps> = {}): Tracks => {
  const { log } = world;
  const deps = { log, commands: world.node(), postgres: database.postgres, files, ...change };
  const tracks = startTracks({ ...deps, logger: createLogger({ level: 'silent' }) });
  started.push(tracks);
  return tracks;
};
const noon = Date.parse('2025-06-30T03:00:00.000Z');
/** A point a second along a street, swaying by a metre, with a corner in the middle. */
const way = (count: number): TrackPoint[] =>
  Array.from({ length: count }, (_, n) => {
    const [along, corner] = [n * 0.0001, (count / 2) * 0.0001];
    const sway = n % 2 === 0 ? 0.000_01 : 0;
    return [noon + n * 1_000, 37.5 + Math.min(along, corner) + sway, 127 + Math.max(0, along - corner)];
  });
let serial = 0;
const driven = async (points: readonly TrackPoint[]) => {
  const journey = await startJourney(world, `seal-${serial++}`);
  await journey.depart();
  for (let from = 0; from < points.length; from += 200)
    await keepPositions(
      database.postgres,
      journey.driverId,
      journey.deliveryId,
      points.slice(from, from + 200).map(([at, lat, lon]) => ({ at: new Date(at).toISOString(), lat, lon })),
    );
  return journey;
};
type Sealed = { pointCount: number; distanceM: number; polylineSha256: string; from: string; to: string };

describe('the track of a delivery that ended', () => {
  it('is thinned, kept under its hash and sealed with it', async () => {
    const points = way(1_000);
    const journey = await driven(points);
    await start().passed(await journey.end());
    const [track] = (await journey.sealed()) as Sealed[];
    expect(track).toMatchObject({
      pointCount: 1_000,
      from: '2025-06-30T03:00:00.000Z',
      to: '2025-06-30T03:16:39.000Z',
    });
    expect(track?.distanceM).toBe(lengthOf(points));
    const kept = await files.get(track?.polylineSha256 ?? '');
    const content = await buffer(kept!.content);
    expect(createHash('sha256').update(content).digest('hex')).toBe(track?.polylineSha256);
    const file = JSON.parse(content.toString()) as { deliveryId: string; points: TrackPoint[] };
    expect(file.deliveryId).toBe(journey.deliveryId);
    expect(file.points.length).toBeLessThan(20);
    expect([file.points[0]?.[0], file.points.at(-1)?.[0]]).toEqual([points[0]?.[0], points.at(-1)?.[0]]);
    const { postgres } = database;
    expect(await postgres.query('select from position_latest where delivery_id = $1', [journey.deliveryId])).toEqual(
      [],
    );
    expect(
      await postgres.query('select actor_id, how from position_access where delivery_id = $1', [journey.deliveryId]),
    ).toEqual([{ actor_id: 'tracks', how: 'seal' }]);
  });

  it('is sealed once, though everything is read again and two processes are at it', async () => {
    const journey = await driven(way(50));
    const position = await journey.end('DeliveryFailed');
    await start().passed(position);
    await started[0]?.stop();
    await database.postgres.query('delete from process_checkpoint');
    const [one, two] = [start(), start()];
    await Promise.race([one.passed(position), two.passed(position)]);
    expect(await journey.sealed()).toHaveLength(1);
  });

  it('is sealed after a crash between file and event, and after a part was away', async () => {
    const journey = await driven(way(50));
    const position = await journey.end();
    const real = world.node();
    let away = 2;
    let lost = 1;
    const commands: Commands = {
      ...real,
      dispatch: async (request) => {
        if (away-- > 0) throw new CommandError('UNAVAILABLE', 'away');
        const outcome = await real.dispatch(request);
        // The event is stored, its answer lost.
        if (lost-- > 0) throw new CommandError('UNAVAILABLE', 'lost');
        return outcome;
      },
    };
    let full = 1;
    const shaky: Files = {
      ...files,
      put: async (...args) => {
        if (full-- > 0) throw new Unavailable('files', 'away');
        return files.put(...args);
      },
    };
    await start({ commands, files: shaky }).passed(position);
    expect(await journey.sealed()).toHaveLength(1);
    expect([away, lost, full].every((left) => left < 0)).toBe(true);
  });

  it('is not sealed when there is none', async () => {
    const journey = await driven([]);
    await start().passed(await journey.end());
    expect(await journey.sealed()).toEqual([]);
  });

  it('is not read when its file was changed', async () => {
    const journey = await driven(way(20));
    await start().passed(await journey.end());
    const [track] = (await journey.sealed()) as Sealed[];
    const name = track?.polylineSha256 ?? '';
    await writeFile(join(folder, name.slice(0, 2), name.slice(2)), '{"points":[]}');
    await expect(buffer((await files.get(name))!.content)).rejects.toMatchObject({ name: 'FileDamaged' });
  });
});

describe('a thinned way', () => {
  it('stays within ten metres of every point and keeps both ends', () => {
    const points = way(500);
    const few = thinned(points);
    expect([few[0], few.at(-1)]).toEqual([points[0], points.at(-1)]);
    expect(Math.abs(lengthOf(few) - lengthOf(points.filter((_, n) => n % 2 === 0)))).toBeLessThan(100);
    expect(thinned(points.slice(0, 2))).toEqual(points.slice(0, 2));
    expect(thinned([])).toEqual([]);
  });
  it('makes the same file of the same points', () => {
    expect(trackFile('d', way(100))).toEqual(trackFile('d', way(100)));
    expect(trackFile('d', [[noon, 37.123_456_789, 127]]).toString()).toBe(
      `{"deliveryId":"d","points":[\n[${noon},37.123457,127.000000]\n]}\n`,
    );
  });
});
