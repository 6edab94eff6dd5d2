import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import { Unavailable } from '../ports.ts';
import { checkedAgainst } from './checked.ts';
import { type Files, isObjectId } from './port.ts';
import { spool } from './spool.ts';

export type S3Address = {
  /** With the bucket, without a slash at its end. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
};

/** `s3://key:secret@host/bucket?region=…`; `s3` means https. Throws without ever naming the secret. */
export const s3Address = (text: string): S3Address => {
  const url = new URL(text.replace(/^s3:/, 'https:'));
  const [accessKeyId, secretAccessKey] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const bucket = url.pathname.replaceAll(/^\/+|\/+$/g, '');
  if (!accessKeyId || !secretAccessKey || !bucket)
    throw new Error('S3_URL must name key, secret and bucket, as s3://key:secret@host/bucket');
  const region = url.searchParams.get('region') ?? 'us-east-1';
  return { url: `${url.protocol}//${url.host}/${bucket}`, accessKeyId, secretAccessKey, region };
};

/** Files in a bucket of an S3-compatible store. It checks the hash of what it is sent; we check that of what it gives. */
export const s3Files = ({ url, ...credentials }: S3Address, folder = join(tmpdir(), 'cargoro-arriving')): Files => {
  const client = new AwsClient({ ...credentials, service: 's3', retries: 2 });
  const urlOf = (objectId: string) => `${url}/${objectId.slice(0, 2)}/${objectId}`;
  const ask = async (objectId: string, init: RequestInit): Promise<Response> => {
    const answer = await client
      .fetch(urlOf(objectId), { ...init, signal: AbortSignal.timeout(60_000) })
      .catch((cause: unknown) => {
        throw new Unavailable('files', 'The file store does not answer', { cause });
      });
    if (answer.ok || answer.status === 404) return answer;
    await answer.body?.cancel();
    throw new Unavailable('files', `The file store answered ${init.method ?? 'GET'} with ${answer.status}`);
  };
  const exists = async (objectId: string): Promise<boolean> => {
    if (!isObjectId(objectId)) return false;
    return (await ask(objectId, { method: 'HEAD' })).ok;
  };

  return {
    put: async (content, options) => {
      const { objectId, bytes, path } = await spool(content, folder, options);
      try {
        if (await exists(objectId)) return { objectId, bytes };
        // Signed with the hash, so that the store refuses anything else; of a size that fits memory.
        const answer = await ask(objectId, {
          method: 'PUT',
          headers: { 'x-amz-content-sha256': objectId },
          body: await readFile(path),
        });
        await answer.body?.cancel();
        if (!answer.ok) throw new Unavailable('files', 'The bucket of S3_URL does not exist');
        return { objectId, bytes };
      } finally {
        await rm(path, { force: true });
      }
    },
    get: async (objectId) => {
      if (!isObjectId(objectId)) return undefined;
      const answer = await ask(objectId, { method: 'GET' });
      if (!answer.ok || !answer.body) return undefined;
      const content = checkedAgainst(objectId);
      pipeline(Readable.fromWeb(answer.body as ReadableStream), content, () => undefined);
      return { bytes: Number(answer.headers.get('content-length')), content };
    },
    exists,
    remove: async (objectId) => {
      if (!isObjectId(objectId)) return;
      const answer = await ask(objectId, { method: 'DELETE' });
      await answer.body?.cancel();
    },
  };
};
