import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net';
import type { Server as GrpcServer } from '@grpc/grpc-js';
import { ServerCredentials } from '@grpc/grpc-js';

export interface Listener {
  readonly port: number;
  /** No new connections. */
  stopAccepting(): void;
  destroyConnections(): void;
}

const PREFACE = 'PRI';

/** One port for gRPC and HTTP/1.1: the first bytes of a connection tell which it is. */
export const listen = async (grpc: GrpcServer, http: HttpServer, host: string, port: number): Promise<Listener> => {
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const sockets = new Set<Socket>();
  const server: NetServer = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first: Buffer | null = socket.read();
      if (!first) return;
      socket.unshift(first);
      if (first.toString('latin1', 0, PREFACE.length) === PREFACE) injector.injectConnection(socket);
      else http.emit('connection', socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stopAccepting: () => server.close(),
    destroyConnections: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
};
