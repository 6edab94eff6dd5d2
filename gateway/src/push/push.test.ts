import { createHash } from 'node:crypto';
import { systemActor } from '@cargoro/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DevUser } from '../auth/local-issuer.ts';
import { type Stack, startStack } from '../testing/stack.ts';
import { tenant } from '../testing/tenants.ts';

let stack: Stack;
const { owner } = tenant(1);
const { owner: unknown } = tenant(2);
beforeAll(async () => {
  stack = await startStack();
  const { userId } = owner;
  const emailHash = createHash('sha256').update('owner').digest('hex');
  const input = { userId, emailHash, personRef: 'owner', locale: 'ko', person: { name: '김하늘' } };
  await stack.tell('RegisterUser', input, systemActor());
});
afterAll(() => stack?.stop());

const device = (host = 'updates.push.services.mozilla.com') => ({
  endpoint: `https://${host}/wpush/v2/${host.length}`,
  keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) },
});
const ask = async (method: 'GET' | 'PUT' | 'DELETE', url: string, payload?: object, user?: DevUser) => {
  const headers = user ? { authorization: `Bearer ${stack.tokenOf(user)}` } : {};
  const answer = await stack.gateway.app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.body };
};
const kept = () => stack.postgres.query<{ user_id: string; sealed: object }>('select user_id, sealed from push_device');

describe('push messages', () => {
  it('are subscribed to with the key, by people who are signed in', async () => {
    expect(await ask('GET', '/push/key', undefined, owner)).toEqual({
      status: 200,
      body: '{"publicKey":"public key"}',
    });
    for (const method of ['PUT', 'DELETE'] as const)
      expect((await ask(method, '/push/devices', device())).status).toBe(401);
    expect((await ask('GET', '/push/key')).status).toBe(401);
  });

  it('go to a device until its owner takes it back; where it is stands sealed', async () => {
    for (const _ of [1, 2]) expect((await ask('PUT', '/push/devices', device(), owner)).status).toBe(204);
    const [row, ...more] = await kept();
    expect(more).toEqual([]);
    expect(row?.user_id).toBe(owner.userId);
    expect(JSON.stringify(row?.sealed)).not.toContain('mozilla');
    await ask('DELETE', '/push/devices', device(), unknown);
    expect(await kept()).toHaveLength(1);
    await ask('DELETE', '/push/devices', device(), owner);
    expect(await kept()).toEqual([]);
  });

  it('go nowhere but to the push services of browsers, and to people who have an account', async () => {
    for (const host of ['localhost:5432', '10.0.0.1', 'push.apple.com.example.com', 'evilpush.apple.com.']) {
      const { status, body } = await ask('PUT', '/push/devices', device(host), owner);
      expect(status).toBe(400);
      expect(body).toContain('endpoint');
    }
    expect((await ask('PUT', '/push/devices', { endpoint: 'x' }, owner)).status).toBe(400);
    expect((await ask('PUT', '/push/devices', device('web.push.apple.com'), unknown)).status).toBe(403);
    expect(await kept()).toEqual([]);
  });
});
