import { type Actor, aggregates, Role, roleMay } from '@cargoro/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clerk, idOf, startWorld, stranger, type TestWorld } from '../test/world.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const nothingStored = async (attempt: () => Promise<void>) => {
  const before = await world.log.end();
  await attempt();
  expect(await world.log.end()).toBe(before);
};

describe('every command', () => {
  const all = aggregates.flatMap((aggregate) =>
    Object.entries(aggregate.commands).map(([type, def]) => ({ type, def })),
  );
  it.each(all)('$type is refused to every role it does not name', async ({ type, def }) => {
    const node = world.node();
    await nothingStored(async () => {
      for (const role of Role.options) {
        const actor: Actor = { kind: 'user', id: idOf('somebody'), orgId: idOf('some org'), role };
        if (roleMay(def.by, actor)) continue;
        await expect(node.dispatch(world.request(type, {}, { actor })), role).rejects.toMatchObject({
          code: 'FORBIDDEN',
        });
      }
    });
  });
});

describe('bad input', () => {
  const line = { lineId: idOf('line'), text: '브레이크 패드', supplyKrw: 100_005, taxable: true };
  const draft = {
    invoiceId: idOf('invoice'),
    sellerOrgId: idOf('org'),
    payer: { kind: 'owner', id: idOf('kim') },
    source: { kind: 'repairOrder', id: idOf('order') },
    lines: [line],
    supplyKrw: 100_005,
    vatKrw: 10_000,
    totalKrw: 110_005,
  };
  const pay = {
    invoiceId: idOf('invoice'),
    paymentId: idOf('pay'),
    method: 'card',
    amountKrw: 5,
    at: '2025-06-30T01:00:00Z',
  };
  const table: [string, string, unknown, string][] = [
    ['negative money', 'DraftInvoice', { ...draft, totalKrw: -1 }, 'totalKrw'],
    ['money with a fraction', 'DraftInvoice', { ...draft, vatKrw: 0.5 }, 'vatKrw'],
    ['money beyond what is sane', 'DraftInvoice', { ...draft, vatKrw: 1e15 }, 'vatKrw'],
    ['a number as text', 'DraftInvoice', { ...draft, vatKrw: '10000' }, 'vatKrw'],
    ['zero-width text', 'DraftInvoice', { ...draft, lines: [{ ...line, text: '브레이크\u200b패드' }] }, 'lines.0.text'],
    ['only blanks', 'DraftInvoice', { ...draft, lines: [{ ...line, text: '   ' }] }, 'lines.0.text'],
    ['ten thousand lines', 'DraftInvoice', { ...draft, lines: Array(10_000).fill(line) }, 'lines'],
    ['an id that is none', 'DraftInvoice', { ...draft, invoiceId: "1'; drop table" }, 'invoiceId'],
    ['a field nobody knows', 'DraftInvoice', { ...draft, discountKrw: 1 }, 'discountKrw'],
    ['a missing field', 'DraftInvoice', { ...draft, lines: undefined }, 'lines'],
    ['a date in the year 0', 'RecordPayment', { ...pay, at: '0000-01-01T00:00:00Z' }, 'at'],
    ['a date in no time zone', 'RecordPayment', { ...pay, at: '2025-06-30T01:00:00' }, 'at'],
    ['an unknown method', 'RecordPayment', { ...pay, method: 'gold' }, 'method'],
    ['no object at all', 'RecordPayment', 'pay', 'input'],
    ['nothing', 'RecordPayment', null, 'input'],
    ['an unknown command', 'PayEverything', pay, 'type'],
  ];
  it.each(table)('%s is named with its field and a reason, and nothing is stored', async (_, type, input, path) => {
    await nothingStored(async () => {
      const error = await world
        .node()
        .dispatch({ ...world.request(type, {}), input })
        .catch((e: unknown) => e);
      expect(error).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: expect.arrayContaining([{ path, reason: expect.stringMatching(/\w{3}/) }]),
      });
    });
  });

  it('in the envelope is named too', async () => {
    const node = world.node();
    const request = world.request('RecordPayment', pay);
    const envelopes = [
      { commandId: '' },
      { commandId: 'x'.repeat(65) },
      { commandId: 'a\u200bb' },
      { occurredAt: '0000-01-01T00:00:00Z' },
      { occurredAt: '2025-07-30T00:00:00Z' },
      { occurredAt: '2025-05-30T00:00:00Z' },
      { expectedRevision: '1.5' },
      { reasonText: 'a\u0000b' },
      { clientSeq: -1 },
    ];
    await nothingStored(async () => {
      for (const envelope of envelopes)
        await expect(node.dispatch({ ...request, ...envelope })).rejects.toMatchObject({
          code: 'BAD_USER_INPUT',
          fields: [{ path: Object.keys(envelope)[0] }],
        });
    });
  });

  it('such as ids nobody knows is answered as data, and nothing is stored', async () => {
    await nothingStored(async () => {
      const outcome = await world.node().dispatch(world.request('RecordPayment', pay));
      expect(outcome).toEqual({ kind: 'rejected', code: 'NOT_FOUND' });
    });
  });

  it('tells only some of thousands of problems', async () => {
    const lines = Array.from({ length: 400 }, () => ({ ...line, supplyKrw: 0.5 }));
    const error = await world
      .node()
      .dispatch(world.request('DraftInvoice', { ...draft, lines }))
      .catch((e: unknown) => e);
    expect((error as { fields: unknown[] }).fields.length).toBeLessThanOrEqual(50);
  });
});

describe('another tenant’s record', () => {
  it('cannot be created in their name', async () => {
    await nothingStored(async () => {
      const draft = world.request(
        'DraftInvoice',
        {
          invoiceId: idOf('stolen'),
          sellerOrgId: clerk.orgId,
          payer: { kind: 'owner', id: idOf('kim') },
          source: { kind: 'contract', id: idOf('o') },
          lines: [{ lineId: idOf('l'), text: '공임', supplyKrw: 10 }],
          supplyKrw: 10,
          vatKrw: 1,
          totalKrw: 11,
        },
        { actor: stranger },
      );
      await expect(world.node().dispatch(draft)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });
  });
});
