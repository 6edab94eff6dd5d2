import { randomUUID } from 'node:crypto';
import { type AnyAggregate, aggregates, Role } from '@cargoro/domain';
import { type QueryDef, queries, subscriptions } from '@cargoro/read-api';
import type { GraphQLField } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { DevUser } from './auth/local-issuer.ts';
import { argumentsOf, type Samples, selectionOf } from './testing/documents.ts';
import { type Stack, startStack } from './testing/stack.ts';
import { bookedDay, bookedMonth, bookedYear, furnish, type Tenant, tenant } from './testing/tenants.ts';

let stack: Stack;
const [a, b] = [tenant(1), tenant(2)];
beforeAll(async () => {
  stack = await startStack();
  for (const one of [a, b]) await furnish(stack, one);
});
afterAll(() => stack?.stop());

type Body = { data?: Record<string, unknown> | null; errors?: { message: string; extensions: { code: string } }[] };
const ask = async (user: DevUser, query: string, variables: object): Promise<Body> => {
  const response = await stack.gateway.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { authorization: `Bearer ${stack.tokenOf(user)}`, 'cargoro-min-position': stack.position() },
    payload: { query, variables },
  });
  return response.json() as Body;
};

const recordOf: Readonly<Record<string, keyof Tenant['ids']>> = {
  ...{ Invoice: 'invoice', RepairOrder: 'order', Reservation: 'reservation', Vehicle: 'vehicle', Workshop: 'workshop' },
  ...{ Organization: 'org', UserAccount: 'owner', FleetContract: 'contract', FleetPolicy: 'policy' },
  ...{
    StockItem: 'stock',
    PurchaseOrder: 'purchaseOrder',
    CatalogPart: 'part',
    Delivery: 'delivery',
    DriverShift: 'shift',
    AuditCase: 'auditCase',
    Notice: 'notice',
  },
};
/** Read models about the fleet's car. */
const aboutFleetCar: ReadonlySet<string> = new Set([
  'rm_fleet_vehicle',
  'rm_trip_month',
  'rm_maintenance_plan',
  'rm_cost_ledger',
]);
/** Arguments that point at a tenant's records. */
const pointingAt = ({ ids }: Tenant, { record, name }: QueryDef['readModel']): Samples => ({
  ...{
    id:
      name === 'rm_vehicle_history'
        ? ids.vehicle
        : aboutFleetCar.has(name)
          ? ids.fleetCar
          : ids[recordOf[record ?? ''] ?? 'order'],
    orgId: ids.org,
    workshopId: ids.workshop,
    serviceCode: 'PADF',
    days: 2,
  },
  ...{
    vehicleId: aboutFleetCar.has(name) ? ids.fleetCar : ids.vehicle,
    repairOrderId: name === 'rm_part_request' ? ids.partsOrder : ids.order,
    first: 3,
    day: bookedDay,
  },
  ...{ year: bookedYear, month: bookedMonth, time: new Date().toISOString() },
  ...{
    warehouseId: ids.warehouse,
    stockId: ids.stock,
    contractId: ids.contract,
    partId: ids.part,
    region: 'seoul',
    key: 'SECRET',
    scope: `org:${ids.org}`,
    driverId: ids.driver,
  },
});
/** What nobody but the tenant may find in an answer: its texts and its ids, but not those the question named. */
const secretsOf = ({ n, ids }: Tenant, asked: unknown): string[] =>
  [
    `비밀 증상 ${n}`,
    `비밀 소음 ${n}`,
    `비밀 작업 ${n}`,
    `비밀 품목 ${n}`,
    `비밀 키 ${n}`,
    `비밀 리프트 ${n}`,
    `비밀 점검 ${n}`,
    `비밀 모델 ${n}`,
    `비밀 리스 ${n}`,
    `SECRET-${n}`,
    `비밀 선반 ${n}`,
    `SEC-${n}`,
    `PO-${n}`,
    `비밀 기사 ${n}`,
    `비밀 탁송 ${n}`,
    `비밀 알림 ${n}`,
    `비밀 장소 ${n}`,
    `비밀 값 ${n}`,
    `DL-${n}`,
    `secret${n}@`,
    ...Object.values(ids),
  ].filter((secret) => !JSON.stringify(asked).includes(secret));
const found = (one: Tenant, asked: unknown, answer: unknown): string[] =>
  secretsOf(one, asked).filter((secret) => (JSON.stringify(answer) ?? '').includes(secret));

