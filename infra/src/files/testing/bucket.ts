import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();

/** The signature as AWS's documentation of version 4 computes it, from the request as it arrived. */
const signatureOf = (request: IncomingMessage, secret: string): { readonly given: string; readonly wanted: string } => {
  const { authorization = '', 'x-amz-date': at, 'x-amz-content-sha256': hash } = request.headers;
  const [, scope = '', signed = '', given = ''] =
    /Credential=[^/]+\/(\S+), SignedHeaders=(\S+), Signature=(\w+)/.exec(authorization) ?? [];
  const [day = '', region = '', service = '', end = ''] = scope.split('/');
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name])}\n`);
  const canonical = [request.method, request.url, '', headers.join(''), signed, hash].join('\n');
  const key = [region, service, end].reduce(hmac, hmac(`AWS4${secret}`, day));
  const wanted = hmac(key, ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n')).toString('hex');
  return { given, wanted };
};

/** What a bucket of an S3-compatible store answers to GET, HEAD, PUT and DELETE: signature and hash are checked as the store does. */
export const startBucket = async ({ bucket, secret }: { readonly bucket: string; readonly secret: string }) => {
  const objects = new Map<string, Buffer>();
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    asked.push(`${request.method} ${request.url}`);
    const { given, wanted } = signatureOf(request, secret);
    const answer = (status: number, content?: Buffer) =>
      response.writeHead(status, content ? { 'content-length': content.length } : {}).end(content);
    if (given !== wanted) return answer(403);
    const path = request.url ?? '';
    if (!path.startsWith(`/${bucket}/`)) return answer(404);
    if (request.method === 'PUT') {
      if (request.headers['transfer-encoding'] || sha256(body) !== request.headers['x-amz-content-sha256'])
        return answer(400);
      objects.set(path, body);
      return answer(200);
    }
    if (request.method === 'DELETE') {
      objects.delete(path);
      return answer(204);
    }
    const found = objects.get(path);
    return found ? answer(200, found) : answer(404);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    objects,
    asked,
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
};
