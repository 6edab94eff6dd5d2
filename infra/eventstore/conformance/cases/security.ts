import assert from 'node:assert/strict';
import { type Credentials, jsonEvent, persistentSubscriptionToStreamSettingsFromDefaults } from '@eventstore/db-client';
import usersPb from '@eventstore/db-client/generated/users_pb.js';
import { status } from '@grpc/grpc-js';
import { messages, type RawNode, unary } from '../raw.ts';
import { type Conformance, group } from '../suite.ts';
import { collect, event, events, failure, listen, until } from '../tools.ts';

const createUser = (
  { raw }: Conformance,
  login: string,
  password: string,
  groups: string[] = [],
): Promise<usersPb.CreateResp> => {
  const options = new usersPb.CreateReq.Options()
    .setLoginName(login)
    .setPassword(password)
    .setFullName(`The ${login}`)
    .setGroupsList(groups);
  return unary((callback) => raw.users().create(new usersPb.CreateReq().setOptions(options), raw.metadata(), callback));
};

const details = (raw: RawNode, login: string): Promise<usersPb.DetailsResp[]> =>
  messages(
    raw
      .users()
      .details(
        new usersPb.DetailsReq().setOptions(new usersPb.DetailsReq.Options().setLoginName(login)),
        raw.metadata(),
      ),
  );

const login = (name: string, password: string): { credentials: Credentials } => ({
  credentials: { username: name, password },
});
const newLogin = (server: Conformance): string => server.stream('user').slice(0, 20);
const as = (server: Conformance, user: string, password: string): string =>
  server.url.replace(/\/\/[^@]*@/, '//').replace('://', `://${user}:${password}@`);
const anonymous = (server: Conformance): string => server.url.replace(/\/\/[^@]*@/, '//');

