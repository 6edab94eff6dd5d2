import { randomUUID } from 'node:crypto';
import type { Actor, AnyAggregate, AnyEvent, EventMeta } from '@cargoro/domain';
import { systemActor } from '@cargoro/domain';
import type { Bus, NewEvent, Notice } from '@cargoro/infra/ports';
import { createPostgres, type Pool } from '@cargoro/infra/postgres';
import { testEventStore, testPostgres } from '@cargoro/infra/testing';
import { createVault, vaultMigration } from '@cargoro/infra/vault';
import { migrate } from '../index.ts';
import type { Logger, ProjectorDeps } from '../kit/projector.ts';

/** A bus that keeps what was published; `refuse(true)` makes it fail as a lost broker would. */
export const recordingBus = () => {
  const published: Notice[] = [];
  const handlers = new Set<(notice: Notice) => void>();
  let refusing = false;
  const refuse = (value: boolean): void => {
    refusing = value;
  };
  const bus: Bus = {
    publish: async (notices) => {
      if (refusing) throw new Error('The broker is away');
      published.push(...notices);
      for (const notice of notices) for (const handler of handlers) handler(notice);
    },
    subscribe: async (handler) => {
      handlers.add(handler);
      return { close: async () => void handlers.delete(handler) };
    },
    onGap: () => undefined,
    state: () => ({ part: 'rabbitmq', status: 'up' }),
    close: async () => undefined,
  };
  return { bus, published, refuse };
};

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

const metaOf = (command: string, actor: Actor, occurredAt: string): EventMeta => ({
  schemaVersion: 1,
  command,
  commandId: randomUUID(),
  correlationId: randomUUID(),
  causationId: randomUUID(),
  actor,
  occurredAt,
});

/** A database with the read side's tables, an event store and a vault of one's own. */
export const projectionWorld = async () => {
  const [{ postgres, url, stop }, store] = await Promise.all([
    testPostgres({
      template: 'projections',
      prepare: async (at) => {
        const { pool, close } = createPostgres({ url: at, max: 2 });
        await migrate(pool);
        await pool.query(vaultMigration);
        await close();
      },
    }),
    testEventStore(),
  ]);
  const { bus, published, refuse } = recordingBus();
  const pools = [createPostgres({ url, max: 20 })];
  const pool: Pool = pools[0]!.pool;
  const vault = createVault({ postgres, masterKey: Buffer.alloc(32, 7) });
  const deps: ProjectorDeps = { pool, log: store.log, bus, vault, logger: silent };

  /** Appends the events of one stream after those it holds; personal fields are sealed as dispatch would. */
  const append = async (
    aggregate: AnyAggregate,
    id: string,
    events: readonly AnyEvent[],
    { actor = systemActor('test'), at = '2025-06-30T01:00:00.000Z' }: { actor?: Actor; at?: string } = {},
  ): Promise<bigint> => {
    const stream = `${aggregate.category}-${id}`;
    const held = await store.log.read(stream);
    const sealed = await Promise.all(
      events.map(async ({ type, data }): Promise<NewEvent> => {
        const personal = aggregate.events[type]?.personal ?? {};
        return { id: randomUUID(), type, data: await vault.seal(data, personal), meta: metaOf(type, actor, at) };
      }),
    );
    const { position } = await store.log.append(stream, sealed, BigInt(held.length) - 1n);
    return position;
  };

  /** Waits until the groups have committed up to a position. */
  const reached = async (position: bigint, groups: readonly string[]): Promise<void> => {
    for (;;) {
      await pool.query(`select pg_notify('cargoro_wanted', g || ' ' || $2) from unnest($1::text[]) g`, [
        groups,
        String(position),
      ]);
      const { rows } = await pool.query<{ behind: number }>(
        `select count(*)::int as behind from unnest($1::text[]) g left join projection_checkpoint on name = g
         where coalesce(position, -1) < $2`,
        [groups, String(position)],
      );
      if (rows[0]?.behind === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return {
    ...{ deps, pool, postgres, url, log: store.log, store, vault, published, refuse, append, reached },
    stop: async (): Promise<void> => {
      await store.stop();
      for (const one of pools) await one.close();
      await stop();
    },
  };
};
export type ProjectionWorld = Awaited<ReturnType<typeof projectionWorld>>;

/** Waits until something holds. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
};
