import { type Actor, aggregates, org, user } from '@cargoro/domain';
import { Unavailable } from '@cargoro/infra/ports';
import { queries, subscriptions, viewerOf } from '@cargoro/read-api';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createDocuments } from '../http/documents.ts';
import { defaultLimits } from '../http/limits.ts';
import type { GatewayContext } from '../schema/context.ts';
import { createSchema } from '../schema/schema.ts';
import { memoryBus, memoryCommands, memoryReadApi, orgA, orgB, people } from '../testing/world.ts';
import { createHub, type Hub } from './hub.ts';
import { createSelections } from './selection.ts';
import { createSubscribe, type Subscribe } from './subscribe.ts';

const schema = createSchema({ aggregates, queries, subscriptions });
const documents = createDocuments(schema, defaultLimits, { introspection: true });
const modelOf = (name: string) => {
  const found = queries.find((query) => query.name === name)?.readModel;
  if (!found) throw new Error(`There is no query ${name}`);
  return found;
};
const invoices = modelOf('invoices');
const organizations = modelOf('organizations');
const reservations = modelOf('reservations');

let reading: ReturnType<typeof memoryReadApi>;
let wire: ReturnType<typeof memoryBus>;
let hub: Hub;
let subscribe: Subscribe;
beforeEach(async () => {
  reading = memoryReadApi();
  wire = memoryBus();
  const { commands } = memoryCommands();
  const contextOf = ({ viewer }: { viewer: GatewayContext['viewer'] }): GatewayContext => ({
    ...{ viewer, locale: viewer?.locale ?? 'ko', readApi: reading.readApi, commands, reads: new Map() },
  });
  hub = await createHub({ bus: wire.bus, readApi: reading.readApi, contextOf, report: () => undefined });
  subscribe = createSubscribe({ schema, subscriptions, hub, selections: createSelections(schema) });
});

type Got = { position: string; change: string; id: string; node: Record<string, unknown> | null };
const text = `subscription S($orgId: String!, $after: Position) { invoiceChanged(orgId: $orgId, afterPosition: $after) {
  position change id node { id number position allowedCommands { name } } } }`;
const listen = async (
  as: (typeof people)[keyof typeof people],
  { query = text, after = null as string | null, variables = {} as object } = {},
) => {
  const actor: Actor = {
    kind: 'user',
    id: as.userId,
    ...(as.orgId && { orgId: as.orgId }),
    ...(as.role && { role: as.role }),
  };
  const viewer = viewerOf(actor, 'en');
  const got: Got[] = [];
  const forbidden: string[] = [];
  const all = { orgId: orgA, after, ...variables };
  const operation = documents(query, null, all);
  const context = { viewer, locale: 'en' } as GatewayContext;
  const leave = await subscribe(operation, all, viewer, context, {
    send: (payload) => {
      const { data } = JSON.parse(payload) as { data: Record<string, Got> };
      got.push(...Object.values(data));
    },
    forbid: (reason) => forbidden.push(reason),
  });
  return { got, forbidden, leave };
};
const put = (n: number, number: string, parties = [org(orgA, 'seller')], sellerOrgId = orgA) =>
  reading.put(invoices, `invoice-${n}`, parties, { sellerOrgId, number, status: 'draft' });
const change = (...args: Parameters<typeof put>) => wire.bus.publish(put(...args));
const settled = (condition: () => void) => vi.waitFor(condition, { timeout: 5_000, interval: 2 });

