import { createHash, randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '@cargoro/domain';
import { FileUse } from '@cargoro/projections';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DevUser } from '../auth/local-issuer.ts';
import { type Stack, startStack } from '../testing/stack.ts';
import { furnish, type Tenant, tenant } from '../testing/tenants.ts';

let stack: Stack;
const [a, b] = [tenant(1), tenant(2)];
const staff = tenant(3).user('PLATFORM_ADMIN', tenant(3).ids.org);
beforeAll(async () => {
  stack = await startStack();
  for (const one of [a, b]) await furnish(stack, one);
});
afterAll(() => stack?.stop());

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const photoOf = (size = 200_000) => Buffer.concat([Buffer.from('\xff\xd8\xff\xe0', 'latin1'), randomBytes(size)]);
const asks = (user: DevUser) => ({ authorization: `Bearer ${stack.tokenOf(user)}` });
const actorOf = ({ userId: id, orgId, role }: DevUser): Actor => ({ kind: 'user', id, role, ...(orgId && { orgId }) });

const linkFor = async (user: DevUser, payload: object) => {
  const answer = await stack.gateway.app.inject({
    method: 'POST',
    url: '/files/uploads',
    headers: asks(user),
    payload,
  });
  return { status: answer.statusCode, ...(answer.json() as { url: string; maxBytes: number; types: string[] }) };
};
/** Over the wire: what happens to a connection is part of the answer. */
const bring = (link: string, body: Buffer, type = 'image/jpeg') =>
  fetch(`${stack.gateway.url}${link}`, { method: 'PUT', headers: { 'content-type': type }, body });
const upload = async (user: DevUser, bytes: Buffer, purpose = 'photo') =>
  bring((await linkFor(user, { purpose })).url, bytes);
const read = (user: DevUser, id: string) => stack.gateway.app.inject({ url: `/files/${id}`, headers: asks(user) });
const code = async (answer: Response) =>
  ((await answer.json()) as { errors: [{ extensions: { code: string } }] }).errors[0].extensions.code;
const name = async ({ ids, owner }: Tenant, photo: Buffer, visibility = 'customer') => {
  const file = { objectId: sha256(photo), sha256: sha256(photo), bytes: photo.length };
  const note = { repairOrderId: ids.order, text: '사진', photos: [file], visibility };
  await stack.tell('AddNote', note, actorOf(owner));
  await stack.readApi.waitFor(FileUse, BigInt(stack.position()), 10_000);
};

describe('bringing a file', () => {
  it('takes a link with its limits, then the file itself, which is known by its hash from then on', async () => {
    const photo = photoOf();
    const link = await linkFor(a.owner, { purpose: 'photo', sha256: sha256(photo) });
    expect(link).toMatchObject({ status: 201, maxBytes: 10_000_000 });
    const answer = await bring(link.url, photo, 'application/json');
    expect(await answer.json()).toEqual({
      ...{ objectId: sha256(photo), sha256: sha256(photo), bytes: photo.length, mediaType: 'image/jpeg' },
    });
    const back = await read(a.owner, sha256(photo));
    expect(back.rawPayload).toEqual(photo);
    expect(back.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  it('is for people who are signed in, and for the purposes there are', async () => {
    const anonymous = await stack.gateway.app.inject({ method: 'POST', url: '/files/uploads', payload: {} });
    expect(anonymous.statusCode).toBe(401);
    expect((await linkFor(a.owner, { purpose: 'programme' })).status).toBe(400);
    expect(await code(await bring('/files/uploads?link=forged.link', photoOf()))).toBe('LINK_EXPIRED');
  });

  it('is refused when the file is too large, of another kind than its name says, or not the one announced', async () => {
    const large = await upload(a.owner, photoOf(10_000_000));
    expect([large.status, await code(large)]).toEqual([413, 'TOO_LARGE']);
    const programme = await upload(a.owner, Buffer.from('MZ\x90 not a picture'));
    expect([programme.status, await code(programme)]).toEqual([415, 'TYPE_NOT_ALLOWED']);
    const { url } = await linkFor(a.owner, { purpose: 'photo', sha256: sha256(photoOf()) });
    const other = await bring(url, photoOf());
    expect([other.status, await code(other)]).toEqual([422, 'HASH_MISMATCH']);
    const signature = await upload(a.owner, photoOf(1_000), 'signature');
    expect(await code(signature)).toBe('TYPE_NOT_ALLOWED');
  });

  it('is refused in its middle when it tells no length and grows too large', async () => {
    const { url } = await linkFor(a.owner, { purpose: 'signature' });
    const endless = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(64 * 1024)) });
    const asked = { method: 'PUT', body: endless, duplex: 'half' } as RequestInit;
    expect((await fetch(`${stack.gateway.url}${url}`, asked)).status).toBe(413);
  });
});

describe('reading a file', () => {
  it('is for who brought it, and once a record names it for the parties of that record', async () => {
    const photo = photoOf();
    await upload(a.owner, photo);
    const seen = async () =>
      Promise.all(
        [a.owner, a.customer, b.owner, b.customer, staff].map(
          async (who) => (await read(who, sha256(photo))).statusCode,
        ),
      );
    expect(await seen()).toEqual([200, 404, 404, 404, 404]);
    await name(a, photo);
    expect(await seen()).toEqual([200, 200, 404, 404, 404]);
    // Who learned of a hash opens nothing by naming it in a record of their own.
    await name(b, photo);
    expect(await seen()).toEqual([200, 200, 404, 404, 404]);
    expect((await stack.gateway.app.inject({ url: `/files/${sha256(photo)}` })).statusCode).toBe(401);
  });

  it('fails rather than answer with something else than was brought', async () => {
    const photo = photoOf(1_000);
    await upload(a.owner, photo);
    const [folder, rest] = [sha256(photo).slice(0, 2), sha256(photo).slice(2)];
    const root = join(stack.folder, 'files');
    expect(await readdir(join(root, folder))).toContain(rest);
    await writeFile(join(root, folder, rest), photoOf(1_000));
    expect((await read(a.owner, sha256(photo))).statusCode).toBe(500);
  });
});
