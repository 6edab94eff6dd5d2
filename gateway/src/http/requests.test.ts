import { randomUUID } from 'node:crypto';
import { CommandError } from '@cargoro/commands';
import { aggregates, org, user } from '@cargoro/domain';
import { queries } from '@cargoro/read-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../app.ts';
import { memoryGateway, orgA, orgB, people } from '../testing/world.ts';
import { defaultLimits } from './limits.ts';

type World = Awaited<ReturnType<typeof memoryGateway>>;
let world: World;
let gateway: Gateway;
const invoices = queries.find(({ name }) => name === 'invoices')?.readModel;
if (!invoices) throw new Error('There is no query invoices');

beforeAll(async () => {
  world = await memoryGateway();
  gateway = await world.inject();
  for (const [n, party] of [org(orgA, 'seller'), org(orgA, 'seller'), org(orgB, 'seller')].entries())
    world.put(invoices, `dddddddd-0000-5000-8000-00000000000${n}`, [party, user(people.carOwner.userId, 'payer')], {
      ...{ status: 'draft', sellerOrgId: party.id, lines: [], payments: [], draftedAt: '2025-06-30T01:00:00.000Z' },
      ...{ payer: { kind: 'owner', id: 'x' }, payerId: 'x', source: { kind: 'repairOrder', id: 'x' } },
      ...{ supplyKrw: 1, vatKrw: 0, totalKrw: 3_000_000_000, paidKrw: 0, balanceKrw: 1 },
    });
});
afterAll(() => gateway.app.close());
beforeEach(() =>
  world.answerWith(async ({ type }) => ({
    kind: 'accepted',
    streamId: type,
    revision: '0',
    position: '9',
    events: [],
  })),
);

type Ask = {
  as?: (typeof people)[keyof typeof people];
  token?: string;
  headers?: Record<string, string>;
  variables?: unknown;
};
type Problem = {
  message: string;
  path?: unknown;
  extensions: { code: string; fields?: { path: string; reason: string }[] };
};
type Body = { data?: Record<string, unknown>; errors?: Problem[]; extensions?: { stale?: boolean } };
const ask = async (query: string, { as = people.advisorA, token, headers, variables }: Ask = {}) => {
  const response = await gateway.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { authorization: `Bearer ${token ?? world.tokenOf(as)}`, 'accept-language': 'en', ...headers },
    payload: { query, variables },
  });
  const body = response.json() as Body;
  return {
    status: response.statusCode,
    body,
    code: body.errors?.[0]?.extensions.code,
    fields: body.errors?.[0]?.extensions.fields,
  };
};
/** One field of an answer; a test that reads it expects it there. */
const field = <T>({ data }: Body, name: string): T => {
  if (!data?.[name]) throw new Error(`The answer has no ${name}`);
  return data[name] as T;
};
const lastInput = <T>(): T => {
  const sent = world.sent.at(-1);
  if (!sent) throw new Error('Nothing was sent');
  return sent.input as T;
};
const anonymous = (payload: unknown, headers: Record<string, string> = {}) =>
  gateway.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...headers },
    payload: payload as string,
  });

