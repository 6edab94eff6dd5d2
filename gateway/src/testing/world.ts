import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandRequest, Commands } from '@cargoro/commands';
import { aggregates, type Party, partyKey } from '@cargoro/domain';
import type { Bus, Notice } from '@cargoro/infra/ports';
import { queries, subscriptions } from '@cargoro/read-api';
import { createGateway, type GatewayDeps, startGateway } from '../app.ts';
import { type DevUser, openLocalIssuer } from '../auth/local-issuer.ts';
import type { AnyReadModel, ReadApi, Row, SubscriptionDef, Viewer } from '../read-types.ts';

/** A bus within the test's own process. */
export const memoryBus = () => {
  const handlers = new Set<(notice: Notice) => void>();
  const gaps = new Set<() => void>();
  const bus: Bus = {
    publish: async (notices) => {
      for (const notice of notices) for (const handler of handlers) handler(notice);
    },
    subscribe: async (handler) => {
      handlers.add(handler);
      return { close: async () => void handlers.delete(handler) };
    },
    onGap: (handler) => void gaps.add(handler),
    state: () => ({ part: 'bus', status: 'up' }),
    close: async () => undefined,
  };
  return {
    bus,
    gap: () => {
      for (const handler of gaps) handler();
    },
  };
};

type Stored = { readonly readModel: AnyReadModel; readonly row: Row };
const sees = (viewer: Viewer, row: Row, open = false): boolean =>
  open || row.partyKeys.some((key) => viewer.partyKeys.includes(key));
