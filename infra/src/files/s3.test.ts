import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { s3Address, s3Files } from './s3.ts';
import { startBucket } from './testing/bucket.ts';

const photo = randomBytes(300_000);
const name = createHash('sha256').update(photo).digest('hex');
const path = `/cargoro/${name.slice(0, 2)}/${name}`;
const maxBytes = 1_000_000;
const secret = 'a/secret+with=signs';
async function* once(bytes: Buffer) {
  yield bytes;
}
let bucket: Awaited<ReturnType<typeof startBucket>>;
let folder: string;
beforeEach(async () => {
  bucket = await startBucket({ bucket: 'cargoro', secret });
  folder = await mkdtemp(join(tmpdir(), 'cargoro-arriving-'));
});
afterEach(async () => {
  await bucket.stop();
  await rm(folder, { recursive: true, force: true });
});
const filesWith = (key: string, name = 'cargoro') =>
  s3Files(s3Address(`http://someone:${encodeURIComponent(key)}@127.0.0.1:${bucket.port}/${name}`), folder);

describe('files in an S3-compatible bucket', () => {
  it('are sent signed, once, and come back as they were', async () => {
    const files = filesWith(secret);
    expect(await files.exists(name)).toBe(false);
    expect(await files.put(once(photo), { maxBytes })).toEqual({ objectId: name, bytes: 300_000 });
    await files.put(once(photo), { maxBytes });
    expect(bucket.asked.filter((request) => request.startsWith('PUT'))).toEqual([`PUT ${path}`]);
    const found = await files.get(name);
    expect(found?.bytes).toBe(300_000);
    expect(await buffer(found!.content)).toEqual(photo);
    expect(await readdir(folder)).toEqual([]);
  });

  it('are gone once removed', async () => {
    const files = filesWith(secret);
    await files.put(once(photo), { maxBytes });
    await files.remove(name);
    expect([await files.exists(name), bucket.objects.size]).toEqual([false, 0]);
    await files.remove(name);
  });

  it('are not given out whole when the store holds something else under the name', async () => {
    bucket.objects.set(path, Buffer.concat([photo.subarray(1), Buffer.from([1])]));
    const found = await filesWith(secret).get(name);
    await expect(buffer(found!.content)).rejects.toMatchObject({ name: 'FileDamaged' });
  });

  it('are missing, not wrong, when the store has none; refused before anything is sent when too large', async () => {
    const files = filesWith(secret);
    expect(await files.get(name)).toBeUndefined();
    await expect(files.put(once(photo), { maxBytes: 10 })).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(bucket.asked.some((request) => request.startsWith('PUT'))).toBe(false);
  });

  it('are unavailable, and the secret is not told, when the store refuses or is away', async () => {
    const refused = await filesWith('another')
      .put(once(photo), { maxBytes })
      .catch((error: Error) => error);
    expect(refused).toMatchObject({ name: 'Unavailable', part: 'files' });
    await expect(filesWith(secret, 'elsewhere').put(once(photo), { maxBytes })).rejects.toMatchObject({
      part: 'files',
    });
    await bucket.stop();
    const away = await filesWith(secret)
      .get(name)
      .catch((error: Error) => error);
    expect(away).toMatchObject({ name: 'Unavailable', part: 'files' });
    expect(JSON.stringify([refused, away], Object.getOwnPropertyNames(away))).not.toContain('secret');
  });

  it('need key, secret and bucket', () => {
    expect(() => s3Address('s3://host/bucket')).toThrow('must name key, secret and bucket');
    expect(s3Address('s3://k:s@store.example.com/b?region=ap-northeast-2')).toEqual({
      ...{ url: 'https://store.example.com/b', accessKeyId: 'k', secretAccessKey: 's', region: 'ap-northeast-2' },
    });
  });
});
