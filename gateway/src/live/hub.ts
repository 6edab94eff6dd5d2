import type { Bus, Notice } from '@cargoro/infra/ports';
import { problem } from '../errors.ts';
import type { ReadApi, SubscriptionDef } from '../read-types.ts';
import type { GatewayContext } from '../schema/context.ts';
import { type Channel, createChannel, type LiveStats } from './channel.ts';
import type { Member } from './member.ts';

export type HubDeps = {
  readonly bus: Bus;
  readonly readApi: ReadApi;
  readonly contextOf: (member: Member) => GatewayContext;
  readonly report: (cause: unknown) => void;
};
type Joining = Omit<Member, 'after' | 'backlog' | 'caughtUp' | 'left'> & {
  readonly def: SubscriptionDef;
  readonly args: Record<string, unknown>;
  readonly afterPosition: bigint | undefined;
};

/** A channel, and how many listen to it or are about to: those who join keep it as much as those who are there. */
type Held = { readonly channel: Channel; holders: number };

/** How long a subscription waits for its read model to reach `afterPosition`, so that a record just made is there. */
const longestWaitMs = 2_000;

const scopeKey = (fields: readonly string[], valueAt: (field: string) => string | undefined): string =>
  JSON.stringify(fields.map(valueAt));

/**
 * Carries change notices to the subscriptions they concern. Channels are found by the values their match names, so a
 * notice costs the same however many subscriptions there are for other rows.
 */
export const createHub = async ({ bus, readApi, contextOf, report }: HubDeps) => {
  const stats: LiveStats = { executions: 0, deliveries: 0, reads: 0 };
  /** Read model → matched fields (joined) → their values → channels. */
  const index = new Map<string, Map<string, Map<string, Map<string, Held>>>>();

  const channelsFor = (readModel: string, fields: readonly string[], values: string, make = false) => {
    const name = fields.join();
    const byFields = index.get(readModel) ?? new Map<string, Map<string, Map<string, Held>>>();
    const byValues = byFields.get(name) ?? new Map<string, Map<string, Held>>();
    const channels = byValues.get(values) ?? new Map<string, Held>();
    if (make) {
      index.set(readModel, byFields);
      byFields.set(name, byValues);
      byValues.set(values, channels);
    }
    return { channels, forget: () => channels.size === 0 && byValues.delete(values) };
  };

  const onNotice = ({ readModel, key, position, parties, scope }: Notice): void => {
    for (const fields of index.get(readModel)?.keys() ?? []) {
      const names = fields === '' ? [] : fields.split(',');
      // A row stands in the scope of each of its parties.
      for (const party of names.includes('partyKeys') ? parties : [undefined]) {
        const own: Readonly<Record<string, string | undefined>> = { id: key, partyKeys: party };
        const values = scopeKey(names, (field) => (field in own ? own[field] : scope[field]));
        for (const { channel } of channelsFor(readModel, names, values).channels.values())
          channel.notice({ key, position: BigInt(position), parties });
      }
    }
  };
  const subscription = await bus.subscribe(onNotice);
  const all = function* (): Generator<Channel> {
    for (const byFields of index.values())
      for (const byValues of byFields.values())
        for (const channels of byValues.values()) for (const { channel } of channels.values()) yield channel;
  };
  bus.onGap(() => {
    for (const channel of all()) void channel.gap();
  });

  const join = async ({ def, args, afterPosition, ...asked }: Joining): Promise<() => void> => {
    const { viewer } = asked;
    const match = def.match(args as never, viewer);
    const fields = Object.keys(match).sort();
    const values = scopeKey(fields, (field) => match[field]);
    if (afterPosition !== undefined) await readApi.waitFor(def.readModel, afterPosition, longestWaitMs);

    const { channels, forget } = channelsFor(def.readModel.name, fields, values, true);
    const make = (): Held => ({
      channel: createChannel(def, args, match, { readApi, contextOf, report, stats }),
      holders: 0,
    });
    const held = channels.get(def.name) ?? make();
    const { channel } = held;
    channels.set(def.name, held);
    held.holders += 1;
    let gone = false;
    const leave = (member?: Member) => {
      if (gone) return;
      gone = true;
      if (member) channel.leave(member);
      held.holders -= 1;
      if (held.holders > 0) return;
      channels.delete(def.name);
      forget();
    };
    let member: Member | undefined;
    try {
      if (match.id !== undefined) {
        const rows = await readApi.byKeys(def.readModel, [match.id], viewer, def.open);
        if (!rows.has(match.id)) throw problem('FORBIDDEN', 'There is no such record, or you may not see it');
      }
      const after = afterPosition ?? (await readApi.position(def.readModel));
      member = { ...asked, after, backlog: [], caughtUp: new Map(), left: false };
      await channel.join(member);
      const joined = member;
      return () => leave(joined);
    } catch (error) {
      leave(member);
      throw error;
    }
  };

  const subscribed = () => [...all()].reduce((sum, channel) => sum + channel.size(), 0);
  return { join, stats: () => ({ ...stats, subscriptions: subscribed() }), close: () => subscription.close() };
};
export type Hub = Awaited<ReturnType<typeof createHub>>;
