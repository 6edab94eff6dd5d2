import { createNotifyLink } from './bus-notify.ts';
import { createRabbitLink } from './bus-rabbit.ts';
import { type Bus, type Notice, type PartState, tellChanges, Unavailable } from './ports.ts';
import type { Postgres } from './postgres.ts';

export type BusOptions = {
  /** RabbitMQ addresses, tried in turn; none means that only the stand-in is used. */
  readonly rabbitmqUrls: readonly string[];
  /** May Postgres stand in while RabbitMQ is away? If not, publishing throws Unavailable meanwhile. */
  readonly mayFallBack: boolean;
  /** For the stand-in: notices reach our other processes through LISTEN/NOTIFY. Without it, this process alone. */
  readonly postgres?: { readonly postgres: Postgres; readonly url: string };
  readonly exchange?: string;
  /** Told of each change between RabbitMQ and the stand-in. */
  readonly onState?: (state: PartState) => void;
};

/**
 * Change notices between our processes. Every process hears RabbitMQ and, when a stand-in is allowed, Postgres as well:
 * two processes may disagree for a moment on whether RabbitMQ is there, and no notice may fall between.
 */
export const createBus = async (options: BusOptions): Promise<Bus> => {
  const { rabbitmqUrls, mayFallBack, exchange = 'cargoro.notices', onState } = options;
  const handlers = new Set<(notice: Notice) => void>();
  const gapHandlers = new Set<() => void>();
  const deliver = (notice: Notice) => {
    for (const handler of handlers) handler(notice);
  };
  const gap = () => {
    for (const handler of gapHandlers) handler();
  };

  const tell = tellChanges(() => state(), onState);
  let wasUp = false;
  const rabbit = createRabbitLink({
    urls: rabbitmqUrls,
    exchange,
    onNotice: deliver,
    onUp: () => {
      if (wasUp) gap();
      wasUp = true;
      tell();
    },
    onDown: tell,
  });
  const notify =
    mayFallBack && options.postgres
      ? createNotifyLink({ ...options.postgres, channel: exchange, onNotice: deliver, onGap: gap })
      : undefined;

  const state = (): PartState => {
    if (rabbit.isUp()) return { part: 'rabbitmq', status: 'up' };
    if (!mayFallBack) return { part: 'rabbitmq', status: 'down', detail: rabbit.problem() };
    return {
      part: 'rabbitmq',
      status: 'degraded',
      fallback: notify ? 'postgres-notify' : 'in-process',
      detail: rabbit.problem(),
    };
  };
  let listening: Promise<unknown> | undefined;
  if (rabbitmqUrls.length > 0) await rabbit.start();

  return {
    publish: async (notices) => {
      if (notices.length === 0) return;
      if (rabbit.isUp()) return rabbit.publish(notices);
      if (!mayFallBack) throw new Unavailable('rabbitmq', `RabbitMQ is away: ${rabbit.problem()}`);
      await notify?.publish(notices);
      for (const notice of notices) deliver(notice);
    },
    subscribe: async (handler) => {
      handlers.add(handler);
      listening ??= Promise.all([rabbit.consume(), notify?.listen()]);
      await listening;
      return { close: async () => void handlers.delete(handler) };
    },
    onGap: (handler) => void gapHandlers.add(handler),
    state,
    close: async () => {
      handlers.clear();
      await Promise.all([rabbit.close(), notify?.close()]);
    },
  };
};
