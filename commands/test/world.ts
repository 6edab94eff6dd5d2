import { type Actor, type AnyAggregate, aggregates } from '@cargoro/domain';
import { startEventStore } from '@cargoro/eventstore';
import { createEventLog } from '@cargoro/infra/event-log';
import { uuidv5 } from '@cargoro/infra/ids';
import type { EventLog, Vault } from '@cargoro/infra/ports';
import { type CommandRequest, createCommands, type DispatchDeps } from '../src/index.ts';
import { Ledger } from './ledger.ts';

export const idOf = (name: string): string => uuidv5('test', name);
export const clerk: Actor = { kind: 'user', id: idOf('clerk'), orgId: idOf('org'), role: 'SERVICE_ADVISOR' };
export const stranger: Actor = { ...clerk, id: idOf('stranger'), orgId: idOf('other org') };

/** Keeps what it sealed where a test can look, and forgets a person on demand. */
export const memoryVault = (): Vault & { erased: Set<string> } => {
  const erased = new Set<string>();
  type Change = (value: unknown, ref: string) => unknown;
  const map = (data: Record<string, unknown>, personal: Readonly<Record<string, string>>, change: Change) => ({
    ...data,
    ...Object.fromEntries(
      Object.entries(personal).flatMap(([field, ref]) =>
        data[field] == null ? [] : [[field, change(data[field], String(data[ref]))]],
      ),
    ),
  });
  return {
    erased,
    seal: async (data, personal) =>
      map(data, personal, (value) => ({ sealed: Buffer.from(JSON.stringify(value)).toString('hex') })),
    open: async (data, personal) =>
      map(data, personal, (value, ref) =>
        erased.has(ref) ? null : JSON.parse(Buffer.from((value as { sealed: string }).sealed, 'hex').toString()),
      ),
    destroy: async (ref) => void erased.add(ref),
  };
};

/** Counts what goes over the wire. */
export const counted = (log: EventLog) => {
  const calls = { read: 0, append: 0 };
  const wrapped: EventLog = {
    ...log,
    read: (...args) => {
      calls.read++;
      return log.read(...args);
    },
    append: (...args) => {
      calls.append++;
      return log.append(...args);
    },
  };
  return { log: wrapped, calls };
};

/** A real event store on a port of its own, and as many command nodes on it as a test wants. */
export const startWorld = async (options: { dataDir?: string } = {}) => {
  const store = await startEventStore(options.dataDir ? { dataDir: options.dataDir } : { memory: true });
  const log = createEventLog({ url: store.url, timeoutMs: 3_000 });
  const vault = memoryVault();
  let now = Date.parse('2025-06-30T01:00:00.000Z');
  let serial = 0;
  let numbered = 0;
  const all: readonly AnyAggregate[] = [...aggregates, Ledger];
  return {
    store,
    log,
    vault,
    /** Time passes when a test says so. */
    pass: (minutes: number) => {
      now += minutes * 60_000;
    },
    clock: () => new Date(now).toISOString(),
    node: (more: Partial<DispatchDeps> = {}) =>
      createCommands({
        log,
        vault,
        lookup: async () => 0,
        numbers: async ({ prefix, year }) => `${prefix}-${year}-${String(++numbered).padStart(6, '0')}`,
        clock: () => new Date(now).toISOString(),
        appVersion: 'test',
        aggregates: all,
        ...more,
      }),
    request: (type: string, input: Record<string, unknown>, more: Partial<CommandRequest> = {}): CommandRequest => ({
      type,
      input,
      commandId: idOf(`command ${serial++}`),
      actor: clerk,
      ...more,
    }),
    newLedger: () => idOf(`ledger ${serial++}`),
    events: async (ledgerId: string) => (await log.read(`ledger-${ledgerId}`)).map((event) => event.type),
    stop: async () => {
      await log.close();
      await store.stop();
    },
  };
};
export type TestWorld = Awaited<ReturnType<typeof startWorld>>;
