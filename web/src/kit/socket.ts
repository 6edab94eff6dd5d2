import { type Client, createClient } from 'graphql-ws';
import { create } from 'zustand';
import { forgetToken, getToken } from './token.ts';

/** `down` is told in the bar; `idle` while nothing on the page is live. */
export const useConnection = create<{ socket: 'idle' | 'up' | 'down'; since: number }>()(() => ({
  socket: 'idle',
  since: 0,
}));
const become = (socket: 'idle' | 'up' | 'down'): void => {
  if (useConnection.getState().socket !== socket) useConnection.setState({ socket, since: Date.now() });
};

let client: Client | undefined;
let address: string | undefined;

const absolute = (url: string): string => {
  const target = new URL(url);
  // Behind a loopback address the page's own host is the one the browser can reach.
  if (['127.0.0.1', 'localhost', '[::1]'].includes(target.hostname)) target.hostname = location.hostname;
  if (location.protocol === 'https:') target.protocol = 'wss:';
  return target.toString();
};

/** The tab's one socket; every live query shares it. The gateway closes it when a token ends, and it returns with a new one. */
export const socket = (url: string): Client => {
  if (client && address === url) return client;
  void client?.dispose();
  address = url;
  client = createClient({
    url: absolute(url),
    lazy: true,
    lazyCloseTimeout: 3_000,
    keepAlive: 12_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) =>
      new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** retries, 8_000) * (0.7 + Math.random() * 0.6))),
    shouldRetry: () => true,
    connectionParams: async () => ({ token: await getToken(), locale: document.documentElement.lang }),
    on: {
      connected: () => become('up'),
      closed: (event) => {
        const code = (event as { code?: number }).code;
        if (code === 4401 || code === 4403) forgetToken();
        if (code !== 1000 && code !== 4403) become('down');
      },
      error: () => become('down'),
    },
  });
  return client;
};
