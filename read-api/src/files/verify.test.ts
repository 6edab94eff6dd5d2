import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { StoredEvent } from '@cargoro/domain';
import { diskFiles } from '@cargoro/infra/files/disk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyFiles } from './verify.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

const nameOf = (text: string) => createHash('sha256').update(text).digest('hex');
const photo = (text: string) => ({ photo: { objectId: nameOf(text), sha256: nameOf(text), bytes: text.length } });
const eventOf = (text: string, position: number): StoredEvent =>
  ({ stream: 'repairOrder-1', position: BigInt(position), data: photo(text) }) as unknown as StoredEvent;

it('names files that are missing or damaged with the event they belong to, and knows those that went rightly', async () => {
  const files = diskFiles(folder);
  const texts = ['intact', 'damaged', 'missing', 'erased'];
  for (const text of ['intact', 'damaged']) await files.put(Readable.from([Buffer.from(text)]), { maxBytes: 100 });
  const damaged = nameOf('damaged');
  await writeFile(join(folder, damaged.slice(0, 2), damaged.slice(2)), 'dAmaged');
  const log = {
    readAll: async function* () {
      yield* [...texts, 'intact'].map(eventOf);
    },
  };
  expect(await verifyFiles({ log, files, gone: new Set([nameOf('erased')]) })).toEqual({
    ...{ intact: 1, bytes: 6, gone: 1 },
    problems: [
      { sha256: damaged, what: 'damaged', stream: 'repairOrder-1', position: '1' },
      { sha256: nameOf('missing'), what: 'missing', stream: 'repairOrder-1', position: '2' },
    ],
  });
});
