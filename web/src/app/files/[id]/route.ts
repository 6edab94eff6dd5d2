import { fileId, imageTypes, largestFile, load, sha256, store } from '../../../session/files.ts';
import { currentSession } from '../../../session/server.ts';

type Props = { params: Promise<{ id: string }> };
const refuse = (status: number, code: string): Response => Response.json({ error: code }, { status });

/** Keeps a photo or a signature. The id ends with the beginning of the content's hash, so it can be kept once only. */
export const PUT = async (request: Request, { params }: Props): Promise<Response> => {
  const { id } = await params;
  const type = request.headers.get('content-type') ?? '';
  if (!(await currentSession().catch(() => undefined))) return refuse(401, 'UNAUTHENTICATED');
  if (!fileId.test(id) || !imageTypes.includes(type)) return refuse(400, 'BAD_USER_INPUT');
  if (Number(request.headers.get('content-length') ?? 0) > largestFile) return refuse(413, 'TOO_LARGE');
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.byteLength > largestFile) return refuse(413, 'TOO_LARGE');
  const hash = sha256(bytes);
  if (hash !== request.headers.get('x-sha256') || !id.endsWith(hash.slice(0, 16))) return refuse(400, 'HASH_MISMATCH');
  if (!(await load(id))) await store(id, type, bytes);
  return Response.json({ objectId: id, sha256: hash, bytes: bytes.byteLength });
};

export const GET = async (_request: Request, { params }: Props): Promise<Response> => {
  const { id } = await params;
  if (!(await currentSession().catch(() => undefined))) return refuse(401, 'UNAUTHENTICATED');
  const file = fileId.test(id) ? await load(id) : undefined;
  if (!file) return refuse(404, 'NOT_FOUND');
  return new Response(file.bytes as BodyInit, {
    headers: {
      'content-type': file.type,
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'",
    },
  });
};
