import { createServer } from 'node:net';

const tryListen = (port: number, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(undefined) : reject(error),
    );
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });

/** A port nobody listens on at this moment: `wanted`, else the next free one above it; any when `wanted` is 0. */
export const freePort = async (wanted = 0, host = '127.0.0.1'): Promise<number> => {
  for (let port = wanted; port < wanted + 100; port++) {
    const found = await tryListen(port, host);
    if (found !== undefined) return found;
  }
  throw new Error(`No free port from ${wanted} to ${wanted + 99}`);
};
