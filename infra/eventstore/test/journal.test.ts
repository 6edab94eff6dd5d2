import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { DiskFullError } from '../src/log/commit-failure.ts';
import { JOURNAL_FILES } from '../src/log/journal.ts';
import { encodeFrame } from '../src/log/journal-frame.ts';
import { JournaledStore } from '../src/log/journaled-store.ts';
import { DamagedLogError } from '../src/log/log-store.ts';
import { encodeRecord, recordPosition } from '../src/log/record.ts';
import { verifyLog } from '../src/operations/verify.ts';

/** How many bytes the journal's disk still takes; a write that does not fit goes in part, and then fails. */
const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  type Done = (error: Error | null, written: number) => void;
  const write = (fd: number, bytes: Buffer, offset: number, length: number, place: number, done: Done): void => {
    const fits = Math.min(length, disk.room);
    disk.room -= fits;
    if (fits > 0) fs.write(fd, bytes, offset, fits, place, done);
    else done(Object.assign(new Error('write'), { code: 'ENOSPC' }), 0);
  };
  return { ...fs, write };
});

const root = mkdtempSync(join(tmpdir(), 'journal-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const folder = (): string => {
  const path = join(root, String(folders++));
  mkdirSync(path);
  return path;
};

/** One event of stream 1 at this place. */
const record = (index: number) =>
  encodeRecord({
    ...{ position: index * 1_000, streamId: 1, stream: 's', revision: index, id: crypto.randomUUID(), type: 'T' },
    ...{ json: true, createdMs: 0, data: Buffer.from('{}'), metadata: Buffer.alloc(0) },
  });
const commitOf = (index: number) => ({
  records: [record(index)],
  newStreams: index === 0 ? [{ name: 's', id: 1 }] : [],
  marks: [{ name: 'seen', value: index }],
});
const write = async (store: JournaledStore, from: number, count: number) => {
  for (let index = from; index < from + count; index += 1) await store.commit(commitOf(index));
};
/** What a process killed at this moment leaves behind. */
const crashed = (from: string): string => {
  const to = folder();
  for (const file of readdirSync(from)) copyFileSync(join(from, file), join(to, file));
  return to;
};
const positions = async (where: string) => {
  const store = new JournaledStore(where);
  const found = everything(store);
  expect(store.streamId('s')).toBe(found.length > 0 ? 1 : undefined);
  expect(store.mark('seen')).toBe(found.length > 0 ? found.length - 1 : undefined);
  expect(store.last(1)?.revision ?? -1).toBe(found.length - 1);
  await store.close();
  return found;
};
/** Page by page, as readers go: a page may end where commits have moved to. */
const everything = (store: JournaledStore): number[] => {
  const found: number[] = [];
  for (let from = 0; ; from = (found.at(-1) ?? 0) + 1) {
    const page = store.forward(from, 100).map(recordPosition);
    if (page.length === 0) return found;
    found.push(...page);
  }
};
const first = (count: number) => Array.from({ length: count }, (_, index) => index * 1_000);
/** Room for nothing, for a few bytes, for half a commit, for nearly all of one; again and again. */
function* roomLeft(): Generator<number, never> {
  for (;;) yield* [0, 1, 30, 150, commitBytes - 1];
}
const commitBytes = encodeFrame(1, commitOf(1)).length;
/** Five commits that are in the journal alone. */
const unmovedFive = async () => {
  const where = folder();
  const store = new JournaledStore(where);
  await write(store, 0, 5);
  const left = crashed(where);
  await store.close();
  return { left, journal: join(left, JOURNAL_FILES[0]) };
};

describe('the journal', () => {
  it('has every commit a crash left, and the data file has it after the next start', async () => {
    const { left } = await unmovedFive();
    expect((await verifyLog(left)).events).toBe(5);
    expect(await positions(left)).toEqual(first(5));
    for (const file of JOURNAL_FILES) expect(readFileSync(join(left, file))).toHaveLength(0);
    expect(await verifyLog(left)).toMatchObject({ events: 5, damage: [] });
  });

  it.each([1, 20, 200])('leaves out a last write that is there but for %i bytes', async (missing) => {
    const { left, journal } = await unmovedFive();
    truncateSync(journal, readFileSync(journal).length - missing);
    expect(await positions(left)).toEqual(first(4));
  });

  it('reports a bit flipped anywhere before its last commit, and serves nothing', async () => {
    const { left, journal } = await unmovedFive();
    const whole = readFileSync(journal);
    const lastStart = whole.lastIndexOf('JRNL');
    for (let at = 0; at < lastStart; at += 7) {
      const bad = Buffer.from(whole);
      bad[at] = (bad[at] ?? 0) ^ 0x10;
      writeFileSync(journal, bad);
      expect(() => new JournaledStore(left), `byte ${at}`).toThrow(DamagedLogError);
    }
  });

  it('reports a file that is gone', async () => {
    const where = folder();
    const store = new JournaledStore(where);
    for (const from of [0, 3, 6]) {
      await write(store, from, 3);
      await store.flush();
    }
    const left = crashed(where);
    await store.close();
    rmSync(join(left, 'log.mdb'));
    expect(() => new JournaledStore(left)).toThrow(DamagedLogError);
  });

  it('loses nothing and finds nothing refused, whenever commits move, the disk is full and the process dies', async () => {
    const step = fc.constantFrom('commit', 'commit', 'refuse', 'flush', 'turn', 'crash', 'restart');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        let where = folder();
        let store = new JournaledStore(where);
        let count = 0;
        const fullDisk = roomLeft();
        for (const what of steps) {
          if (what === 'commit') await write(store, count++, 1);
          if (what === 'refuse') {
            disk.room = fullDisk.next().value ?? 0;
            await expect(write(store, count, 1)).rejects.toThrow(DiskFullError);
            disk.room = Number.POSITIVE_INFINITY;
          }
          if (what === 'flush') await store.flush();
          if (what === 'turn') store.flush().catch(() => {});
          if (what === 'crash') {
            const left = crashed(where);
            await store.close();
            where = left;
            store = new JournaledStore(where);
          }
          if (what === 'restart') {
            await store.close();
            store = new JournaledStore(where);
          }
          expect(everything(store)).toEqual(first(count));
        }
        await store.close();
        expect(await positions(where)).toEqual(first(count));
      }),
      { numRuns: 60 },
    );
  });
});
