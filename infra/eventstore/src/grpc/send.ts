import type { ServerDuplexStream, ServerWritableStream } from '@grpc/grpc-js';

type Writable = ServerWritableStream<unknown, Buffer> | ServerDuplexStream<never, Buffer>;

/** Aborts when the client cancels, disconnects, or the server ends the call. */
export const callSignal = (call: Writable): AbortSignal => {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  call.on('cancelled', abort);
  call.on('close', abort);
  call.on('error', abort);
  return controller.signal;
};

/** Writes a message; returns a promise only when the client is too slow and the caller has to wait for it. */
export const send = (call: Writable, message: Buffer, aborted: AbortSignal): Promise<void> | undefined => {
  if (call.write(message) || aborted.aborted) return undefined;
  return new Promise((resolve) => {
    const done = (): void => {
      call.removeListener('drain', done);
      aborted.removeEventListener('abort', done);
      resolve();
    };
    call.once('drain', done);
    aborted.addEventListener('abort', done, { once: true });
  });
};