describe('a live query', () => {
  it('sends each change with its place, and nothing of another scope or organisation', async () => {
    const { got } = await listen(people.advisorA);
    await change(1, 'A-1');
    await change(2, 'B-1', [org(orgB, 'seller')], orgB);
    await change(3, 'hidden', [org(orgB, 'seller')], orgA);
    await change(1, 'A-2');
    await settled(() => expect(got).toHaveLength(2));
    expect(got.map(({ change: kind, id, node }) => [kind, id, node?.number])).toEqual([
      ['UPSERTED', 'invoice-1', 'A-1'],
      ['UPSERTED', 'invoice-1', 'A-2'],
    ]);
    expect(got.map(({ position }) => Number(position))).toEqual([1, 4]);
  });

  it('reaches either side of a document by its own organisation, and tells who is no party to it any more', async () => {
    const both = [org(orgA, 'seller'), org(orgB, 'payer')];
    await change(1, 'missed', both);
    const payer = await listen(people.ownerB, { after: '0', variables: { orgId: orgB } });
    const elsewhere = await listen(people.ownerB, { variables: { orgId: 'somebody-else' } });
    await change(1, 'live', both);
    await change(2, 'not theirs');
    await change(1, 'withdrawn');
    await settled(() => expect(payer.got).toHaveLength(3));
    expect(payer.got.map(({ change: kind, node }) => [kind, node?.number])).toEqual([
      ['UPSERTED', 'missed'],
      ['UPSERTED', 'live'],
      ['REMOVED', undefined],
    ]);
    expect(elsewhere.got).toEqual([]);
  });

  it('first sends what was missed, in log order, then goes on live', async () => {
    await change(1, 'old');
    await change(2, 'missed-2');
    await change(3, 'missed-3');
    const { got } = await listen(people.advisorA, { after: '1' });
    await change(4, 'live');
    await settled(() => expect(got.map(({ node }) => node?.number)).toEqual(['missed-2', 'missed-3', 'live']));
  });

  it.each(['before', 'after'] as const)(
    'loses nothing that changes just %s what was missed is read, and tells nothing twice',
    async (moment) => {
      await change(1, 'one');
      let release: () => void = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      if (moment === 'before') reading.hold(() => held);
      else reading.holdAnswer(() => held);
      const joining = listen(people.advisorA, { after: '0' });
      await settled(() => expect(reading.calls.changedSince).toBe(1));
      await change(2, 'two');
      await change(1, 'one again');
      reading.hold(async () => undefined);
      release();
      const { got } = await joining;
      await change(3, 'three');
      await settled(() => expect(got.map(({ node }) => node?.number).at(-1)).toBe('three'));
      const told = got.map(({ node }) => `${node?.id}@${node?.position}`);
      expect(new Set(told).size).toBe(told.length);
      expect(new Map(got.map(({ id, node }) => [id, node?.number]))).toEqual(
        new Map([
          ['invoice-1', 'one again'],
          ['invoice-2', 'two'],
          ['invoice-3', 'three'],
        ]),
      );
    },
  );

  it('what a client had before it resumed is not told again, though its notice is', async () => {
    const notices = put(1, 'had');
    const { got } = await listen(people.advisorA, { after: '1' });
    await wire.bus.publish(notices);
    await change(2, 'new');
    await settled(() => expect(got.map(({ node }) => node?.number)).toEqual(['new']));
  });

  it('a notice told twice, or again after a crash, is one change', async () => {
    const { got } = await listen(people.advisorA);
    const notices = put(1, 'once');
    await wire.bus.publish([...notices, ...notices]);
    await settled(() => expect(got).toHaveLength(1));
    await wire.bus.publish(notices);
    await change(2, 'next');
    await settled(() => expect(got.map(({ node }) => node?.number)).toEqual(['once', 'next']));
  });

  it('after a gap of the bus the changes nobody was told of arrive, in order', async () => {
    const { got } = await listen(people.advisorA);
    await change(1, 'told');
    await settled(() => expect(got).toHaveLength(1));
    put(2, 'lost-2');
    put(3, 'lost-3');
    wire.gap();
    await change(4, 'later');
    await settled(() => expect(got.map(({ node }) => node?.number)).toEqual(['told', 'lost-2', 'lost-3', 'later']));
  });

  it('changes while the store is away arrive once it is back', async () => {
    const { got } = await listen(people.advisorA);
    reading.fail(new Unavailable('postgres', 'away'));
    await change(1, 'one');
    await change(2, 'two');
    reading.fail();
    await settled(() => expect(got.map(({ node }) => node?.number)).toEqual(['one', 'two']));
  });

  it('a client that reconnects from the last position it saw has every row as it is, whenever it was cut off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ row: fc.integer({ min: 1, max: 4 }), cut: fc.boolean(), lost: fc.boolean() }), {
          minLength: 1,
          maxLength: 25,
        }),
        async (steps) => {
          reading = memoryReadApi();
          wire = memoryBus();
          const contextOf = ({ viewer }: { viewer: GatewayContext['viewer'] }) => ({
            viewer,
            locale: 'en' as const,
            readApi: reading.readApi,
            commands: memoryCommands().commands,
            reads: new Map(),
          });
          hub = await createHub({ bus: wire.bus, readApi: reading.readApi, contextOf, report: () => undefined });
          subscribe = createSubscribe({ schema, subscriptions, hub, selections: createSelections(schema) });
          const seen = new Map<string, unknown>();
          const expected = new Map<string, unknown>();
          let client = await listen(people.advisorA, { after: '0' });
          let last = '0';
          const take = () => {
            const places = client.got.map(({ position }) => Number(position));
            expect(places).toEqual([...places].sort((a, b) => a - b));
            for (const { id, node, position } of client.got.splice(0)) {
              seen.set(id, node?.number);
              last = position;
            }
          };
          for (const [n, { row, cut, lost }] of steps.entries()) {
            expected.set(`invoice-${row}`, `${n}`);
            const notices = put(row, `${n}`);
            // Somebody cut off misses the notice; the bus may lose one for all, and says so.
            if (!lost) await wire.bus.publish(notices);
            else wire.gap();
            if (cut) {
              take();
              client.leave();
              client = await listen(people.advisorA, { after: last });
            }
          }
          await settled(() => {
            take();
            expect(seen).toEqual(expected);
          });
          client.leave();
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('rights', () => {
  it('a row that leaves the sight of a viewer is taken out of their list, and of nobody else’s', async () => {
    const a = await listen(people.advisorA);
    const owner = await listen(people.carOwner);
    const both = [org(orgA, 'seller'), user(people.carOwner.userId, 'payer')];
    await change(1, 'shared', both);
    await settled(() => expect([a.got.length, owner.got.length]).toEqual([1, 1]));
    await change(1, 'private', [org(orgA, 'seller')]);
    await settled(() => expect([a.got.length, owner.got.length]).toEqual([2, 2]));
    expect(a.got[1]?.node?.number).toBe('private');
    expect(owner.got[1]).toMatchObject({ change: 'REMOVED', id: 'invoice-1', node: null });
    await change(1, 'still private', [org(orgA, 'seller')]);
    await settled(() => expect(a.got).toHaveLength(3));
    expect(owner.got).toHaveLength(2);
  });

  it('a row that moves to another scope leaves the list', async () => {
    const here = `subscription($orgId: String!) {
      reservationChanged(workshopId: $orgId) { position change id node { id } } }`;
    const { got } = await listen(people.advisorA, { query: here });
    const book = (workshopId: string) =>
      reading.put(reservations, 'reservation-1', [org(orgA, 'workshop')], { workshopId });
    await wire.bus.publish(book(orgA));
    const after = book(orgB);
    await wire.bus.publish([
      ...after,
      ...after.map((notice) => ({ ...notice, scope: { workshopId: orgA, id: notice.key } })),
    ]);
    await settled(() => expect(got.at(-1)).toMatchObject({ change: 'REMOVED', id: 'reservation-1' }));
  });

  it('losing the one record a subscription is about ends the socket', async () => {
    const putOrg = (parties: Parameters<typeof reading.put>[2]) =>
      wire.bus.publish(reading.put(organizations, orgA, parties, { name: 'A', status: 'active', kind: 'workshop' }));
    await putOrg([org(orgA, 'org'), org(orgB, 'member')]);
    const query = `subscription { organizationChanged(id: "${orgA}") { position change id node { name } } }`;
    const [a, b] = [await listen(people.advisorA, { query }), await listen(people.ownerB, { query })];
    await putOrg([org(orgA, 'org')]);
    await settled(() => expect([a.got.length, b.forbidden.length]).toEqual([1, 1]));
    expect([a.forbidden, b.got]).toEqual([[], []]);
  });

  it('somebody refused while another joins leaves the other’s subscription as it is', async () => {
    const putOrg = () =>
      wire.bus.publish(
        reading.put(organizations, orgA, [org(orgA, 'org')], { name: 'A', status: 'active', kind: 'workshop' }),
      );
    await putOrg();
    const query = `subscription { organizationChanged(id: "${orgA}") { position change id node { name } } }`;
    const [stranger, own] = await Promise.allSettled([
      listen(people.ownerB, { query }),
      listen(people.advisorA, { query }),
    ]);
    expect([stranger.status, own.status]).toEqual(['rejected', 'fulfilled']);
    await putOrg();
    await settled(() => expect(own.status === 'fulfilled' && own.value.got.length).toBe(1));
    expect(hub.stats().subscriptions).toBe(1);
  });

  it('viewers with other rights get their own answer', async () => {
    const [advisor, owner] = [await listen(people.advisorA), await listen(people.carOwner)];
    await change(1, 'x', [org(orgA, 'seller'), user(people.carOwner.userId, 'payer')]);
    await settled(() => expect([advisor.got.length, owner.got.length]).toEqual([1, 1]));
    expect(advisor.got[0]?.node?.allowedCommands).toEqual([{ name: 'IssueInvoice' }]);
    expect(owner.got[0]?.node?.allowedCommands).toEqual([]);
  });
});

describe('sharing', () => {
  it('executes once for everybody with the same document, variables and rights, wherever they resumed from', async () => {
    const same = await Promise.all(
      [people.advisorA, people.secondAdvisorA].flatMap((as) => Array.from({ length: 50 }, () => listen(as))),
    );
    const resumed = await listen(people.advisorA, { after: '0' });
    const other = await listen(people.ownerA);
    const before = { ...hub.stats(), reads: reading.calls.byKeys };
    await change(1, 'x');
    await settled(() => expect([...same, resumed, other].every(({ got }) => got.length === 1)).toBe(true));
    expect(hub.stats().executions - before.executions).toBe(2);
    expect(hub.stats().deliveries - before.deliveries).toBe(102);
    expect(reading.calls.byKeys - before.reads).toBe(2);
  });

  it('costs nothing for rows nobody listens to, and forgets who left', async () => {
    const { leave } = await listen(people.advisorA);
    await change(1, 'x', [org(orgB, 'seller')], orgB);
    expect(reading.calls.byKeys).toBe(0);
    leave();
    expect(hub.stats().subscriptions).toBe(0);
    await change(1, 'y');
    expect(reading.calls.byKeys).toBe(0);
  });
});
