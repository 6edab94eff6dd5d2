import { positionNotices } from '@cargoro/commands';
import type { Bus, Notice } from '@cargoro/infra/ports';
import type { PositionReader, Positions } from '@cargoro/read-api';
import { problem } from '../errors.ts';
import type { Viewer } from '../read-types.ts';
import type { GatewayContext } from '../schema/context.ts';
import type { Sink } from './member.ts';
import type { CompiledSelection } from './selection.ts';

/** At most so often a delivery's position is read and sent, in milliseconds. */
const everyMs = 1_000;
/** Tells of the delivery itself: that it departed, was handed over, or has another party. */
const deliveryNotices = 'rm_delivery';

type Listener = PositionReader & {
  readonly viewer: Viewer;
  readonly sink: Sink;
  readonly selection: CompiledSelection;
  readonly context: GatewayContext;
  seenAt: string | undefined;
};
type Watched = { readonly listeners: Set<Listener>; due: boolean; timer: NodeJS.Timeout | undefined };

export type PositionFeedDeps = {
  readonly bus: Bus;
  readonly positions: Positions;
  readonly report: (cause: unknown) => void;
};
export type PositionFeed = {
  /** Throws FORBIDDEN for whoever is no party of the delivery. Returns how to leave. */
  join(deliveryId: string, listener: Omit<Listener, 'seenAt'>): Promise<() => void>;
  size(): number;
  close(): Promise<void>;
};

/**
 * Live positions. A notice says that there is one to read, for it holds none; each delivery is read at most once a second
 * for all who listen, and rights are looked at each time: who is no party any more is shut out, and when the car is not on
 * its way there is silence.
 */
export const createPositionFeed = async ({ bus, positions, report }: PositionFeedDeps): Promise<PositionFeed> => {
  const watched = new Map<string, Watched>();

  const leave = (deliveryId: string, listener: Listener): void => {
    const one = watched.get(deliveryId);
    if (!one?.listeners.delete(listener) || one.listeners.size > 0) return;
    clearTimeout(one.timer);
    watched.delete(deliveryId);
  };
  const entitled = async (deliveryId: string, listeners: readonly Listener[]): Promise<readonly Listener[]> => {
    const rights = await Promise.all(listeners.map(({ viewer }) => positions.right(deliveryId, viewer)));
    for (const [n, listener] of listeners.entries())
      if (rights[n] === 'hidden') {
        leave(deliveryId, listener);
        listener.sink.forbid('You may no longer see this delivery');
      }
    return listeners.filter((_, n) => rights[n] === 'shown');
  };
  const send = async (deliveryId: string, { listeners }: Watched): Promise<void> => {
    const readers = await entitled(deliveryId, [...listeners]);
    if (readers.length === 0) return;
    const { position, shownTo } = await positions.show(deliveryId, readers, 'live');
    if (!position) return;
    for (const listener of shownTo) {
      listener.seenAt = position.at;
      const payload = await listener.selection.render(position, listener.context, report);
      if (listeners.has(listener)) listener.sink.send(payload);
    }
  };
  /** Now, or once the last second is over. */
  const ask = (deliveryId: string): void => {
    const one = watched.get(deliveryId);
    if (!one) return;
    if (one.timer) {
      one.due = true;
      return;
    }
    one.due = false;
    const rested = () => {
      one.timer = undefined;
      if (one.due) ask(deliveryId);
    };
    one.timer = setTimeout(rested, everyMs).unref();
    send(deliveryId, one).catch((cause: unknown) => {
      report(cause);
      one.due = true;
    });
  };
  const onNotice = ({ readModel, key }: Notice): void => {
    if (readModel === positionNotices || readModel === deliveryNotices) ask(key);
  };
  const subscription = await bus.subscribe(onNotice);
  bus.onGap(() => {
    for (const deliveryId of watched.keys()) ask(deliveryId);
  });

  return {
    join: async (deliveryId, asked) => {
      if ((await positions.right(deliveryId, asked.viewer)) === 'hidden')
        throw problem('FORBIDDEN', 'There is no such record, or you may not see it');
      const listener: Listener = { ...asked, seenAt: undefined };
      const one = watched.get(deliveryId) ?? { listeners: new Set(), due: false, timer: undefined };
      watched.set(deliveryId, one);
      one.listeners.add(listener);
      ask(deliveryId);
      return () => leave(deliveryId, listener);
    },
    size: () => [...watched.values()].reduce((sum, { listeners }) => sum + listeners.size, 0),
    close: async () => {
      for (const { timer } of watched.values()) clearTimeout(timer);
      watched.clear();
      await subscription.close();
    },
  };
};
