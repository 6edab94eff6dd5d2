import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { type Server as GrpcServer, ServerCredentials } from '@grpc/grpc-js';
import type { TlsFiles } from '../options.ts';

export interface Listener {
  readonly port: number;
  /** No new connections. */
  stopAccepting(): void;
  destroyConnections(): void;
}

const PREFACE = 'PRI';

/** In clear text the first bytes of a connection tell gRPC from HTTP/1.1. */
const bySniffing = (grpc: (socket: Socket) => void, http: (socket: Socket) => void): NetServer =>
  createServer({ noDelay: true }, (socket) => {
    socket.once('readable', () => {
      const first: Buffer | null = socket.read();
      if (!first) return;
      socket.unshift(first);
      (first.toString('latin1', 0, PREFACE.length) === PREFACE ? grpc : http)(socket);
    });
  });

/** With TLS the two sides agree on the protocol in the handshake. */
const byAlpn = (tls: TlsFiles, grpc: (socket: Socket) => void, http: (socket: Socket) => void): NetServer => {
  const server = createTlsServer({ ...tls, ALPNProtocols: ['h2', 'http/1.1'], noDelay: true });
  server.on('secureConnection', (socket: TLSSocket) => (socket.alpnProtocol === 'h2' ? grpc : http)(socket));
  return server;
};

/** One port for gRPC and HTTP/1.1. */
export const listen = async (
  grpc: GrpcServer,
  http: HttpServer,
  host: string,
  port: number,
  tls?: TlsFiles,
): Promise<Listener> => {
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const toGrpc = (socket: Socket): void => injector.injectConnection(socket);
  const toHttp = (socket: Socket): void => void http.emit('connection', socket);
  const server = tls ? byAlpn(tls, toGrpc, toHttp) : bySniffing(toGrpc, toHttp);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
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
