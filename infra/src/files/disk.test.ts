import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskFiles } from './disk.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
async function* pieces(bytes: Buffer, size = 50_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const photo = randomBytes(300_000);
const name = sha256(photo);
const maxBytes = 1_000_000;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cargoro-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const kept = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());

describe('files on disk', () => {
  it('lie under the hash of their content, once however often they come', async () => {
    const files = diskFiles(folder);
    expect(await files.put(pieces(photo), { maxBytes })).toEqual({ objectId: name, bytes: 300_000 });
    await files.put(pieces(photo, 7_000), { maxBytes });
    expect(await kept()).toHaveLength(1);
    const found = await files.get(name);
    expect(found?.bytes).toBe(300_000);
    expect(await buffer(found!.content)).toEqual(photo);
    expect(await files.exists(name)).toBe(true);
  });

  it('are not there before they were put, nor under a name that is no hash', async () => {
    const files = diskFiles(folder);
    expect(await files.get(name)).toBeUndefined();
    expect(await files.get('../../etc/passwd')).toBeUndefined();
    expect(await files.exists('../../etc/passwd')).toBe(false);
  });

  it('are gone once removed, and nothing else is', async () => {
    const files = diskFiles(folder);
    await files.put(pieces(photo), { maxBytes });
    await files.remove('../../etc/passwd');
    await files.remove(sha256(Buffer.from('another')));
    expect(await files.exists(name)).toBe(true);
    await files.remove(name);
    expect([await files.get(name), await kept()]).toEqual([undefined, []]);
  });

  it('are refused and leave nothing when too large, empty, broken off, of another kind or not what was announced', async () => {
    const files = diskFiles(folder);
    await expect(files.put(pieces(photo), { maxBytes: 299_999 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(files.put(pieces(Buffer.alloc(0)), { maxBytes })).rejects.toMatchObject({ code: 'EMPTY' });
    await expect(files.put(pieces(photo), { maxBytes, objectId: sha256(randomBytes(3)) })).rejects.toMatchObject({
      code: 'HASH_MISMATCH',
    });
    const check = () => {
      throw new Error('another kind');
    };
    await expect(files.put(pieces(photo), { maxBytes, check })).rejects.toThrow('another kind');
    const brokenOff = async function* () {
      yield photo;
      throw new Error('connection lost');
    };
    await expect(files.put(brokenOff(), { maxBytes })).rejects.toThrow('connection lost');
    expect(await kept()).toEqual([]);
  });

  it.each([
    ['changed', (path: string) => writeFile(path, Buffer.concat([photo.subarray(1), Buffer.from([1])]))],
    ['cut off', (path: string) => truncate(path, 299_000)],
  ])('are never given out whole when they were %s', async (_, damage) => {
    const files = diskFiles(folder);
    await files.put(pieces(photo), { maxBytes });
    const [file] = await kept();
    await damage(join(file!.parentPath, file!.name));
    const found = await files.get(name);
    const given: Buffer[] = [];
    const reading = async () => {
      for await (const piece of found!.content) given.push(piece as Buffer);
    };
    await expect(reading()).rejects.toMatchObject({ name: 'FileDamaged' });
    expect(Buffer.concat(given).length).toBeLessThan(299_000);
  });
});
