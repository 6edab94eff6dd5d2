import { createHash } from 'node:crypto';
import { type Addressee, systemActor } from '@cargoro/domain';
import { createLogger } from '@cargoro/infra/logger';
import { createMetrics } from '@cargoro/infra/metrics';
import { type TestPostgres, testPostgres } from '@cargoro/infra/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import webPush from 'web-push';
import { browser, handClock, startEndPoint, startMailServer } from '../../test/notified.ts';
import { idOf, startWorld, type TestWorld } from '../../test/world.ts';
import { migrateCommands } from '../migrate.ts';
import { channelsOf } from './channels.ts';
import { devChannel, devMessages } from './dev-inbox.ts';
import { pushDevices } from './devices.ts';
import { retryMinutes } from './sender.ts';
import { type Notifications, startNotifications } from './start.ts';

let world: TestWorld;
let database: TestPostgres;
let mail: Awaited<ReturnType<typeof startMailServer>>;
let point: Awaited<ReturnType<typeof startEndPoint>>;
let hand: ReturnType<typeof handClock>;
let started: Notifications[];
let logged: string[];
beforeEach(async () => {
  [world, database, mail, point] = await Promise.all([
    startWorld(),
    testPostgres(),
    startMailServer(),
    startEndPoint(),
  ]);
  await migrateCommands(database.postgres);
  hand = handClock(world);
  started = [];
  logged = [];
});
afterEach(async () => {
  await Promise.all(started.map((notifications) => notifications.stop()));
  await Promise.all([mail.stop(), point.stop(), database.stop(), world.stop()]);
});

const [one, two] = [idOf('one'), idOf('two')];
const { publicKey, privateKey } = webPush.generateVAPIDKeys();
const devices = () => pushDevices(database.postgres, world.vault);
/** Of the organisation of these tests both are members. */
const people = async (to: Addressee) => (to.kind === 'user' ? [to.id] : [one, two]);

const say = (type: string, input: Record<string, unknown>) =>
  world.node().dispatch({ ...world.request(type, input), actor: systemActor('test') });
const register = (userId: string, locale: 'ko' | 'en', person: Record<string, string>) => {
  const emailHash = createHash('sha256').update(userId).digest('hex');
  return say('RegisterUser', {
    userId,
    emailHash,
    personRef: `ref-${userId}`,
    locale,
    person: { name: '김하늘', ...person },
  });
};
const notice = (name: string, to: Addressee = { kind: 'org', id: idOf('org') }, template = 'tripLogDue') =>
  say('RequestNotice', { noticeId: idOf(name), template, to, values: { month: '2025-06' } });
const start = (standIn?: Parameters<typeof channelsOf>[2], given?: Parameters<typeof channelsOf>[0]) => {
  const providers = given ?? {
    smtp: { smtpUrl: mail.url, from: 'CarGoro <no-reply@cargoro.example>' },
    sms: { url: `${point.url}/sms`, token: 'provider-token', from: '02-000-0000' },
    webPush: { publicKey, privateKey, subject: 'mailto:help@cargoro.example' },
  };
  const notifications = startNotifications({
    ...{ log: world.log, vault: world.vault, postgres: database.postgres, clock: hand.clock, people },
    ...{ channels: channelsOf(providers, devices(), standIn), webOrigin: 'https://app.cargoro.example' },
    logger: createLogger({ level: 'trace', destination: { write: (line: string) => void logged.push(line) } }),
    metrics: createMetrics('test'),
  });
  started.push(notifications);
  return notifications;
};
type Row = {
  notice_id: string;
  user_id: string;
  channel: string;
  status: string;
  reason: string | null;
  attempts: number;
  due_at: string;
};
const rows = () => database.postgres.query<Row>('select * from notice_outbox order by user_id, channel');
const until = (is: (row: Row) => boolean) =>
  vi.waitFor(
    async () => {
      const all = await rows();
      expect(all.length).toBeGreaterThan(0);
      expect(all.filter((row) => !is(row))).toEqual([]);
      return all;
    },
    { timeout: 20_000, interval: 20 },
  );
const settled = () => until(({ status }) => status !== 'waiting');
const outcome = ({ channel, status, reason }: Row) => [channel, status, reason];