export const securityCases = group(
  'users and access',
  (it) => {
    it('a wrong password: access denied, on both append paths and on reads', async (server) => {
      const name = server.stream();
      const wrong = server.connect(as(server, 'admin', 'wrong'));
      assert.equal((await failure(wrong.appendToStream(name, event()))).type, 'access-denied');
      assert.equal(
        (await failure(server.client.appendToStream(name, event(), login('admin', 'wrong')))).type,
        'access-denied',
      );
      assert.equal(
        (await failure(collect(server.client.readStream(name, login('nobody', 'x'))))).type,
        'access-denied',
      );
    });
    it('nobody logged in: access denied', async (server) => {
      const client = server.connect(anonymous(server));
      assert.equal((await failure(client.appendToStream(server.stream(), event()))).type, 'access-denied');
      assert.equal((await failure(collect(client.readAll({ maxCount: 1 })))).type, 'access-denied');
    });
    it('a new user can log in and use ordinary streams', async (server) => {
      const user = newLogin(server);
      await createUser(server, user, 'secret');
      const client = server.connect(as(server, user, 'secret'));
      const name = server.stream();
      await client.appendToStream(name, events(2));
      assert.equal((await collect(client.readStream(name))).length, 2);
    });
    it('an ordinary user cannot read $all or write system streams', async (server) => {
      const user = newLogin(server);
      await createUser(server, user, 'secret');
      const client = server.connect(as(server, user, 'secret'));
      assert.equal((await failure(collect(client.readAll({ maxCount: 1 })))).type, 'access-denied');
      assert.equal((await failure(client.appendToStream(`$${server.stream()}`, event()))).type, 'access-denied');
    });
    it('an ordinary user cannot manage persistent subscriptions or users', async (server) => {
      const user = newLogin(server);
      await createUser(server, user, 'secret');
      const client = server.connect(as(server, user, 'secret'));
      assert.equal(
        (
          await failure(
            client.createPersistentSubscriptionToStream(
              server.stream(),
              'g',
              persistentSubscriptionToStreamSettingsFromDefaults(),
            ),
          )
        ).type,
        'access-denied',
      );
      assert.equal((await failure(client.enableProjection('$by_category'))).type, 'access-denied');
    });
    const protectedStream = async (server: Conformance, acl: Record<string, unknown>) => {
      const name = server.stream();
      const user = newLogin(server);
      await createUser(server, user, 'secret', ['readers']);
      await server.client.appendToStream(name, events(2));
      await server.client.appendToStream(`$$${name}`, jsonEvent({ type: '$metadata', data: { $acl: acl } }));
      return { name, client: server.connect(as(server, user, 'secret')), user };
    };
    it('a stream ACL keeps readers out', async (server) => {
      const { name, client } = await protectedStream(server, { $r: '$admins' });
      assert.equal((await failure(collect(client.readStream(name)))).type, 'access-denied');
      await client.appendToStream(name, event());
      assert.equal((await collect(server.client.readStream(name))).length, 3);
    });
    it('a stream ACL keeps writers out, on both append paths', async (server) => {
      const { name, client, user } = await protectedStream(server, { $w: ['$admins', 'somebody'] });
      assert.equal((await failure(client.appendToStream(name, event()))).type, 'access-denied');
      assert.equal((await failure(client.appendToStream(name, event(), login(user, 'secret')))).type, 'access-denied');
      assert.equal((await collect(client.readStream(name))).length, 2);
    });
    it('a stream ACL names users and groups', async (server) => {
      const { name, client } = await protectedStream(server, { $r: 'readers', $w: 'others' });
      assert.equal((await collect(client.readStream(name))).length, 2);
    });
    it('a stream ACL decides about deletion and about metadata', async (server) => {
      const { name, client } = await protectedStream(server, { $d: '$admins', $mr: '$admins', $mw: '$admins' });
      assert.equal((await failure(client.deleteStream(name))).type, 'access-denied');
      assert.equal((await failure(client.setStreamMetadata(name, { maxCount: 1 }))).type, 'access-denied');
      assert.equal((await failure(client.getStreamMetadata(name))).type, 'access-denied');
    });
    it('a subscription ends when the right to read is taken away', async (server) => {
      const { name, client } = await protectedStream(server, {});
      const noted = listen(client.subscribeToStream(name));
      await until(() => noted.seen.includes('caughtUp'), 'caught up');
      await server.client.setStreamMetadata(name, { acl: { readRoles: ['$admins'] } as never });
      await until(() => noted.errors.length > 0, 'the end');
      assert.equal((noted.errors[0] as { type?: string } | undefined)?.type, 'access-denied');
    });
    it('metadata streams cannot be deleted', async (server) => {
      const name = server.stream();
      await server.client.setStreamMetadata(name, { maxCount: 3 });
      assert.equal((await failure(server.client.deleteStream(`$$${name}`))).type, 'access-denied');
    });
    it('users: created twice is a conflict, unknown ones are not found', async (server) => {
      const user = newLogin(server);
      await createUser(server, user, 'secret');
      assert.equal((await failure(createUser(server, user, 'secret'))).code, status.FAILED_PRECONDITION);
      assert.equal((await failure(details(server.raw, newLogin(server)))).code, status.NOT_FOUND);
    });
    it('users: details tell name and groups, the list has everybody', async (server) => {
      const user = newLogin(server);
      await createUser(server, user, 'secret', ['one', 'two']);
      const [found] = await details(server.raw, user);
      assert.deepEqual(
        [found?.getUserDetails()?.getFullName(), found?.getUserDetails()?.getGroupsList()],
        [`The ${user}`, ['one', 'two']],
      );
      const everybody = (await details(server.raw, '')).map((one) => one.getUserDetails()?.getLoginName());
      for (const expected of ['admin', 'ops', user]) assert.ok(everybody.includes(expected), expected);
    });
    it('users: a disabled one cannot log in until enabled again', async (server) => {
      const user = newLogin(server);
      await createUser(server, user, 'secret');
      const { raw, client } = server;
      const name = server.stream();
      await client.appendToStream(name, event(), login(user, 'secret'));
      await unary((callback) =>
        raw
          .users()
          .disable(
            new usersPb.DisableReq().setOptions(new usersPb.DisableReq.Options().setLoginName(user)),
            raw.metadata(),
            callback,
          ),
      );
      assert.equal((await failure(client.appendToStream(name, event(), login(user, 'secret')))).type, 'access-denied');
      await unary((callback) =>
        raw
          .users()
          .enable(
            new usersPb.EnableReq().setOptions(new usersPb.EnableReq.Options().setLoginName(user)),
            raw.metadata(),
            callback,
          ),
      );
      await client.appendToStream(name, event(), login(user, 'secret'));
    });
    it('users: a changed password is the only one that works', async (server) => {
      const user = newLogin(server);
      await createUser(server, user, 'secret');
      const { raw, client } = server;
      await client.appendToStream(server.stream(), event(), login(user, 'secret'));
      await unary((callback) =>
        raw
          .users()
          .resetPassword(
            new usersPb.ResetPasswordReq().setOptions(
              new usersPb.ResetPasswordReq.Options().setLoginName(user).setNewPassword('other'),
            ),
            raw.metadata(),
            callback,
          ),
      );
      assert.equal(
        (await failure(client.appendToStream(server.stream(), event(), login(user, 'secret')))).type,
        'access-denied',
      );
      await client.appendToStream(server.stream(), event(), login(user, 'other'));
    });
    it('users: a deleted one cannot log in', async (server) => {
      const user = newLogin(server);
      await createUser(server, user, 'secret');
      const { raw } = server;
      await unary((callback) =>
        raw
          .users()
          .delete(
            new usersPb.DeleteReq().setOptions(new usersPb.DeleteReq.Options().setLoginName(user)),
            raw.metadata(),
            callback,
          ),
      );
      assert.equal(
        (await failure(server.client.appendToStream(server.stream(), event(), login(user, 'secret')))).type,
        'access-denied',
      );
    });
    it('the default ACL of all streams can be set in $settings', async (server) => {
      const user = newLogin(server);
      await createUser(server, user, 'secret');
      const client = server.connect(as(server, user, 'secret'));
      const name = server.stream();
      await client.appendToStream(name, event());
      const before = { $userStreamAcl: { $r: '$all', $w: '$all', $d: '$all', $mr: '$all', $mw: '$all' } };
      await server.client.appendToStream(
        '$settings',
        jsonEvent({
          type: 'update-default-acl',
          data: { $userStreamAcl: { ...before.$userStreamAcl, $w: '$admins' } },
        }),
      );
      const error = await failure(client.appendToStream(name, event()));
      await server.client.appendToStream('$settings', jsonEvent({ type: 'update-default-acl', data: before }));
      assert.equal(error.type, 'access-denied');
      await client.appendToStream(name, event());
    });
  },
  { secured: true },
);