const line = (n: number) => ({
  lineId: randomUUID(),
  kind: 'part',
  name: '가'.repeat(200),
  qty: 1,
  hours: 1,
  rateKrw: 1,
  unitPriceKrw: n,
  payer: 'owner',
  taxable: true,
  grade: 'oem',
  partId: 'p'.repeat(64),
  findingId: randomUUID(),
  serviceCode: 'C'.repeat(64),
  alternatives: [
    { grade: 'oem', partId: 'p'.repeat(64), unitPriceKrw: 1 },
    { grade: 'reman', partId: 'p'.repeat(64), unitPriceKrw: 1 },
  ],
});
const estimate = (lines: number) => ({
  repairOrderId: randomUUID(),
  version: 1,
  menuVersion: 1,
  validUntil: '2025-07-30',
  lines: Array.from({ length: lines }, (_, n) => line(n)),
});
const draftEstimate = `mutation D($input: DraftEstimateInput!) { draftEstimate(commandId: "${randomUUID()}", input: $input) { __typename } }`;
const literal = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(literal).join(', ')}]`
    : typeof value === 'object' && value !== null
      ? `{ ${Object.entries(value)
          .map(([key, item]) => `${key}: ${['kind', 'payer', 'grade'].includes(key) ? item : literal(item)}`)
          .join(', ')} }`
      : JSON.stringify(value);

describe('a query', () => {
  it('gives a page of what the viewer may see, and nothing of another organisation', async () => {
    const { body } = await ask(
      '{ invoices(first: 10) { edges { node { id totalKrw sellerOrgId } cursor } pageInfo { hasNextPage } } }',
    );
    const { edges } = field<{
      edges: { node: { sellerOrgId: string; totalKrw: number } }[];
    }>(body, 'invoices');
    expect(edges.map(({ node }) => [node.sellerOrgId, node.totalKrw])).toEqual([
      [orgA, 3e9],
      [orgA, 3e9],
    ]);
  });

  it('says what this viewer may do with each row, in their language, without a read per row', async () => {
    const before = world.calls.page;
    const text = '{ invoices { edges { node { allowedCommands { name mutation label } } } } }';
    const labels = async (asked: Ask) =>
      field<{ edges: { node: { allowedCommands: unknown[] } }[] }>((await ask(text, asked)).body, 'invoices').edges[0]
        ?.node.allowedCommands;
    expect(await labels({})).toEqual([{ name: 'IssueInvoice', mutation: 'issueInvoice', label: 'Issue' }]);
    expect(await labels({ headers: { 'accept-language': 'ko-KR' } })).toEqual([
      expect.objectContaining({ label: '발행하기' }),
    ]);
    expect(await labels({ as: people.carOwner })).toEqual([]);
    expect(world.calls.page - before).toBe(3);
  });

  it('reads once what a document asks twice', async () => {
    const before = world.calls.page;
    await ask('{ a: invoices { edges { cursor } } b: invoices { edges { node { id } } } }');
    expect(world.calls.page - before).toBe(1);
  });

  it('tells the past of a record: history, as it was, what changed', async () => {
    const { body } = await ask(`{ invoice(id: "dddddddd-0000-5000-8000-000000000000") { position recordedAt
      history(first: 5) { edges { node { type actor { id } } } } asOf(revision: "0") { id } diff(from: { revision: "0" }, to: { recordedAt: "2025-07-01T00:00:00Z" }) { path before after } } }`);
    expect(body).toMatchObject({
      data: { invoice: { history: { edges: [{ node: { type: 'InvoiceDrafted' } }] }, diff: [{ path: 'status' }] } },
    });
    const wrong = await ask(
      '{ invoice(id: "dddddddd-0000-5000-8000-000000000000") { asOf { id } diff(from: { revision: "x" }, to: { revision: "1" }) { path } } }',
    );
    expect(wrong.body.errors?.flatMap(({ extensions }) => extensions.fields?.map(({ path }) => path)).sort()).toEqual([
      'asOf',
      'from.revision',
    ]);
  });

  it('waits for a position and says when it could not', async () => {
    expect((await ask('{ invoices(minPosition: "1") { edges { cursor } } }')).body.extensions).toBeUndefined();
    expect((await ask('{ invoices(minPosition: "99999") { edges { cursor } } }')).body.extensions).toEqual({
      stale: true,
    });
    expect(
      (await ask('{ invoices { edges { cursor } } }', { headers: { 'cargoro-min-position': '99999' } })).body
        .extensions,
    ).toEqual({ stale: true });
    expect((await ask('{ invoices(minPosition: "now") { edges { cursor } } }')).fields).toEqual([
      { path: 'minPosition', reason: expect.any(String) },
    ]);
  });

  it('keeps two operations of one text apart, also once they are compiled', async () => {
    const text =
      'query A { invoices(first: 1) { edges { cursor } } } query B { invoices(first: 2) { edges { cursor } } }';
    const count = async (operationName: string) => {
      const response = await gateway.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { authorization: `Bearer ${world.tokenOf(people.advisorA)}` },
        payload: { query: text, operationName },
      });
      return (response.json() as { data: { invoices: { edges: unknown[] } } }).data.invoices.edges.length;
    };
    for (let round = 0; round < 4; round++) expect([await count('A'), await count('B')]).toEqual([1, 2]);
  });
});

describe('a command', () => {
  const mark = (commandId = randomUUID()) =>
    `mutation { markOverdue(commandId: "${commandId}", expectedRevision: "3", input: { invoiceId: "${randomUUID()}" }) { ... on Accepted { streamId position events secret } ... on Rejected { code message } } }`;

  it('is dispatched as the signed-in actor, with what the client named', async () => {
    const commandId = randomUUID();
    const { body } = await ask(mark(commandId), { as: people.ownerA });
    expect(body.data).toEqual({ markOverdue: { streamId: 'MarkOverdue', position: '9', events: [], secret: null } });
    expect(world.sent.at(-1)).toMatchObject({
      type: 'MarkOverdue',
      commandId,
      expectedRevision: '3',
      actor: { kind: 'user', id: people.ownerA.userId, orgId: orgA, role: 'WORKSHOP_OWNER' },
    });
  });

  it('refused by the business is data, in the language of the caller', async () => {
    world.answerWith(async () => ({ kind: 'rejected', code: 'NOT_DUE' }));
    const messages = await Promise.all(
      ['en', 'ko', 'fr, en;q=0.2'].map(
        async (language) => (await ask(mark(), { headers: { 'accept-language': language } })).body.data?.markOverdue,
      ),
    );
    expect(messages).toEqual([
      { code: 'NOT_DUE', message: 'The due day has not passed.' },
      { code: 'NOT_DUE', message: '아직 납기일이 지나지 않았습니다.' },
      { code: 'NOT_DUE', message: 'The due day has not passed.' },
    ]);
  });

  it.each(['UNAUTHENTICATED', 'FORBIDDEN', 'BAD_USER_INPUT', 'CONFLICT', 'UNAVAILABLE', 'INTERNAL'] as const)(
    'failed with %s keeps the code',
    async (code) => {
      world.answerWith(async () => {
        throw new CommandError(
          code,
          'secret detail',
          code === 'BAD_USER_INPUT' ? [{ path: 'lines.3.qty', reason: 'Too small' }] : undefined,
        );
      });
      const { body, fields } = await ask(mark());
      expect(body.errors?.[0]?.extensions.code).toBe(code);
      if (code === 'BAD_USER_INPUT') expect(fields).toEqual([{ path: 'lines.3.qty', reason: 'Too small' }]);
      else expect(JSON.stringify(body)).not.toContain('secret detail');
    },
  );

  it('that makes an API key hands its secret out once more when it is repeated, and sends only the hash on', async () => {
    const commandId = randomUUID();
    const text = `mutation { issueApiKey(commandId: "${commandId}", input: { orgId: "${orgA}", keyId: "${randomUUID()}", label: "x", scopes: ["repair:order.read"], expiresAt: "2026-01-01T00:00:00Z" }) { ... on Accepted { secret } } }`;
    const secrets = [await ask(text, { as: people.ownerA }), await ask(text, { as: people.ownerA })].map(
      ({ body }) => field<{ secret: string }>(body, 'issueApiKey').secret,
    );
    expect(secrets[0]).toMatch(/^cgr_[\w-]{43}$/);
    expect(secrets[1]).toBe(secrets[0]);
    expect(JSON.stringify(world.sent.at(-1))).not.toContain(secrets[0]);
    expect(world.sent.at(-1)?.input).toMatchObject({
      secretHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      last4: secrets[0]?.slice(-4),
    });
  });

  it('with null for what may be absent is the same as without it', async () => {
    await ask(draftEstimate, {
      variables: { input: { ...estimate(1), lines: [{ ...line(1), hours: null, alternatives: null }] } },
    });
    const { lines } = lastInput<{ lines: object[] }>();
    expect(Object.keys(lines[0] ?? {})).not.toEqual(expect.arrayContaining(['hours']));
  });

  it('of 300 full lines passes, as variables and written out; 10,000 lines are refused before they are read', async () => {
    expect((await ask(draftEstimate, { variables: { input: estimate(300) } })).body.errors).toBeUndefined();
    expect(lastInput<{ lines: unknown[] }>().lines).toHaveLength(300);
    const written = `mutation { draftEstimate(commandId: "${randomUUID()}", input: ${literal(estimate(300))}) { __typename } }`;
    expect((await ask(written)).body.errors).toBeUndefined();
    const sent = world.sent.length;
    const huge = await ask(draftEstimate, { variables: { input: estimate(10_000) } });
    expect([huge.status, huge.code, huge.fields]).toEqual([
      413,
      'BAD_USER_INPUT',
      [{ path: 'body', reason: expect.stringContaining('KB') }],
    ]);
    expect(world.sent).toHaveLength(sent);
  });
});

describe('bad requests', () => {
  it.each([
    ['malformed GraphQL', '{ invoices(', 'query'],
    ['an unknown field', '{ invoices { edges { node { wheels } } } }', 'wheels'],
    [
      'a literal of the wrong type',
      `mutation { markOverdue(commandId: "x", input: { invoiceId: 7.5 }) { __typename } }`,
      'query',
    ],
    ['a missing argument', 'mutation { markOverdue(commandId: "x") { __typename } }', 'markOverdue'],
    ['an argument the definition refuses', `{ invoice(id: "${'x'.repeat(200)}") { id } }`, 'id'],
    ['too many rows', '{ invoices(first: 1000) { edges { cursor } } }', 'first'],
    [
      'a selection too deep',
      `{ invoice(id: "x") { ${'asOf(revision: "1") { '.repeat(14)} id ${'}'.repeat(14)} } }`,
      'query',
    ],
    [
      'a selection too costly',
      '{ invoices(first: 100) { edges { node { history(first: 100) { edges { node { type } } } } } } }',
      'query',
    ],
    [
      'an operation that is not named',
      'query P { x: __typename } query Q { invoices { edges { cursor } } }',
      'operationName',
    ],
    ['a subscription over HTTP', 'subscription { organizationChanged { id } }', 'query'],
  ])('%s gives BAD_USER_INPUT with the field and a reason', async (_name, query, path) => {
    const sent = world.sent.length;
    const { code, fields, body } = await ask(query);
    expect(code).toBe('BAD_USER_INPUT');
    expect(fields?.[0]?.path).toBe(path);
    expect(fields?.[0]?.reason.length).toBeGreaterThan(5);
    expect(Object.values(body.data ?? {}).filter(Boolean)).toEqual([]);
    expect(world.sent).toHaveLength(sent);
  });

  it('variables of the wrong type are told by their place', async () => {
    const input = { ...estimate(2), lines: [line(1), { ...line(2), qty: 'many' }] };
    const { code, fields } = await ask(draftEstimate, { variables: { input } });
    expect([code, fields?.[0]?.path]).toEqual(['BAD_USER_INPUT', 'input.lines[1].qty']);
  });

  it('every answer tells a browser to do nothing with it, a refused one too', async () => {
    const headers = { 'content-type': 'application/json' };
    const answers = [
      await gateway.app.inject({ method: 'POST', url: '/graphql', headers, payload: '{ "query": "{ __typename }" }' }),
      await gateway.app.inject({ method: 'POST', url: '/graphql', headers, payload: '{' }),
      await gateway.app.inject({ url: '/nowhere' }),
    ];
    for (const answer of answers)
      expect(answer.headers).toMatchObject({
        'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
        ...{ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' },
        ...{ 'strict-transport-security': 'max-age=31536000; includeSubDomains', 'referrer-policy': 'no-referrer' },
      });
  });

  it('what is no request at all is a 400, a batch too', async () => {
    for (const payload of [
      '{"query"',
      '[]',
      '[{"query":"{ __typename }"}]',
      '{}',
      '{"query":7}',
      '{"query":"{ __typename }","variables":[]}',
    ])
      expect([payload, (await anonymous(payload)).statusCode]).toEqual([payload, 400]);
    expect((await anonymous('{ __typename }', { 'content-type': 'text/plain' })).statusCode).toBe(415);
    expect(
      (await anonymous(JSON.stringify({ query: JSON.stringify({ kind: 'Document', definitions: [] }) }))).json(),
    ).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('a document with more tokens than allowed is refused', async () => {
    const { fields } = await ask(`{ ${'__typename '.repeat(defaultLimits.documentTokens + 1)} }`);
    expect(fields?.[0]?.reason).toContain('tokens');
  });
});

describe('identity', () => {
  it('nobody may ask or command anything without signing in', async () => {
    const query = await anonymous({ query: '{ invoices { edges { cursor } } }' });
    expect(query.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
  it('a token that is bad or has ended is a 401 that says why', async () => {
    for (const [token, reason] of [
      ['nonsense', 'token-malformed'],
      [world.tokenOf(people.advisorA, -20), 'token-expired'],
    ] as const) {
      const { status, code, fields } = await ask('{ __typename }', { token });
      expect([status, code, fields]).toEqual([
        401,
        'UNAUTHENTICATED',
        [{ path: 'authorization', reason: expect.stringContaining(reason) }],
      ]);
    }
  });
  it('demo users sign in through the local issuer', async () => {
    const users = (await gateway.app.inject('/dev/users')).json() as { users: { user: string }[] };
    expect(users.users.map((one) => one.user)).toContain('a.advisor');
    const made = (
      await gateway.app.inject({ method: 'POST', url: '/dev/token', payload: { user: 'a.advisor' } })
    ).json() as { token: string; expiresAt: string; user: { orgId: string } };
    expect(made.user.orgId).toBe(orgA);
    expect((await ask('{ invoices { edges { cursor } } }', { token: made.token })).body.errors).toBeUndefined();
    const unknown = await gateway.app.inject({ method: 'POST', url: '/dev/token', payload: { user: 'nobody' } });
    expect([unknown.statusCode, unknown.json()]).toMatchObject([404, { error: { fields: [{ path: 'user' }] } }]);
  });
  it('tells the bearer of a token who they are, as it knows them itself', async () => {
    const { token } = (
      await gateway.app.inject({ method: 'POST', url: '/dev/token', payload: { user: 'a.advisor' } })
    ).json() as { token: string };
    const session = (authorization?: string) =>
      gateway.app.inject({ url: '/session', ...(authorization && { headers: { authorization } }) });
    expect((await session(`Bearer ${token}`)).json()).toMatchObject({ orgId: orgA, role: 'SERVICE_ADVISOR' });
    expect((await session()).statusCode).toBe(401);
    expect((await session(`Bearer ${token.slice(0, -4)}AAAA`)).statusCode).toBe(401);
  });
  it('in production there are no such routes, and the local key is refused at boot', async () => {
    await expect(createGateway({ ...world.deps, production: true })).rejects.toThrow('production');
    await expect(createGateway({ ...world.deps, production: true, localIssuer: undefined })).rejects.toThrow(
      'production',
    );
    const session = { ...world.deps.session, issuer: 'https://clerk.cargoro.kr' };
    const live = await createGateway({ ...world.deps, production: true, localIssuer: undefined, session });
    expect((await live.app.inject('/dev/users')).statusCode).toBe(404);
    expect(
      (
        await live.app.inject({
          method: 'POST',
          url: '/graphql',
          payload: { query: '{ __schema { __typename } }' },
        })
      ).json(),
    ).toMatchObject({ errors: [{ message: expect.stringContaining('introspection') }] });
    await live.app.close();
  });
  it('an API key acts for its organisation until it is revoked', async () => {
    const { hashApiKey } = await import('../auth/api-key.ts');
    const keyed = await createGateway({
      ...world.deps,
      findApiKey: async (hash) =>
        hash === hashApiKey('cgr_good') ? { keyId: 'k1', orgId: orgA, role: 'ANALYST' } : undefined,
    });
    const withKey = (key: string) =>
      keyed.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { authorization: `ApiKey ${key}` },
        payload: { query: '{ invoices { edges { node { sellerOrgId } } } }' },
      });
    expect((await withKey('cgr_good')).json()).toMatchObject({
      data: { invoices: { edges: [{ node: { sellerOrgId: orgA } }, {}] } },
    });
    expect((await withKey('cgr_bad')).statusCode).toBe(401);
    await keyed.app.close();
  });
  it.each([
    ['198.51.100.0/24', '198.51.100.9', true],
    ['198.51.100.0/24', '::ffff:198.51.100.9', true],
    ['198.51.100.0/24', '203.0.113.9', false],
    ['2001:db8::/32', '2001:db8::5', true],
    ['2001:db8::/32', '198.51.100.9', false],
  ])('an API key for %s used from %s: %s', async (range, ip, good) => {
    const { createVerifyApiKey } = await import('../auth/api-key.ts');
    const verify = createVerifyApiKey(async () => ({ keyId: 'k1', orgId: orgA, role: 'ANALYST', ipRanges: [range] }));
    expect((await verify('cgr_good', ip)) !== undefined).toBe(good);
  });
  it('an API key whose scopes cover no role may do nothing', async () => {
    const { createVerifyApiKey } = await import('../auth/api-key.ts');
    const verify = createVerifyApiKey(async () => ({ keyId: 'k1', orgId: orgA, role: undefined }));
    expect(await verify('cgr_good', '198.51.100.9')).toBeUndefined();
  });
});

describe('limits per caller', () => {
  it('too many requests are refused with a code, each caller counted alone', async () => {
    const limited = await createGateway({ ...world.deps, limits: { requestsPerMinute: 3 } });
    const hit = (as: (typeof people)[keyof typeof people]) =>
      limited.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { authorization: `Bearer ${world.tokenOf(as)}` },
        payload: { query: '{ __typename }' },
      });
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await hit(people.advisorA)).statusCode);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await hit(people.advisorA)).json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    expect((await hit(people.ownerA)).statusCode).toBe(200);
    await limited.app.close();
  });
});

it('the fields of all aggregates are there, and commands of our own processes are not', () => {
  const mutations = Object.keys(gateway.schema.getMutationType()?.getFields() ?? {});
  const commands = aggregates.flatMap(({ commands: all }) => Object.entries(all));
  expect(mutations).toHaveLength(commands.filter(([, { internal }]) => !internal).length);
  expect(mutations).not.toContain('holdClaim');
});
