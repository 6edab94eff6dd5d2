import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { systemClock, type TimerClock } from '@cargoro/commands';
import type { Actor } from '@cargoro/domain';
import { createLogger } from '@cargoro/infra/logger';
import { AuditCaseView, BoardView, FileUse, Membership, OrderView } from '@cargoro/projections';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Stack, startStack } from '../testing/stack.ts';
import { furnish, tenant } from '../testing/tenants.ts';
import type { DevUser } from './local-issuer.ts';

/** What time it is for the audit, in milliseconds from the machine's: its minutes pass at once. */
let ahead = 0;
const clock: TimerClock = { ...systemClock, now: () => new Date(Date.now() + ahead).toISOString() };
const logged: Record<string, unknown>[] = [];
const destination = new Writable({
  write: (line, _encoding, done) => {
    logged.push(JSON.parse(String(line)) as Record<string, unknown>);
    done();
  },
});

let stack: Stack;
const [a, b] = [tenant(1), tenant(2)];
const platform = a.id(500);
const [support, other, admin] = [
  a.user('PLATFORM_SUPPORT', platform, a.id(501)),
  a.user('PLATFORM_SUPPORT', platform, a.id(502)),
  a.user('PLATFORM_ADMIN', platform, a.id(503)),
];
const { auditCase: caseId } = a.ids;
beforeAll(async () => {
  stack = await startStack({ clock, logger: createLogger({ destination }) });
  for (const one of [a, b]) await furnish(stack, one);
  for (const model of [OrderView, BoardView, Membership, AuditCaseView]) await projected(model);
}, 60_000);
afterAll(() => stack?.stop());

const projected = async (model: Parameters<Stack['readApi']['waitFor']>[0]) =>
  expect(await stack.readApi.waitFor(model, BigInt(stack.position()), 20_000)).toBe(true);
const actorOf = ({ userId: id, orgId, role }: DevUser): Actor => ({ kind: 'user', id, role, ...(orgId && { orgId }) });
const request = async (minutes = 1, orgId = a.ids.org) => {
  const asked = { caseId, by: support.userId, orgId, reason: '장애 조사', minutes };
  await stack.tell('RequestBreakGlass', asked, actorOf(support));
};
const approve = () => stack.tell('ApproveBreakGlass', { caseId, by: admin.userId }, actorOf(admin));
const end = () => stack.tell('EndBreakGlass', { caseId }, actorOf(support));

const headersOf = (user: DevUser, under?: string) => ({
  authorization: `Bearer ${stack.tokenOf(user)}`,
  ...(under && { 'x-cargoro-break-glass': under }),
});
type Answer = { data?: Record<string, unknown> | null; errors?: { extensions: { code: string } }[] };
const ask = async (user: DevUser, query: string, under?: string): Promise<Answer> =>
  (
    await stack.gateway.app.inject({
      ...{ method: 'POST', url: '/graphql', headers: headersOf(user, under), payload: { query } },
    })
  ).json() as Answer;
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions.code;
const orderOf = (id: string) => `{ repairOrder(id: "${id}") {
  complaint customerName allowedCommands { name } asOf(revision: "0") { customerName }
  history(first: 1) { edges { node { type } } } diff(from: { revision: "0" }, to: { revision: "1" }) { path }
} }`;
const own = orderOf(a.ids.order);
const note = `mutation { addNote(commandId: "${a.id(600)}",
  input: { repairOrderId: "${a.ids.order}", text: "x" }) { __typename } }`;
const get = async (user: DevUser, url: string, under?: string) =>
  (await stack.gateway.app.inject({ url, headers: headersOf(user, under) })).statusCode;