/** What a query or a live query is asked for, to find something of the first tenant's. */
const aimAt = async ({ name, readModel }: Pick<QueryDef, 'name' | 'readModel'>): Promise<Samples> => {
  const [opened] = await stack.log.read(`repairOrder-${a.ids.order}`);
  const byCorrelation = name === 'correlation' || readModel.name === 'rm_fleet_journey';
  return { ...pointingAt(a, readModel), ...(byCorrelation && { id: opened?.meta.correlationId }) };
};
/** Nobody but the platform's staff reads these. */
const isForStaff = ({ roles }: { roles?: readonly Role[] }): boolean =>
  roles?.every((role) => role.startsWith('PLATFORM')) ?? false;

/** What a list says there are, when that is not what it shows and there is no further page. */
const miscounted = (list: unknown): number | undefined => {
  const { edges, pageInfo, totalCount } = (list ?? {}) as {
    edges?: readonly unknown[];
    pageInfo?: { hasNextPage: boolean };
    totalCount?: number;
  };
  return edges && !pageInfo?.hasNextPage && totalCount !== edges.length ? totalCount : undefined;
};

describe('every query', () => {
  it.each(queries.map((query) => [query.name, query] as const))(
    '%s shows a tenant its own and nothing of another',
    async (name, def) => {
      const field = stack.gateway.schema.getQueryType()?.getFields()[name] as GraphQLField<unknown, unknown>;
      const aim = await aimAt(def);
      const { declared, passed, variables } = argumentsOf(field.args, aim);
      const document = `query Q${declared} { ${name}${passed} ${selectionOf(field.type)} }`;
      const strangers = [...Role.options.map((role) => b.user(role, b.ids.org)), b.owner, b.customer].filter(
        ({ role }) => !role?.startsWith('PLATFORM'),
      );
      for (const user of strangers) {
        const answer = await ask(user, document, variables);
        for (const { extensions } of answer.errors ?? []) expect(extensions.code).toBe('FORBIDDEN');
        if (!def.readModel.open) expect([name, user.role, found(a, variables, answer)]).toEqual([name, user.role, []]);
        expect([name, user.role, miscounted(answer.data?.[name])]).toEqual([name, user.role, undefined]);
      }
      const own = await Promise.all(a.people.map((user) => ask(user, document, variables)));
      expect([
        name,
        own.flatMap(({ errors }) => errors ?? []).filter(({ extensions }) => extensions.code !== 'FORBIDDEN'),
      ]).toEqual([name, []]);
      if (!isForStaff(def)) expect([name, found(a, variables, own).length > 0]).toEqual([name, true]);
      expect([name, own.map(({ data }) => miscounted(data?.[name])).filter((count) => count !== undefined)]).toEqual([
        name,
        [],
      ]);
    },
  );
});

