import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { describe, expect, it } from 'vitest';
import { collect, failure } from '../../conformance/tools.ts';
import { spawnEventStore, verifyLog } from '../../src/index.ts';

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
const small = mountSmall();

describe.skipIf(small === undefined)('a full disk (needs the right to mount a tmpfs)', () => {
  it('refuses appends with a clear error, keeps serving reads, and recovers when space returns', async () => {
    const root = small as string;
    const dataDir = join(root, 'data');
    mkdirSync(dataDir);
    const ballast = join(root, 'ballast');
    writeFileSync(ballast, Buffer.alloc(4 * 1024 * 1024, 1));
    const node = await spawnEventStore({ dataDir });
    const client = EventStoreDBClient.connectionString(node.url);
    try {
      let acknowledged = 0;
      const write = () =>
        client.appendToStream('s', jsonEvent({ type: 'T', data: { n: acknowledged, text: 'x'.repeat(60_000) } }), {
          credentials: { username: 'admin', password: 'changeit' },
        });
      const fill = async (): Promise<never> => {
        for (;;) {
          await write();
          acknowledged += 1;
        }
      };
      const error = await failure(fill());
      expect(error.message).toMatch(/no space|ENOSPC|space left/i);
      expect(acknowledged).toBeGreaterThan(5);
      expect((await failure(write())).message).toMatch(/no space|ENOSPC|space left/i);
      expect((await collect(client.readStream('s'))).length).toBe(acknowledged);
      rmSync(ballast);
      for (let n = 0; n < 10; n += 1) {
        await write();
        acknowledged += 1;
      }
      const read = await collect(client.readStream('s'));
      expect(read.map(({ event }) => (event?.data as { n: number } | undefined)?.n)).toEqual(
        Array.from({ length: acknowledged }, (_, n) => n),
      );
      await node.stop();
      expect((await verifyLog(dataDir)).damage).toEqual([]);
    } finally {
      await client.dispose();
      await node.stop();
      execFileSync('umount', [root]);
      rmSync(root, { recursive: true });
    }
  }, 120_000);
});
