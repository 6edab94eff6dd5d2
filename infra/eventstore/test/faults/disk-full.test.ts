import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterEach, describe, expect, it } from 'vitest';
import { collect, failure, numbers } from '../../conformance/tools.ts';
import { type SpawnedEventStore, spawnEventStore, verifyLog } from '../../src/index.ts';

/** A file system of eight megabytes; needs the right to mount. */
const mountSmall = (): string | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'eventstore-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
};
const unmount = (folder: string): void => {
  execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true });
};
const probe = mountSmall();
if (probe) unmount(probe);

const NO_SPACE = /no space|ENOSPC|space left/i;
const IN_A_ROW = 10;

/** Numbered appends to one stream, by turns on both append paths, with what became of each. */
class Ledger {
  readonly acknowledged: number[] = [];
  private readonly client: EventStoreDBClient;
  private next = 0;

  constructor(client: EventStoreDBClient) {
    this.client = client;
  }

  async write(): Promise<'acknowledged' | 'refused'> {
    const n = this.next++;
    const event = jsonEvent({ type: 'T', data: { n, text: 'x'.repeat(60_000) } });
    const classic = n % 2 === 0 && { credentials: { username: 'admin', password: 'changeit' } };
    try {
      await this.client.appendToStream('s', event, { ...classic });
    } catch (error) {
      expect((error as Error).message).toMatch(NO_SPACE);
      return 'refused';
    }
    this.acknowledged.push(n);
    return 'acknowledged';
  }

  /**
   * One refusal does not mean that the next append is refused too: the journal goes on in its other file, whose blocks it
   * has already. But each append that is taken takes room in the data file, so it comes to an end.
   */
  async fillUp(): Promise<void> {
    for (let refused = 0; refused < IN_A_ROW; ) refused = (await this.write()) === 'refused' ? refused + 1 : 0;
  }
}

describe.skipIf(probe === undefined)('a full disk (needs the right to mount a tmpfs)', () => {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  const smallDisk = (): { dataDir: string; freeSpace: () => void } => {
    const root = mountSmall() as string;
    cleanups.push(() => unmount(root));
    const dataDir = join(root, 'data');
    mkdirSync(dataDir);
    const ballast = join(root, 'ballast');
    writeFileSync(ballast, Buffer.alloc(4 * 1024 * 1024, 1));
    return { dataDir, freeSpace: () => rmSync(ballast) };
  };
  const start = async (dataDir: string): Promise<{ node: SpawnedEventStore; client: EventStoreDBClient }> => {
    const node = await spawnEventStore({ dataDir });
    cleanups.push(() => node.stop());
    const client = EventStoreDBClient.connectionString(node.url);
    cleanups.push(() => client.dispose());
    return { node, client };
  };
  const written = async (client: EventStoreDBClient) => numbers(await collect(client.readStream('s')));

  it('refuses appends with a clear error, keeps serving reads, and recovers when space returns', async () => {
    const { dataDir, freeSpace } = smallDisk();
    const { node, client } = await start(dataDir);
    const ledger = new Ledger(client);
    await ledger.fillUp();
    expect(ledger.acknowledged.length).toBeGreaterThan(5);
    expect(await written(client)).toEqual(ledger.acknowledged);
    freeSpace();
    for (let n = 0; n < 10; n += 1) expect(await ledger.write()).toBe('acknowledged');
    expect(await written(client)).toEqual(ledger.acknowledged);
    await node.stop();
    expect((await verifyLog(dataDir)).damage).toEqual([]);
    expect(await written((await start(dataDir)).client)).toEqual(ledger.acknowledged);
  }, 120_000);

  it('after a crash in the middle of it, has what was acknowledged and nothing that was refused', async () => {
    const { dataDir, freeSpace } = smallDisk();
    const { node, client } = await start(dataDir);
    const ledger = new Ledger(client);
    await ledger.fillUp();
    await node.kill();
    // Moving what the journal holds needs space; without it the node says so, and loses nothing.
    expect((await failure(spawnEventStore({ dataDir }))).message).toMatch(NO_SPACE);
    freeSpace();
    expect(await written((await start(dataDir)).client)).toEqual(ledger.acknowledged);
    expect((await verifyLog(dataDir)).damage).toEqual([]);
  }, 120_000);
});