/** A live query on the workshop's board: what it hears, and with which code its socket closes. */
const watch = (user: DevUser, under?: string) => {
  const heard: unknown[] = [];
  let joined = false;
  let closed: number | undefined;
  const client = createClient({
    ...{ url: `${stack.gateway.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 },
    connectionParams: { token: stack.tokenOf(user), ...(under && { breakGlass: under }) },
    on: {
      connected: () => {
        joined = true;
      },
      closed: (event) => {
        closed = (event as { code: number }).code;
      },
    },
  });
  const query = `subscription { workshopBoardChanged(workshopId: "${a.ids.workshop}", afterPosition: "0") { node { customerName } } }`;
  void (async () => {
    for await (const { data } of client.iterate({ query })) heard.push(data);
  })().catch(() => undefined);
  return { heard, joined: () => joined, closed: () => closed, stop: () => client.dispose() };
};

describe('emergency access', () => {
  it('opens nothing before somebody else approved it', async () => {
    expect((await ask(support, own)).data).toEqual({ repairOrder: null });
    expect(codeOf(await ask(support, own, caseId))).toBe('FORBIDDEN');
    expect(await get(support, `/documents/invoice/${a.ids.invoice}.pdf`, caseId)).toBe(403);
    await request();
    expect(codeOf(await ask(support, own, caseId))).toBe('FORBIDDEN');
    const early = watch(support, caseId);
    await expect.poll(early.closed, { timeout: 5_000 }).toBe(4403);
    expect(early.joined()).toBe(false);
  });

  it('then shows its bearer what an owner of the organisation reads, with the names of people veiled', async () => {
    await approve();
    const { repairOrder } = (await ask(support, own, caseId)).data as { repairOrder: Record<string, unknown> };
    expect(repairOrder).toMatchObject({ complaint: '비밀 소음 1', customerName: '비***', allowedCommands: [] });
    expect(repairOrder.asOf).toEqual({ customerName: '비***' });
    expect(repairOrder.history).toMatchObject({ edges: [{ node: { type: 'RepairOrderOpened' } }] });
    expect(repairOrder.diff).not.toEqual([]);
    const members = await ask(support, '{ memberships(first: 1) { edges { node { userName } } } }', caseId);
    expect(members.data).toEqual({ memberships: { edges: [{ node: { userName: '비***' } }] } });
    const pdf = `/documents/invoice/${a.ids.invoice}.pdf`;
    expect([await get(support, pdf, caseId), await get(support, pdf)]).toEqual([200, 404]);
    const drawn = async (user: DevUser, under?: string) =>
      (await stack.gateway.app.inject({ url: pdf, headers: headersOf(user, under) })).headers;
    const [veiled, open] = [await drawn(support, caseId), await drawn(a.owner)];
    expect(veiled['x-cargoro-revision']).toBe(open['x-cargoro-revision']);
    expect(veiled['x-cargoro-sha256']).not.toBe(open['x-cargoro-sha256']);
    expect((await ask(support, own)).data).toEqual({ repairOrder: null });
  });

  it('opens the photos of the organisation’s records, of which nothing is kept', async () => {
    const photo = Buffer.concat([Buffer.from('\xff\xd8\xff\xe0', 'latin1'), randomBytes(1_000)]);
    const upload = { method: 'POST', url: '/files/uploads', payload: { purpose: 'photo' } } as const;
    const link = await stack.gateway.app.inject({ ...upload, headers: headersOf(a.owner) });
    const headers = { 'content-type': 'image/jpeg' };
    const { url } = link.json() as { url: string };
    const kept = await fetch(`${stack.gateway.url}${url}`, { method: 'PUT', headers, body: photo });
    const { objectId, sha256, bytes } = (await kept.json()) as { objectId: string; sha256: string; bytes: number };
    const photos = [{ objectId, sha256, bytes }];
    await stack.tell('AddNote', { repairOrderId: a.ids.order, text: '사진', photos }, actorOf(a.owner));
    await projected(FileUse);
    const opened = await stack.gateway.app.inject({ url: `/files/${sha256}`, headers: headersOf(support, caseId) });
    expect([opened.statusCode, opened.headers['cache-control']]).toEqual([200, 'private, no-store']);
    expect(await get(support, `/files/${sha256}`)).toBe(404);
  });

  it('is nobody else’s, and of no other organisation', async () => {
    for (const stranger of [other, admin, a.owner, a.customer])
      expect(codeOf(await ask(stranger, own, caseId))).toBe('FORBIDDEN');
    expect(codeOf(await ask(support, own, b.ids.auditCase))).toBe('FORBIDDEN');
    expect(codeOf(await ask(support, own, `${caseId}/../x`))).toBe('FORBIDDEN');
    expect((await ask(support, orderOf(b.ids.order), caseId)).data).toEqual({ repairOrder: null });
    const users = await ask(support, `{ user(id: "${b.ids.owner}") { name } }`, caseId);
    expect(users.data).toEqual({ user: null });
    expect(
      (
        await stack.gateway.app.inject({
          url: '/graphql?query={__typename}',
          headers: { 'x-cargoro-break-glass': caseId },
        })
      ).statusCode,
    ).toBe(403);
  });

  it('lets nothing be done', async () => {
    expect(codeOf(await ask(support, note, caseId))).toBe('FORBIDDEN');
    const upload = { method: 'POST', url: '/files/uploads', payload: { purpose: 'photo' } } as const;
    const answer = await stack.gateway.app.inject({ ...upload, headers: headersOf(support, caseId) });
    expect(answer.statusCode).toBe(403);
    const events = await stack.log.read(`repairOrder-${a.ids.order}`);
    expect(events.some(({ meta }) => meta.actor.id === support.userId)).toBe(false);
    // Signed in is still the member of the staff.
    const session = await stack.gateway.app.inject({ url: '/session', headers: headersOf(support, caseId) });
    expect(session.json()).toMatchObject({ userId: support.userId, role: 'PLATFORM_SUPPORT' });
  });

  it('leaves a line in the log for each reading, under the case', async () => {
    const lines = logged.filter(({ msg }) => msg === 'Read by emergency access');
    const reading = { caseId, userId: support.userId, orgId: a.ids.org };
    expect(lines).toContainEqual(expect.objectContaining({ ...reading, fields: ['repairOrder'] }));
    expect(lines).toContainEqual(expect.objectContaining({ ...reading, route: '/documents/:kind/:file' }));
    expect(lines.filter(({ userId }) => userId !== support.userId)).toEqual([]);
  });

  it('tells live, apart from the owner’s own screens, and closes at once when it is ended', async () => {
    const [live, mine] = [watch(support, caseId), watch(a.owner)];
    await expect.poll(() => [live.heard.length > 0, mine.heard.length > 0], { timeout: 10_000 }).toEqual([true, true]);
    expect(JSON.stringify(live.heard)).toContain('비***');
    expect(JSON.stringify(mine.heard)).toContain('비밀 1');
    await stack.tell('AddNote', { repairOrderId: a.ids.order, text: '살펴봄' }, actorOf(a.owner));
    const before = [live.heard.length, mine.heard.length];
    await expect
      .poll(() => [live.heard.length, mine.heard.length].map((n, i) => n > (before[i] ?? 0)), { timeout: 10_000 })
      .toEqual([true, true]);
    expect(JSON.stringify(live.heard)).not.toContain('비밀 1"');
    expect(JSON.stringify(mine.heard)).not.toContain('비***');
    await end();
    expect(codeOf(await ask(support, own, caseId))).toBe('FORBIDDEN');
    await expect.poll(live.closed, { timeout: 10_000 }).toBe(4403);
    expect(mine.closed()).toBeUndefined();
    await mine.stop();
  });

  it('ends by itself when its time is up, open live queries too', async () => {
    await request(1);
    await approve();
    expect(codeOf(await ask(support, own, caseId))).toBeUndefined();
    ahead += 60_000;
    expect(codeOf(await ask(support, own, caseId))).toBe('FORBIDDEN');
    await end();
    // The audit's clock is behind: two seconds are left of the minute by the machine's.
    ahead = -58_000;
    await request(1);
    await approve();
    const live = watch(support, caseId);
    await expect.poll(live.joined, { timeout: 1_500 }).toBe(true);
    await expect.poll(live.closed, { timeout: 10_000 }).toBe(4403);
    ahead = 0;
    expect(codeOf(await ask(support, own, caseId))).toBe('FORBIDDEN');
  });

  it('ends with the audit', async () => {
    await request(60);
    await approve();
    const live = watch(support, caseId);
    await expect.poll(live.joined, { timeout: 5_000 }).toBe(true);
    await stack.tell('CloseAudit', { caseId, reportSha256: 'b'.repeat(64) });
    expect(codeOf(await ask(support, own, caseId))).toBe('FORBIDDEN');
    await expect.poll(live.closed, { timeout: 10_000 }).toBe(4403);
  });
});