const fits = (row: Row, asked: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(asked).every(
    ([key, value]) =>
      !(key in row) || (key === 'partyKeys' ? row.partyKeys.includes(String(value)) : row[key] === value),
  );

/** Rows in memory behind the same interface as the real reader, for tests of what the gateway itself does. */
export const memoryReadApi = () => {
  const stored = new Map<string, Stored>();
  const calls = { one: 0, page: 0, byKeys: 0, changedSince: 0, history: 0 };
  let reached = 0n;
  let broken: Error | undefined;
  let beforeRead: () => Promise<void> = async () => undefined;
  let beforeAnswer: () => Promise<void> = async () => undefined;
  const of = ({ name }: AnyReadModel, viewer: Viewer, open?: boolean): Row[] =>
    [...stored.values()]
      .filter((one) => one.readModel.name === name && sees(viewer, one.row, open))
      .map(({ row }) => row);
  const ready = async () => {
    await beforeRead();
    if (broken) throw broken;
  };
  const find = (readModel: AnyReadModel, id: string, viewer: Viewer) =>
    of(readModel, viewer).find((row) => row.id === id) ?? null;

  const readApi: ReadApi = {
    one: async (def, args, viewer) => {
      calls.one += 1;
      await ready();
      return of(def.readModel, viewer, def.open).find((row) => fits(row, args)) ?? null;
    },
    page: async (def, args, { first, after }, viewer) => {
      calls.page += 1;
      await ready();
      const rows = of(def.readModel, viewer, def.open).filter((row) => fits(row, args));
      const from = after === null ? 0 : Number(after) + 1;
      const page = rows.slice(from, from + first);
      return {
        rows: page,
        hasNextPage: rows.length > from + first,
        endCursor: page.length > 0 ? String(from + page.length - 1) : null,
      };
    },
    count: async (def, args, viewer) => of(def.readModel, viewer, def.open).filter((row) => fits(row, args)).length,
    cursorOf: (_def, row) => row.id,
    byKeys: async (readModel, keys, viewer, open) => {
      calls.byKeys += 1;
      await ready();
      return new Map(
        of(readModel, viewer, open)
          .filter((row) => keys.includes(row.id))
          .map((row) => [row.id, row]),
      );
    },
    changedSince: async (def: SubscriptionDef, args, position, viewer) => {
      calls.changedSince += 1;
      await ready();
      const rows = of(def.readModel, viewer, def.open)
        .filter((row) => BigInt(row.position) > position && fits(row, def.match(args as never, viewer)))
        .sort((a, b) => Number(BigInt(a.position) - BigInt(b.position)));
      await beforeAnswer();
      return rows;
    },
    position: async () => reached,
    waitFor: async (_readModel, position) => reached >= position,
    history: async (readModel, id, { first }, viewer) => {
      calls.history += 1;
      const row = find(readModel, id, viewer);
      const entry = row && {
        ...{
          eventId: id,
          type: 'InvoiceDrafted',
          revision: '0',
          position: row.position,
          occurredAt: row.asOf,
          recordedAt: row.asOf,
        },
        ...{ actor: viewer.actor, command: 'DraftInvoice', correlationId: 'c', causationId: 'c' },
        ...{ reasonCode: null, reasonText: null, deviceId: null, data: {} },
      };
      return { entries: entry ? [entry].slice(0, first) : [], hasNextPage: false, endCursor: null };
    },
    asOf: async (readModel, id, _moment, viewer) => find(readModel, id, viewer),
    diff: async (readModel, id, _from, _to, viewer) =>
      find(readModel, id, viewer) ? [{ path: 'status', before: 'draft', after: 'issued' }] : [],
  };
  return {
    readApi,
    calls,
    /** The store is away until called without an error. */
    fail: (error?: Error) => {
      broken = error;
    },
    /** Runs before each read, to hold it at a moment of the test's choosing. */
    hold: (wait: () => Promise<void>) => {
      beforeRead = wait;
    },
    /** Runs between reading what was missed and answering it. */
    holdAnswer: (wait: () => Promise<void>) => {
      beforeAnswer = wait;
    },
    put: (
      readModel: AnyReadModel,
      id: string,
      parties: readonly Party[],
      columns: Record<string, unknown>,
    ): Notice[] => {
      reached += 1n;
      const before = stored.get(`${readModel.name}/${id}`)?.row;
      const row = {
        ...Object.fromEntries(Object.keys(readModel.row.shape).map((key) => [key, null])),
        ...before,
        ...columns,
        ...{ id, stream: `test-${id}`, revision: String(reached), position: String(reached) },
        ...{ asOf: '2025-06-30T01:00:00.000Z', parties, partyKeys: parties.map(partyKey) },
      } as Row;
      stored.set(`${readModel.name}/${id}`, { readModel, row });
      const noticeOf = (of: Row): Notice => ({
        readModel: readModel.name,
        key: id,
        position: row.position,
        revision: row.revision,
        parties: of.partyKeys,
        scope: { ...Object.fromEntries(readModel.scope.map((name) => [name, String(of[name])])), id },
      });
      const lost = before?.partyKeys.some((key) => !row.partyKeys.includes(key));
      return [noticeOf(row), ...(before && lost ? [noticeOf(before)] : [])];
    },
  };
};

/** Records what was sent; answers as it is told. */
export const memoryCommands = () => {
  const sent: CommandRequest[] = [];
  let answer: Commands['dispatch'] = async ({ type }) => ({
    ...{ kind: 'accepted', streamId: `test-${type}`, revision: '0', position: '1', events: [] },
  });
  const commands: Commands = {
    dispatch: (request) => {
      sent.push(request);
      return answer(request);
    },
    load: async () => {
      throw new Error('The gateway loads no state');
    },
  };
  return {
    commands,
    sent,
    answerWith: (next: Commands['dispatch']): void => {
      answer = next;
    },
  };
};

export const orgA = 'aaaaaaaa-0000-5000-8000-000000000001';
export const orgB = 'bbbbbbbb-0000-5000-8000-000000000002';
const person = (user: string, n: number, role: DevUser['role'], orgId?: string): DevUser => ({
  user,
  userId: `cccccccc-0000-5000-8000-00000000000${n}`,
  name: { ko: user, en: user },
  ...(role && { role }),
  ...(orgId && { orgId }),
});
export const people = {
  advisorA: person('a.advisor', 1, 'SERVICE_ADVISOR', orgA),
  ownerA: person('a.owner', 2, 'WORKSHOP_OWNER', orgA),
  secondAdvisorA: person('a.advisor2', 3, 'SERVICE_ADVISOR', orgA),
  ownerB: person('b.owner', 4, 'WORKSHOP_OWNER', orgB),
  carOwner: person('owner.kim', 5, 'OWNER'),
};

/** A gateway over memory; `port` makes it listen. */
export const memoryGateway = async (change: Partial<GatewayDeps> = {}) => {
  const localIssuer = await openLocalIssuer(await mkdtemp(join(tmpdir(), 'gateway-issuer-')));
  const reading = memoryReadApi();
  const writing = memoryCommands();
  const { bus, gap } = memoryBus();
  const deps: GatewayDeps = {
    ...{ aggregates, queries, subscriptions, bus, localIssuer },
    ...{ readApi: reading.readApi, commands: writing.commands },
    session: { jwtKey: localIssuer.jwtKey, issuer: localIssuer.issuer },
    devUsers: Object.values(people),
    webOrigins: ['http://localhost:3000'],
    production: false,
    masterKey: 'test',
    limits: { requestsPerMinute: undefined },
    ...change,
  };
  return {
    ...{ ...reading, ...writing, bus, gap, deps, localIssuer },
    tokenOf: (user: DevUser, lifeSeconds = 600) => localIssuer.mint(user, { lifeSeconds }).token,
    inject: () => createGateway(deps),
    listen: () => startGateway(deps, { port: 0, host: '127.0.0.1' }),
  };
};
