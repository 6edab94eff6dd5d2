import WebSocket from 'ws';

/** One process with many subscribers to the same live query; it notes when the last of them had each change. */
export type Listen = {
  readonly url: string;
  readonly token: string;
  readonly query: string;
  readonly subscribers: number;
};

const now = (): number => performance.timeOrigin + performance.now();
/** By `id revision`: how many had it, and when the last one did (milliseconds since 1970). */
const seen = new Map<string, { count: number; at: number }>();

const listen = ({ url, token, query }: Listen): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws');
    socket.on('error', reject);
    socket.on('close', (code, reason) => {
      if (process.connected) throw new Error(`A subscriber was closed: ${code} ${reason}`);
    });
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { token } })));
    socket.on('message', (data) => {
      const at = now();
      const message = JSON.parse(String(data)) as { type: string; payload?: Next };
      if (message.type === 'connection_ack') {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
        resolve(socket);
      } else if (message.type === 'ping') socket.send('{"type":"pong"}');
      else if (message.type === 'next') {
        const [change] = Object.values(message.payload?.data ?? {});
        if (!change) throw new Error(String(data));
        const key = `${change.node.id} ${change.node.itemCount}`;
        const known = seen.get(key) ?? { count: 0, at };
        seen.set(key, { count: known.count + 1, at });
      } else if (message.type !== 'pong') throw new Error(String(data));
    });
  });
type Next = {
  readonly data?: Readonly<Record<string, { readonly node: { readonly id: string; readonly itemCount: number } }>>;
};

let sockets: readonly WebSocket[] = [];
process.on('message', async (message: { listen: Listen } | 'seen' | 'forget') => {
  if (message === 'seen') return process.send?.([...seen]);
  if (message === 'forget') return seen.clear();
  const { listen: wanted } = message;
  sockets = await Promise.all(Array.from({ length: wanted.subscribers }, () => listen(wanted)));
  process.send?.('listening');
});
process.on('disconnect', () => {
  for (const socket of sockets) socket.terminate();
  process.exit();
});
