import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ledger } from '../test/ledger.ts';
import { clerk, counted, idOf, startWorld, stranger, type TestWorld } from '../test/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const opened = async (node = world.node(), limit = 1_000_000) => {
  const ledgerId = world.newLedger();
  const outcome = await node.dispatch(world.request('OpenLedger', { ledgerId, orgId: idOf('org'), limit }));
  expect(outcome).toMatchObject({ kind: 'accepted', revision: '0', events: ['LedgerOpened'] });
  return ledgerId;
};
const add = (ledgerId: string, amount = 1) => world.request('AddAmount', { ledgerId, amount });

describe('a command without a correlation of its own', () => {
  it('goes on with the journey of its record', async () => {
    const node = world.node();
    const ledgerId = world.newLedger();
    const open = world.request('OpenLedger', { ledgerId, orgId: idOf('org') });
    await node.dispatch({ ...open, correlationId: 'case-9' });
    await world.node().dispatch(add(ledgerId));
    await node.dispatch({ ...add(ledgerId), correlationId: 'case-10' });
    const stored = await world.log.read(`ledger-${ledgerId}`);
    expect(stored.map(({ meta }) => meta.correlationId)).toEqual(['case-9', 'case-9', 'case-10']);
  });
});

describe('a command sent again', () => {
  it('gives its first result and stores nothing, also on a node that never saw it', async () => {
    const node = world.node();
    const ledgerId = await opened(node);
    const request = add(ledgerId);
    const first = await node.dispatch(request);
    await node.dispatch(add(ledgerId));
    expect(await node.dispatch(request)).toEqual(first);
    expect(await world.node().dispatch(request)).toEqual(first);
    expect(await world.events(ledgerId)).toEqual(['LedgerOpened', 'AmountAdded', 'AmountAdded']);
  });

  it('gives its first refusal while that is remembered, though it would be accepted by now', async () => {
    const node = world.node();
    const ledgerId = await opened(node);
    const request = world.request('ReopenLedger', { ledgerId });
    expect(await node.dispatch(request)).toEqual({ kind: 'rejected', code: 'WRONG_STATE' });
    await node.dispatch(world.request('CloseLedger', { ledgerId }));
    expect(await node.dispatch(request)).toEqual({ kind: 'rejected', code: 'WRONG_STATE' });
  });

  it('is stored once though two nodes get it at the same moment', async () => {
    const [a, b] = [world.node(), world.node()];
    const ledgerId = await opened(a);
    for (let i = 0; i < 100; i++) {
      const request = add(ledgerId);
      const [one, two] = await Promise.all([a.dispatch(request), b.dispatch(request)]);
      expect(two).toEqual(one);
    }
    const stored = await world.log.read(`ledger-${ledgerId}`);
    expect(stored).toHaveLength(101);
    expect(new Set(stored.map((event) => event.meta.commandId)).size).toBe(101);
    expect((await world.node().load(Ledger, ledgerId)).state).toMatchObject({ total: 100 });
  });

  it('may not be another command, of another sender, or to another record', async () => {
    const node = world.node();
    const [ledgerId, otherId] = [await opened(node), await opened(node)];
    const request = add(ledgerId);
    await node.dispatch(request);
    const bad = { code: 'BAD_USER_INPUT', fields: [{ path: 'commandId' }] };
    await expect(node.dispatch({ ...request, type: 'CloseLedger', input: { ledgerId } })).rejects.toMatchObject(bad);
    await expect(node.dispatch({ ...request, input: { ledgerId: otherId, amount: 1 } })).rejects.toMatchObject(bad);
    await expect(world.node().dispatch({ ...request, actor: { ...clerk, id: idOf('x') } })).rejects.toMatchObject(bad);
  });
});

describe('a hot stream', () => {
  it('loses and doubles nothing between sixteen writers on two nodes', async () => {
    const [a, b] = [world.node(), world.node()];
    const ledgerId = await opened(a);
    const writer = async (node: typeof a) => {
      for (let i = 0; i < 10; i++) expect((await node.dispatch(add(ledgerId))).kind).toBe('accepted');
    };
    await Promise.all(Array.from({ length: 16 }, (_, i) => writer(i % 2 ? a : b)));
    expect((await world.node().load(Ledger, ledgerId)).state).toMatchObject({ total: 160 });
    expect(await world.events(ledgerId)).toHaveLength(161);
  });

  it('costs one append a command and no read on one node', async () => {
    const { log, calls } = counted(world.log);
    const node = world.node({ log });
    const ledgerId = await opened(node);
    Object.assign(calls, { read: 0, append: 0 });
    await Promise.all(Array.from({ length: 50 }, () => node.dispatch(add(ledgerId))));
    expect(calls).toEqual({ read: 0, append: 50 });
  });
});

