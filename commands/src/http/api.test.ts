import { aggregates } from '@cargoro/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ledger } from '../../test/ledger.ts';
import { clerk, idOf, startWorld, type TestWorld } from '../../test/world.ts';
import { type RunningApi, startCommandsApi } from './api.ts';

let world: TestWorld;
let api: RunningApi;
beforeAll(async () => {
  world = await startWorld();
  api = await startCommandsApi(
    {
      commands: world.node(),
      aggregates: [...aggregates, Ledger],
      appVersion: 'test',
      verifySession: async (authorization) => (authorization === 'Bearer clerk' ? clerk : null),
    },
    { port: 0 },
  );
});
afterAll(async () => {
  await api.stop();
  await world.stop();
});

const post = async (type: string, body: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${api.url}/commands/${type}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer clerk', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const open = () => {
  const ledgerId = world.newLedger();
  return {
    ledgerId,
    body: { commandId: idOf(`http ${ledgerId}`), input: { ledgerId, orgId: idOf('org'), limit: 10 } },
  };
};

describe('the write side over HTTP', () => {
  it('accepts a command once', async () => {
    const { ledgerId, body } = open();
    const first = await post('OpenLedger', body);
    expect(first).toMatchObject({
      status: 200,
      body: { kind: 'accepted', streamId: `ledger-${ledgerId}`, revision: '0' },
    });
    expect(await post('OpenLedger', body)).toEqual(first);
    expect(await world.events(ledgerId)).toEqual(['LedgerOpened']);
  });

  it('tells a refusal in the caller’s language', async () => {
    const { ledgerId, body } = open();
    await post('OpenLedger', body);
    const input = { ledgerId, amount: 11 };
    expect(await post('AddAmount', { commandId: 'one', input })).toMatchObject({
      status: 200,
      body: { kind: 'rejected', code: 'OVER_LIMIT', message: '한도를 넘습니다.' },
    });
    const english = await post('AddAmount', { commandId: 'two', input }, { 'accept-language': 'en-GB' });
    expect(english.body).toMatchObject({ message: 'Over the limit.' });
  });

  it('answers problems with a status, a stable code and the fields', async () => {
    const { ledgerId, body } = open();
    const problem = (code: string) => ({ error: { code } });
    expect(await post('OpenLedger', body, { authorization: 'Bearer x' })).toMatchObject({
      status: 401,
      body: problem('UNAUTHENTICATED'),
    });
    expect(await post('HoldClaim', { ...body, input: {} })).toMatchObject({ status: 403, body: problem('FORBIDDEN') });
    expect(await post('Nonsense', body)).toMatchObject({
      status: 400,
      body: { error: { fields: [{ path: 'type' }] } },
    });
    expect(await post('OpenLedger', { ...body, extra: 1 })).toMatchObject({
      status: 400,
      body: { error: { fields: [{ path: 'extra' }] } },
    });
    expect(await post('OpenLedger', '{"commandId":')).toMatchObject({ status: 400, body: problem('BAD_USER_INPUT') });
    expect(await post('OpenLedger', JSON.stringify('x'.repeat(300_000)))).toMatchObject({ status: 413 });
    expect(await post('OpenLedger', body, { 'content-type': 'text/csv' })).toMatchObject({ status: 415 });
    await post('OpenLedger', body);
    const late = { commandId: 'late', expectedRevision: '7', input: { ledgerId, amount: 1 } };
    expect(await post('AddAmount', late)).toMatchObject({ status: 409, body: problem('CONFLICT') });
    expect((await fetch(`${api.url}/nothing`)).status).toBe(404);
  });
});

describe('its OpenAPI document', () => {
  type Document = {
    paths: Record<string, { post: Record<string, unknown> }>;
    components: { schemas: Record<string, unknown> };
  };
  it('names every public command with roles, states and refusals, and no internal one', async () => {
    const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as Document;
    const commands = [...aggregates, Ledger].flatMap((a) => Object.entries(a.commands));
    expect(Object.keys(document.paths).sort()).toEqual(
      commands
        .filter(([, def]) => !def.internal)
        .map(([type]) => `/commands/${type}`)
        .sort(),
    );
    expect(document.paths['/commands/RecordPayment']?.post).toMatchObject({
      'x-roles': expect.arrayContaining(['SERVICE_ADVISOR as seller']),
      'x-states': ['issued', 'partlyPaid', 'overdue'],
      'x-refusals': { OVERPAYMENT: { ko: '받을 금액보다 많습니다.', en: 'This is more than is owed.' } },
    });
  });

  it('refers to nothing that is not in it', async () => {
    const text = await (await fetch(`${api.url}/openapi.json`)).text();
    const { schemas } = (JSON.parse(text) as Document).components;
    const refs = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(refs.length).toBeGreaterThan(20);
    expect(refs.filter((name) => !(name in schemas))).toEqual([]);
    expect(text).not.toContain('$defs');
  });
});
