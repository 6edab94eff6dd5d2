import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { registerDevRoutes } from './dev-routes.ts';
import type { LocalIssuer } from './local-issuer.ts';

it('shows what would have been sent, harmless whatever it says, and to whom by the name one signs in with', async () => {
  const app = fastify();
  const users = [{ user: 'gaon.owner', userId: 'u-1', name: { ko: '김', en: 'Kim' } }];
  registerDevRoutes(app, {} as LocalIssuer, users, async () => [
    {
      ...({ channel: 'email', userId: 'u-1', locale: 'ko', url: 'http://localhost:3000/ko' } as const),
      ...{ title: '견적 <b>도착</b>', body: 'a & b', at: '2025-06-30T06:00:00.000Z' },
    },
  ]);
  const page = await app.inject('/dev/inbox');
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect(page.body).toContain('gaon.owner');
  expect(page.body).toContain('견적 &lt;b&gt;도착&lt;/b&gt;');
  expect(page.body).toContain('a &amp; b');
  expect((await app.inject('/dev/users')).json()).toMatchObject({ users });
  await app.close();
});
