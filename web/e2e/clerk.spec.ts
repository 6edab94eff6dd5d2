import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, expect, test } from '@playwright/test';
import { gateway, tokenOf } from './world.ts';

// The web server as in production: signing in through Clerk. Nothing of Clerk's is called; its libraries verify what
// the issuer of this checkout signed, as they verify what Clerk signs, with a key and without network.
const publishableKey = `pk_live_${Buffer.from('clerk.cargoro.localhost$').toString('base64')}`;
const suffix = createHash('sha1').update(publishableKey).digest('base64url').slice(0, 8);
let server: ChildProcess;
let web: string;

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
};

test.beforeAll(async ({ request }) => {
  const { jwtKey } = (await (await request.get(`${gateway}/dev/users`)).json()) as { jwtKey: string };
  const port = await freePort();
  web = `http://localhost:${port}`;
  server = spawn(process.execPath, [fileURLToPath(new URL('../.next/standalone/web/server.js', import.meta.url))], {
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      HOSTNAME: 'localhost',
      CARGORO_GATEWAY_URL: gateway,
      CLERK_PUBLISHABLE_KEY: publishableKey,
      CLERK_SECRET_KEY: 'sk_live_never_sent',
      CLERK_JWT_KEY: jwtKey,
    },
  });
  await expect
    .poll(() =>
      request.get(`${web}/health/live`).then(
        (it) => it.ok(),
        () => false,
      ),
    )
    .toBe(true);
});
test.afterAll(async () => {
  server.kill();
  await once(server, 'exit');
});

/** The cookies Clerk's script keeps in a browser for its session. */
const withSession = async (context: BrowserContext, token: string): Promise<void> => {
  const names = { __session: token, __client_uat: String(Math.floor(Date.now() / 1_000) - 5) };
  await context.addCookies(
    Object.entries(names).flatMap(([name, value]) =>
      [name, `${name}_${suffix}`].map((each) => ({ name: each, value, url: web })),
    ),
  );
  // Clerk's own script is on Clerk's host, which no test asks.
  await context.route('https://clerk.cargoro.localhost/**', (route) => route.abort());
};

test('who has a session of Clerk is in their room, and the live socket takes the same token', async ({
  browser,
  request,
}) => {
  const context = await browser.newContext();
  await withSession(context, (await tokenOf(request, 'gaon.advisor', 600)).token);
  const page = await context.newPage();
  await page.goto(`${web}/`);
  await page.waitForURL(/\/workshop$/);
  await expect(page.locator('[data-slot="board"] [data-plate]').first()).toBeVisible();
  const session = await (await context.request.post(`${web}/session/token`)).json();
  expect(session.viewer).toMatchObject({ role: 'SERVICE_ADVISOR' });
  await page.goto(`${web}/sign-in?switch=1`);
  await expect(page.getByRole('heading', { name: '어느 조직으로 일할까요?' })).toBeVisible();
  await context.close();
});

test('a token of another signer opens nothing: the door is Clerk’s, and no demo person is offered', async ({
  browser,
  request,
}) => {
  const { token } = await tokenOf(request, 'gaon.advisor', 600);
  const [head, body] = token.split('.');
  const context = await browser.newContext();
  await withSession(context, `${head}.${body}.${Buffer.from('forged').toString('base64url')}`);
  expect((await context.request.post(`${web}/session/token`)).status()).toBe(401);
  const page = await context.newPage();
  await context.clearCookies();
  await page.goto(`${web}/workshop`);
  await page.waitForURL(/\/sign-in/);
  await expect(page.getByRole('heading', { name: '카고로에 로그인' })).toBeVisible();
  await expect(page.locator('[data-user]')).toHaveCount(0);
  await context.close();
});