describe('every subscription', () => {
  const listen = (user: DevUser) =>
    createClient({
      url: `${stack.gateway.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { token: stack.tokenOf(user) },
    });

  it.each(subscriptions.map((def) => [def.name, def] as const))(
    '%s tells a tenant of its own and a stranger nothing',
    async (name, def) => {
      const field = stack.gateway.schema.getSubscriptionType()?.getFields()[name] as GraphQLField<unknown, unknown>;
      const { declared, passed, variables } = argumentsOf(field.args, {
        ...(await aimAt(def)),
        afterPosition: '0',
      });
      const document = `subscription S${declared} { ${name}${passed} ${selectionOf(field.type, 4)} }`;
      const before = stack.gateway.stats().subscriptions;
      let refused = 0;
      const hear = (user: DevUser) => {
        const client = listen(user);
        const got: unknown[] = [];
        const reading = (async () => {
          for await (const { data, errors } of client.iterate({ query: document, variables })) got.push(data ?? errors);
        })().catch(() => {
          refused += 1;
        });
        return { client, got, reading };
      };
      const strangers = [b.owner, b.customer, b.user('SERVICE_ADVISOR', b.ids.org)].map(hear);
      const listening = () => stack.gateway.stats().subscriptions - before + refused;
      await expect.poll(listening, { timeout: 10_000 }).toBe(strangers.length);
      const own = a.people.map(hear);
      const heard = () =>
        found(
          a,
          variables,
          own.map(({ got }) => got),
        ).length > 0;
      await expect.poll(listening, { timeout: 10_000 }).toBe(strangers.length + own.length);
      if (!isForStaff(def)) await expect.poll(heard, { timeout: 10_000 }).toBe(true);
      for (const { client, got } of strangers) {
        await client.iterate({ query: '{ __typename }' }).next();
        if (!def.readModel.open) expect([name, found(a, variables, got)]).toEqual([name, []]);
      }
      for (const { client, reading } of [...strangers, ...own]) {
        await client.dispose();
        await reading;
      }
      await expect.poll(() => stack.gateway.stats().subscriptions, { timeout: 10_000 }).toBe(before);
    },
  );
});

describe('every mutation', () => {
  const all = aggregates.flatMap((aggregate) =>
    Object.entries(aggregate.commands).flatMap(([type, def]) => (def.internal ? [] : [{ type, def, aggregate }])),
  );
  const samples = ({ ids, id }: Tenant): Samples => ({
    ...{ repairOrderId: ids.order, invoiceId: ids.invoice, reservationId: ids.reservation, vehicleId: ids.vehicle },
    ...{
      workshopId: ids.workshop,
      orgId: ids.org,
      userId: ids.owner,
      keyId: ids.apiKey,
      bayId: ids.bay,
      lineId: ids.line,
    },
    ...{ ownerUserId: ids.owner, sellerOrgId: ids.org, holdId: id(70), technicianId: ids.owner },
    ...{ sha256: 'a'.repeat(64), emailHash: 'a'.repeat(64), numberHash: 'a'.repeat(64), policyHash: 'a'.repeat(64) },
    ...{ plate: '12가9999', vin: 'KMHXX00XXXX900009', businessNo: '999-11-11111', opens: '09:00', closes: '18:00' },
    ...{
      dtc: 'P0301',
      dtcCode: 'P0301',
      repairRegNo: '제2018-강남-0123호',
      phone: '02-000-0001',
      year: 2_026,
      day: '2026-12-01',
    },
  });
  const send = async (user: DevUser, type: string, aim: Samples): Promise<string> => {
    const name = type.charAt(0).toLowerCase() + type.slice(1);
    const field = stack.gateway.schema.getMutationType()?.getFields()[name] as GraphQLField<unknown, unknown>;
    const { declared, passed, variables } = argumentsOf(field.args, { ...aim, commandId: randomUUID() });
    const { data, errors } = await ask(
      user,
      `mutation M${declared} { ${name}${passed} { __typename ... on Rejected { code } } }`,
      variables,
    );
    const [problem] = errors ?? [];
    if (problem)
      return problem.extensions.code === 'BAD_USER_INPUT'
        ? `BAD_USER_INPUT ${problem.message}`
        : problem.extensions.code;
    const result = data?.[name] as { __typename: string; code?: string };
    return result.code ?? result.__typename;
  };
  const reached: string[] = [];
  const misshapen: string[] = [];
  const grantsRole = ({ commands }: AnyAggregate, type: string, role: string): boolean =>
    commands[type]?.by.some(({ roles }) => roles.includes('ANYONE') || roles.some((one) => one === role)) ?? false;

  it.each(all.map((one) => [one.type, one] as const))(
    '%s is for the roles it names alone, and never for a stranger',
    async (type, { def, aggregate }) => {
      const before = await stack.log.end();
      const outcomes: [string, string][] = [];
      // The platform's own roles may act on everybody's records, where a command says so; nobody else's may.
      const anywhere = def.by.flatMap(({ as, roles }) => (as === 'any' ? roles : []));
      for (const role of Role.options) {
        if (role.startsWith('PLATFORM') && anywhere.includes(role)) continue;
        const outcome = await send(b.user(role, b.ids.org), type, samples(a));
        outcomes.push([role, outcome]);
        if (!grantsRole(aggregate, type, role)) expect([type, role, outcome]).toEqual([type, role, 'FORBIDDEN']);
      }
      // Whoever holds the role elsewhere reached the record itself and was turned away there, not at some field.
      const byParty = def.by.every(({ roles }) => !roles.includes('ANYONE'));
      if (byParty && !def.in.includes('none')) {
        const kinds = outcomes.map(([, outcome]) => outcome.split(' ')[0] ?? '');
        expect([type, kinds.filter((kind) => !['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT'].includes(kind))]).toEqual([
          type,
          [],
        ]);
        const wrong = outcomes.find(([, outcome]) => outcome.startsWith('BAD_USER_INPUT'));
        (wrong ? misshapen : reached).push(wrong ? `${type}: ${wrong[1]}` : type);
      }
      const streams: string[] = [];
      for await (const event of stack.log.readAll({ after: before })) streams.push(event.stream);
      const own = Object.values(a.ids);
      expect([type, streams.filter((stream) => own.some((id) => stream.includes(id)))]).toEqual([type, []]);
    },
  );

  it('and nearly all of them were turned away at the record, not at the form of their input', () => {
    expect([misshapen, reached.length >= 4 * misshapen.length]).toEqual([misshapen, true]);
  });
});
