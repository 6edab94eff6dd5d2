import { LRUCache } from 'lru-cache';
import type { ReadApi, Row, SubscriptionDef, Viewer } from '../read-types.ts';
import type { GatewayContext } from '../schema/context.ts';
import type { LiveChange } from '../schema/subscriptions.ts';
import { sendTo, serve } from './deliver.ts';
import { asksStore, type Change, type Member, mayConcern } from './member.ts';

export type LiveStats = { executions: number; deliveries: number; reads: number };
export type ChannelDeps = {
  readonly readApi: ReadApi;
  readonly contextOf: (member: Member) => GatewayContext;
  readonly report: (cause: unknown) => void;
  readonly stats: LiveStats;
};

/** Rows a channel remembers, to drop notices told twice. */
const remembered = 10_000;

/**
 * All subscriptions of one definition with the same match, such as the board of one workshop. Changes are handled one
 * batch at a time in log order, so the position a client saw last is a place it can resume from: everything before it
 * was delivered.
 */
export const createChannel = (
  def: SubscriptionDef,
  args: Record<string, unknown>,
  match: Readonly<Record<string, string>>,
  { readApi, contextOf, report, stats }: ChannelDeps,
) => {
  const { id: single, ...scope } = match;
  const members = new Set<Member>();
  const told = new LRUCache<string, Omit<Change, 'key'>>({ max: remembered });
  let pending = new Map<string, Change>();
  let flushing = false;
  let paused = 0;
  let failures = 0;
  let cursor = 0n;

  /** What matches and changed after a place, in log order; the reader gives so much of it at a time. */
  const missed = async function* (after: bigint, viewer: Viewer): AsyncGenerator<Row> {
    for (let from = after; ; ) {
      const rows = await readApi.changedSince(def, args, from, viewer);
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < 1_000) return;
      from = BigInt(last.position);
    }
  };

  const render = (member: Member, change: LiveChange) => member.selection.render(change, contextOf(member), report);
  const send = async (to: readonly Member[], change: LiveChange): Promise<void> => {
    stats.executions += await sendTo(to, change, render);
    stats.deliveries += to.length;
  };
  const isNew = (member: Member, { key, position }: Change, row?: Row): boolean =>
    position > member.after && BigInt(row?.position ?? position) > (member.caughtUp.get(key) ?? 0n);
  const belongs = (row: Row): boolean =>
    Object.entries(scope).every(([field, value]) =>
      field === 'partyKeys' ? row.partyKeys.includes(value) : String(row[field]) === value,
    );

  /** For a subscription of one row, losing it ends the right to listen; a list goes on without the row. */
  const takeAway = async (change: Change, from: readonly Member[]): Promise<void> => {
    const listening = from.filter((member) => !member.left && isNew(member, change));
    if (single !== undefined) {
      for (const member of listening) {
        member.left = true;
        member.sink.forbid('You may no longer see this record');
      }
    } else await send(listening, { position: String(change.position), change: 'REMOVED', id: change.key, node: null });
  };

  const deliver = async (changes: readonly Change[], to: readonly Member[]): Promise<void> => {
    stats.reads += 1;
    for (const { change, deliveries, blind } of await serve(readApi, def, changes, to)) {
      tell(change, deliveries[0]?.row);
      // Where only the store knows who sees a row, not seeing it says nothing about having seen it before.
      if (!asksStore(def)) await takeAway(change, [...blind, ...outsiders(change, deliveries[0]?.row, to)]);
      for (const { row, members: served } of deliveries) {
        const concerned = served.filter((member) => !member.left && isNew(member, change, row));
        if (!belongs(row)) await takeAway(change, concerned);
        else await send(concerned, { position: String(change.position), change: 'UPSERTED', id: row.id, node: row });
      }
    }
  };

  /** Of those who listen to one row: who is no party to it any more. Everybody who joined was. */
  const outsiders = (change: Change, row: Row | undefined, among: readonly Member[]): readonly Member[] => {
    if (single === undefined || change.served) return [];
    const parties = [...change.parties, ...(row?.partyKeys ?? [])];
    return among.filter((member) => !mayConcern(def, member, parties));
  };

  const tell = ({ key, position, parties, served = [] }: Change, row?: Row): void => {
    const reached = row && BigInt(row.position) > position ? BigInt(row.position) : position;
    told.set(key, { position: reached, parties: [...new Set([...parties, ...served, ...(row?.partyKeys ?? [])])] });
  };
  /** What of a notice is news: all of it, or those it names besides the ones served before. */
  const newsOf = (change: Change): readonly Change[] => {
    const before = told.get(change.key);
    if (!before || change.position > before.position) return [change];
    const besides = change.parties.filter((party) => !before.parties.includes(party));
    return besides.length > 0 ? [{ ...change, parties: besides, served: before.parties }] : [];
  };

  const flush = async (): Promise<void> => {
    if (flushing) return;
    flushing = true;
    while (pending.size > 0 && paused === 0) {
      const batch = [...pending.values()].sort((a, b) => (a.position < b.position ? -1 : 1));
      pending = new Map();
      try {
        const news = batch.flatMap(newsOf);
        for (const member of members) member.backlog?.push(...news);
        const live = [...members].filter((member) => member.backlog === undefined);
        await deliver(news, live);
        failures = 0;
        cursor = batch.at(-1)?.position ?? cursor;
      } catch (error) {
        batch.forEach(add);
        retry(error, flush);
      }
    }
    flushing = false;
  };

  /** Nothing is lost while the store is away: what could not be read waits, and is read once the store answers. */
  const retry = (cause: unknown, again: () => Promise<void>): void => {
    if (failures === 0) report(cause);
    failures += 1;
    paused += 1;
    const later = () => {
      paused -= 1;
      if (members.size > 0) void again();
    };
    setTimeout(later, Math.min(5_000, 100 * 2 ** failures)).unref();
  };

  /** Notices may be missing: everything since the last one is read again, in order, before anything newer is sent. */
  const gap = async (): Promise<void> => {
    paused += 1;
    try {
      const viewers = new Map([...members].map(({ viewer }) => [viewer.partyKeys.join(), viewer]));
      for (const viewer of viewers.values()) for await (const row of missed(cursor, viewer)) add(toChange(row));
    } catch (error) {
      retry(error, gap);
    } finally {
      paused -= 1;
    }
    await flush();
  };

  const toChange = (row: Row): Change => ({ key: row.id, position: BigInt(row.position), parties: row.partyKeys });
  const add = (change: Change): void => {
    const standing = pending.get(change.key);
    // A row that left somebody's sight is told twice: to those who see it now, and to those who did.
    const parties = standing ? [...new Set([...standing.parties, ...change.parties])] : change.parties;
    const position = standing && standing.position > change.position ? standing.position : change.position;
    pending.set(change.key, { key: change.key, position, parties });
  };

  /** What the client missed, then what arrived meanwhile; live from then on. Throws when it cannot be read. */
  const catchUp = async (member: Member): Promise<void> => {
    for await (const row of missed(member.after, member.viewer)) {
      await send([member], { position: row.position, change: 'UPSERTED', id: row.id, node: row });
      member.caughtUp.set(row.id, BigInt(row.position));
    }
    while (member.backlog && member.backlog.length > 0) {
      const waiting = member.backlog;
      member.backlog = [];
      await deliver(waiting, [member]);
    }
    member.backlog = undefined;
  };

  return {
    notice: (change: Change): void => {
      add(change);
      void flush();
    },
    join: async (member: Member): Promise<void> => {
      if (members.size === 0 && cursor === 0n) cursor = member.after;
      members.add(member);
      await catchUp(member);
    },
    leave: (member: Member): void => {
      member.left = true;
      members.delete(member);
    },
    gap,
    size: () => members.size,
  };
};
export type Channel = ReturnType<typeof createChannel>;
