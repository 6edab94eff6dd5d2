import { type Actor, org, systemActor, user } from '@cargoro/domain';
import { testPostgres } from '@cargoro/infra/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, startWorld, type TestWorld } from '../test/world.ts';
import { migrateCommands } from './migrate.ts';
import { createNumbers } from './numbers.ts';
import type { Commands } from './types.ts';

let world: TestWorld;
let database: Awaited<ReturnType<typeof testPostgres>>;
let nodes: readonly [Commands, Commands];
/** What records that were numbered by hand have come to, by beginning. */
const highest: Record<string, number> = {};

beforeAll(async () => {
  [world, database] = await Promise.all([startWorld(), testPostgres()]);
  await migrateCommands(database.postgres);
  const node = () =>
    world.node({ numbers: createNumbers(database.postgres, async (_party, beginning) => highest[beginning] ?? 0) });
  nodes = [node(), node()];
});
afterAll(() => Promise.all([world.stop(), database.stop()]));

const books = (orgId: string): Actor => ({ kind: 'user', id: idOf('books'), orgId, role: 'WORKSHOP_ACCOUNTANT' });
/** A draft whose source nobody looks at any more. */
const drafted = async (name: string, orgId: string): Promise<string> => {
  const [invoiceId, payerId] = [idOf(`invoice ${name}`), idOf('payer')];
  const money = { supplyKrw: 10_000, vatKrw: 1_000, totalKrw: 11_000 };
  const data = {
    ...{ invoiceId, sellerOrgId: orgId, payer: { kind: 'owner', id: payerId }, ...money },
    source: { kind: 'repairOrder', id: idOf(`order ${name}`) },
    lines: [{ lineId: idOf('line'), text: '공임', supplyKrw: 10_000, taxable: true }],
    parties: [org(orgId, 'seller'), user(payerId, 'payer')],
  };
  const commandId = idOf(`draft ${name}`);
  const told = { commandId, correlationId: commandId, causationId: commandId, occurredAt: world.clock() };
  const meta = { ...told, schemaVersion: 1, command: 'Test', actor: systemActor('test'), appVersion: 'test' };
  await world.log.append(`invoice-${invoiceId}`, [{ id: commandId, type: 'InvoiceDrafted', data, meta }], -1n);
  return invoiceId;
};
const issuing = (invoiceId: string, orgId: string, more: Record<string, unknown> = {}) =>
  world.request(
    'IssueInvoice',
    { invoiceId, documentKind: 'cardSlip', issuedOn: '2025-06-30', dueOn: '2025-07-14', ...more },
    { actor: books(orgId) },
  );
const numberOf = async (invoiceId: string): Promise<unknown> => {
  const events = await world.log.read(`invoice-${invoiceId}`);
  return (events.find(({ type }) => type === 'InvoiceIssued')?.data as { number?: string } | undefined)?.number;
};
const issued = async (name: string, orgId: string): Promise<unknown> => {
  const invoiceId = await drafted(name, orgId);
  const outcome = await nodes[0].dispatch(issuing(invoiceId, orgId));
  expect(outcome).toMatchObject({ kind: 'accepted' });
  return numberOf(invoiceId);
};

describe('a number that is left out', () => {
  it('is the next of its organisation, and of that organisation alone', async () => {
    const [one, other] = [idOf('one'), idOf('other')];
    expect(await issued('a', one)).toBe('INV-25-000001');
    expect(await issued('b', one)).toBe('INV-25-000002');
    expect(await issued('c', other)).toBe('INV-25-000001');
  });

  it('is not spent on what is refused', async () => {
    const orgId = idOf('refused');
    const invoiceId = await drafted('d', orgId);
    const refused = await nodes[0].dispatch(issuing(invoiceId, orgId, { dueOn: '2025-06-01' }));
    expect(refused).toEqual({ kind: 'rejected', code: 'DUE_BEFORE_ISSUE' });
    expect(await issued('e', orgId)).toBe('INV-25-000001');
  });

  it('is one though two nodes get the same command, and different for fifty at once', async () => {
    const orgId = idOf('busy');
    const ids: string[] = [];
    for (let n = 0; n < 50; n++) ids.push(await drafted(`busy ${n}`, orgId));
    const outcomes = await Promise.all(
      ids.flatMap((invoiceId) => {
        const request = issuing(invoiceId, orgId);
        return nodes.map((node) => node.dispatch(request));
      }),
    );
    expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
    const numbers = await Promise.all(ids.map(numberOf));
    const wanted = Array.from({ length: 50 }, (_, n) => `INV-25-${String(n + 1).padStart(6, '0')}`);
    expect([...numbers].sort()).toEqual(wanted);
  });

  it('begins after what was numbered by hand, and gives way to a number that is said', async () => {
    const orgId = idOf('by hand');
    highest['INV-25-'] = 41;
    expect(await issued('f', orgId)).toBe('INV-25-000042');
    const invoiceId = await drafted('g', orgId);
    await nodes[0].dispatch(issuing(invoiceId, orgId, { number: 'OLD-7' }));
    expect(await numberOf(invoiceId)).toBe('OLD-7');
    expect(await issued('h', orgId)).toBe('INV-25-000043');
  });

  it('is asked for where nobody counts', async () => {
    const orgId = idOf('uncounted');
    const invoiceId = await drafted('i', orgId);
    const uncounting = world.node({ numbers: undefined as never });
    await expect(uncounting.dispatch(issuing(invoiceId, orgId))).rejects.toThrow('number: Give a number');
  });
});