describe('notices', () => {
  it('go by mail to everybody meant, in their language, and are linked to what caused them', async () => {
    await register(one, 'ko', { email: 'one@example.com' });
    await register(two, 'en', { email: 'two@example.com' });
    start();
    const asked = await notice('due');
    await settled();
    expect(mail.mails.map(({ to }) => to).sort()).toEqual([['one@example.com'], ['two@example.com']]);
    const english = mail.mails.find(({ to }) => to[0] === 'two@example.com')?.content;
    expect(english).toContain('Subject: Submit the trip log');
    expect(english).toContain('The trip log of 2025-06 is due.');
    expect(english).toContain('https://app.cargoro.example/en');
    const [event] = await world.log.read(`notice-${idOf('due')}`);
    const [row] = await database.postgres.query('select * from notice_outbox');
    expect(row).toMatchObject({
      ...{ notice_id: idOf('due'), event_id: event?.id, caused_by: event?.meta.causationId },
      correlation_id: event?.meta.correlationId,
    });
    expect(asked.kind).toBe('accepted');
  });

  it('go by text message to those who chose so, with the provider’s token and one key for all tries', async () => {
    await register(one, 'ko', { phone: '010-0000-1234' });
    await say('ChooseNotices', { userId: one, channels: ['sms'] });
    point.answerWith(() => 503);
    start();
    await notice('due', { kind: 'user', id: one });
    await until(({ channel, attempts }) => channel !== 'sms' || attempts === 1);
    point.answerWith(() => 200);
    hand.pass(retryMinutes[0]);
    expect((await settled()).map(outcome)).toEqual([
      ['email', 'skipped', 'UNWANTED'],
      ['push', 'skipped', 'UNWANTED'],
      ['sms', 'sent', null],
    ]);
    const [first, second] = point.received;
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(second?.headers.authorization).toBe('Bearer provider-token');
    expect(JSON.parse(String(second?.body))).toMatchObject({
      ...{ from: '02-000-0000', to: '01000001234' },
      text: '[CarGoro] 운행기록부를 제출해 주세요\n2025-06 운행기록부를 제출할 때입니다.',
    });
  });

  it('stand on a page of their own in development, as they would have gone out, without an address', async () => {
    await register(one, 'ko', { email: 'one@example.com', phone: '010-0000-1234' });
    await say('ChooseNotices', { userId: one, channels: ['email', 'push'] });
    const { postgres } = database;
    start((name) => devChannel(name, postgres), { smtp: undefined, sms: undefined, webPush: undefined });
    await notice('due', { kind: 'user', id: one });
    expect((await settled()).map(outcome)).toEqual([
      ['email', 'sent', null],
      ['push', 'sent', null],
      ['sms', 'skipped', 'UNWANTED'],
    ]);
    const seen = await devMessages(postgres);
    expect(seen.map(({ channel }) => channel).sort()).toEqual(['email', 'push']);
    expect(seen[0]).toMatchObject({
      ...{ userId: one, locale: 'ko', title: '운행기록부를 제출해 주세요' },
      url: 'https://app.cargoro.example/ko',
    });
    expect(JSON.stringify(await postgres.query('select * from dev_message'))).not.toContain('one@example.com');
  });

  it('go encrypted to every device, and forget the one whose browser is gone', async () => {
    await register(one, 'ko', {});
    const [phone, gone] = [browser(`${point.url}/push/phone`), browser(`${point.url}/push/gone`)];
    for (const { device } of [phone, gone]) await devices().add({ userId: one, personRef: `ref-${one}` }, device);
    point.answerWith((path) => (path.endsWith('gone') ? 410 : 201));
    start();
    await notice('due', { kind: 'user', id: one });
    expect((await settled()).map(outcome)).toContainEqual(['push', 'sent', null]);
    const got = point.received.find(({ path }) => path === '/push/phone');
    expect(got?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' });
    expect(got?.headers.authorization).toMatch(/^vapid t=/);
    expect(phone.read(got?.body ?? Buffer.alloc(0))).toMatchObject({ title: '운행기록부를 제출해 주세요' });
    expect(await devices().of(one)).toEqual([phone.device]);
    const [kept] = await database.postgres.query<{ sealed: unknown }>('select sealed from push_device');
    expect(JSON.stringify(kept?.sealed)).not.toContain('/push/phone');
  });

  it('do not ring in the quiet hours, while mail comes at once', async () => {
    await register(one, 'ko', { email: 'one@example.com', phone: '010-0000-1234' });
    await say('ChooseNotices', {
      userId: one,
      channels: ['email', 'sms'],
      quietHours: { from: 9 * 60, until: 12 * 60 },
    });
    start();
    await notice('due', { kind: 'user', id: one });
    await until(({ channel, status, due_at }) =>
      channel === 'sms' ? due_at === '2025-06-30T03:00:00.000Z' : status !== 'waiting',
    );
    expect(point.received).toEqual([]);
    expect(mail.mails).toHaveLength(1);
    hand.pass(2 * 60);
    expect((await settled()).at(-1)).toMatchObject({ channel: 'sms', status: 'sent', attempts: 1 });
  });

  it('that are urgent ring in the quiet hours too', async () => {
    await register(one, 'ko', { phone: '010-0000-1234' });
    const quietHours = { from: 9 * 60, until: 12 * 60 };
    await say('ChooseNotices', { userId: one, channels: ['sms'], quietHours });
    start();
    await notice('now', { kind: 'user', id: one }, 'driverMustMove');
    expect((await settled()).at(-1)).toMatchObject({ channel: 'sms', status: 'sent' });
  });

  it('of an estimate that ends soon come by text message too, but to nobody who chose otherwise', async () => {
    for (const userId of [one, two]) await register(userId, 'ko', { phone: '010-0000-1234' });
    await say('ChooseNotices', { userId: two, channels: ['push'] });
    start();
    await notice('soon', { kind: 'org', id: idOf('org') }, 'estimateEndsSoon');
    await notice('other', { kind: 'user', id: one });
    const texts = (await settled()).filter(({ channel }) => channel === 'sms');
    expect(texts.map(({ user_id, notice_id, status }) => [user_id, notice_id, status]).sort()).toEqual(
      [
        [one, idOf('soon'), 'sent'],
        [one, idOf('other'), 'skipped'],
        [two, idOf('soon'), 'skipped'],
      ].sort(),
    );
  });

  it('that nothing can bring are dead: at once when refused for good, else after the last try', async () => {
    await register(one, 'ko', { email: 'one@example.com' });
    await register(two, 'ko', { email: 'two@example.com' });
    await say('ChooseNotices', { userId: two, channels: ['email'] });
    mail.answerWith((to) => (to.startsWith('one') ? 550 : 451));
    start();
    await notice('due');
    for (const [tried, minutes] of retryMinutes.entries()) {
      await until(({ user_id, channel, attempts }) => user_id !== two || channel !== 'email' || attempts === tried + 1);
      hand.pass(minutes);
    }
    const dead = (await settled()).filter(({ status }) => status === 'dead');
    expect(dead.map(({ user_id, attempts }) => [user_id, attempts])).toEqual(
      [
        [one, 1],
        [two, retryMinutes.length + 1],
      ].sort(),
    );
    const letters = await database.postgres.query(
      'select process, type, message from process_dead_letter order by message',
    );
    expect(letters).toEqual([
      { process: 'notices', type: 'notify by email', message: 'SMTP 451 EENVELOPE' },
      { process: 'notices', type: 'notify by email', message: 'SMTP 550 EENVELOPE' },
    ]);
  });

  it('leave no name, address or number in logs and tables, whatever a provider answers', async () => {
    await register(one, 'ko', { email: 'one@example.com', phone: '010-0000-1234' });
    await say('ChooseNotices', { userId: one, channels: ['email', 'sms'] });
    mail.answerWith(() => 550);
    point.answerWith(() => 400);
    start();
    await notice('due', { kind: 'user', id: one });
    await settled();
    const [kept, letters] = [await rows(), await database.postgres.query('select * from process_dead_letter')];
    expect(logged.length).toBeGreaterThan(1);
    expect(JSON.stringify([logged, kept, letters])).not.toMatch(/one@example|0000-?1234|00001234|하늘|provider-token/);
    expect(letters).toHaveLength(2);
  });

  it('reach nobody who was erased meanwhile', async () => {
    await register(one, 'ko', { email: 'one@example.com' });
    await say('VerifyUser', { userId: one, method: 'email' });
    await say('EraseUser', { userId: one, requestId: idOf('erase') });
    start();
    await notice('due', { kind: 'user', id: one });
    expect(new Set((await settled()).map(({ reason }) => reason))).toEqual(new Set(['NOBODY']));
    expect(mail.mails).toEqual([]);
  });

  it('go on where they were after a crash, once each; those of the past stay in the inbox', async () => {
    await register(one, 'ko', { email: 'one@example.com' });
    await notice('long ago', { kind: 'user', id: one });
    hand.pass(25 * 60);
    const first = start();
    await notice('before', { kind: 'user', id: one });
    await settled();
    await first.stop();
    await database.postgres.query(`delete from process_checkpoint where name = 'notices'`);
    await notice('after', { kind: 'user', id: one });
    start();
    const noticesOf = async () => new Set((await rows()).map(({ notice_id }) => notice_id));
    await vi.waitFor(async () => expect(await noticesOf()).toContain(idOf('after')), { timeout: 20_000 });
    await settled();
    expect(await noticesOf()).toEqual(new Set([idOf('before'), idOf('after')]));
    expect(mail.mails).toHaveLength(2);
  });
});