describe('a named revision', () => {
  it('is honoured, and a conflict with it is never retried', async () => {
    const [a, b] = [world.node(), world.node()];
    const ledgerId = await opened(a);
    await b.load(Ledger, ledgerId);
    await a.dispatch({ ...add(ledgerId), expectedRevision: '0' });
    for (const node of [a, b])
      await expect(node.dispatch({ ...add(ledgerId), expectedRevision: '0' })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
    expect(await b.dispatch({ ...add(ledgerId), expectedRevision: '1' })).toMatchObject({
      kind: 'accepted',
      revision: '2',
    });
    await expect(a.dispatch({ ...add(ledgerId), expectedRevision: 'two' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'expectedRevision' }],
    });
  });

  it('of a command that was stored already gives the first result', async () => {
    const ledgerId = await opened();
    const request = { ...add(ledgerId), expectedRevision: '0' };
    const first = await world.node().dispatch(request);
    expect(await world.node().dispatch(request)).toEqual(first);
  });
});

describe('a decision', () => {
  it('to refuse, or to do nothing, is taken on fresh state', async () => {
    const [a, b] = [world.node(), world.node()];
    const ledgerId = await opened(a);
    await b.dispatch(world.request('CloseLedger', { ledgerId }));
    await a.dispatch(world.request('ReopenLedger', { ledgerId }));
    // b still believes it is closed: adding would be refused, closing again would be nothing to do.
    expect(await b.dispatch(add(ledgerId))).toMatchObject({ kind: 'accepted' });
    await a.dispatch(world.request('CloseLedger', { ledgerId }));
    await a.dispatch(world.request('ReopenLedger', { ledgerId }));
    expect(await b.dispatch(world.request('CloseLedger', { ledgerId }))).toMatchObject({ events: ['LedgerClosed'] });
  });

  it('records the facts it relied on, fresh ones, and what must follow', async () => {
    const [a, b] = [world.node(), world.node()];
    const [ledgerId, otherId] = [await opened(a), await opened(a)];
    await a.load(Ledger, otherId);
    await b.dispatch(world.request('CloseLedger', { ledgerId: otherId }));
    const tell = () => world.request('TellOther', { ledgerId, otherId, amount: 5 });
    expect(await a.dispatch(tell())).toEqual({ kind: 'rejected', code: 'OTHER_NOT_OPEN' });
    await b.dispatch(world.request('ReopenLedger', { ledgerId: otherId }));
    const request = { ...tell(), reasonText: '확인', deviceId: 'tablet-1', correlationId: 'case-7' };
    await a.dispatch(request);
    const event = (await world.log.read(`ledger-${ledgerId}`)).at(-1);
    expect(event?.meta).toMatchObject({
      schemaVersion: 1,
      command: 'TellOther',
      commandId: request.commandId,
      correlationId: 'case-7',
      causationId: request.commandId,
      actor: clerk,
      occurredAt: world.clock(),
      reasonText: '확인',
      deviceId: 'tablet-1',
      appVersion: 'test',
      facts: { [`ledger-${otherId}`]: '2' },
      followUps: [{ aggregate: 'Ledger', type: 'AddAmount', data: { ledgerId: otherId, amount: 5 } }],
    });
  });

  it('may ask read models how many there are', async () => {
    const node = world.node({ lookup: async (name, [id]) => (name === 'openOrdersOfWorkshop' && id ? 3 : 0) });
    const ledgerId = await opened(node);
    await node.dispatch(add(ledgerId));
    expect((await world.log.read(`ledger-${ledgerId}`)).at(-1)).toMatchObject({
      data: { orders: 3 },
      meta: { facts: { [`openOrdersOfWorkshop(${ledgerId})`]: '3' } },
    });
  });

  it('keeps personal data sealed in the log and gives it up with the key', async () => {
    const ledgerId = await opened();
    const witnessId = idOf('witness');
    await world.node().dispatch(world.request('RecordWitness', { ledgerId, witnessId, name: '김지우' }));
    expect(JSON.stringify((await world.log.read(`ledger-${ledgerId}`)).at(-1)?.data)).not.toContain('김지우');
    expect((await world.node().load(Ledger, ledgerId)).state).toMatchObject({ witness: '김지우' });
    await world.vault.destroy(witnessId);
    expect((await world.node().load(Ledger, ledgerId)).state).toMatchObject({ witness: null });
  });
});

describe('who may', () => {
  it('needs the role, and to be a party of the record or of the one being made', async () => {
    const node = world.node();
    const ledgerId = await opened(node);
    const forbidden = { code: 'FORBIDDEN' };
    await expect(node.dispatch({ ...add(ledgerId), actor: { ...clerk, role: 'TECHNICIAN' } })).rejects.toMatchObject(
      forbidden,
    );
    await expect(node.dispatch({ ...add(ledgerId), actor: stranger })).rejects.toMatchObject(forbidden);
    const create = world.request(
      'OpenLedger',
      { ledgerId: world.newLedger(), orgId: idOf('org') },
      { actor: stranger },
    );
    await expect(node.dispatch(create)).rejects.toMatchObject(forbidden);
    expect(await world.events(ledgerId)).toEqual(['LedgerOpened']);
  });

  it('is told about a record that does not exist as about any other', async () => {
    const request = add(world.newLedger());
    expect(await world.node().dispatch(request)).toEqual({ kind: 'rejected', code: 'NOT_FOUND' });
  });
});
