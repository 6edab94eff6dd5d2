import type { LogMessage } from '@cargoro/infra/ports';

/** What arrived and was not taken yet. Taking takes all of it; a full inbox makes the sender wait. */
export const createInbox = (mostMessages: number) => {
  let messages: LogMessage[] = [];
  let failure: unknown;
  let ended = false;
  let wakeTaker: (() => void) | undefined;
  let wakeSender: (() => void) | undefined;
  const settle = () => wakeTaker?.();

  return {
    /** Reads a subscription into the inbox until it ends or fails; the failure reaches whoever takes. */
    fill: async (source: AsyncIterable<LogMessage>): Promise<void> => {
      try {
        for await (const message of source) {
          messages.push(message);
          settle();
          if (messages.length >= mostMessages)
            await new Promise<void>((resolve) => {
              wakeSender = resolve;
            });
        }
      } catch (error) {
        failure = error;
      }
      ended = true;
      settle();
    },
    /** Everything that arrived; waits for at least one message, unless `enough` without. Undefined when there is no more. */
    take: async (most: number, enough: () => boolean): Promise<readonly LogMessage[] | undefined> => {
      while (messages.length === 0) {
        if (failure) throw failure;
        if (ended) return undefined;
        if (enough()) return [];
        await new Promise<void>((resolve) => {
          wakeTaker = resolve;
        });
      }
      const taken = messages.length <= most ? messages : messages.slice(0, most);
      messages = messages.length <= most ? [] : messages.slice(most);
      wakeSender?.();
      return taken;
    },
    /** Lets a waiting taker look again. */
    wake: settle,
    /** Ends for both sides. */
    close: (): void => {
      ended = true;
      messages = [];
      settle();
      wakeSender?.();
    },
  };
};
