import { randomUUID } from 'node:crypto';
import { ErrorType, type EventStoreDBClient } from '@eventstore/db-client';
import service from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { type AppendResponse, decodeAppendResponse, encodeAppend } from './append-codec.ts';
import { toLogError } from './event-log-mapping.ts';
import { callsOf, openCall } from './log-calls.ts';
import { type NewEvent, RevisionConflict, Unavailable } from './ports.ts';

type AppendCall = ClientDuplexStream<Buffer, AppendResponse>;
type Answer = { readonly revision: bigint; readonly position: bigint | undefined };
type Waiting = { readonly stream: string; resolve(answer: Answer): void; reject(error: Error): void };

const appends = callsOf('batchAppend', {
  ...(service.StreamsService.batchAppend as object),
  requestSerialize: (request: Buffer) => request,
  responseDeserialize: decodeAppendResponse,
});

/** What a refusal is called by the client's own errors, for the ones that asking again would not change. */
const lasting: Readonly<Record<string, string>> = {
  StreamDeleted: ErrorType.STREAM_DELETED,
  AccessDenied: ErrorType.ACCESS_DENIED,
  MaximumAppendSizeExceeded: ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  BadRequest: ErrorType.INVALID_ARGUMENT,
};

const refusal = (stream: string, { error, message }: { error: string; message: string }): Error => {
  if (error === 'WrongExpectedVersion') return new RevisionConflict(`${stream} has moved on`);
  const type = lasting[error];
  if (type) return Object.assign(new Error(`${stream}: ${error} ${message}`), { type });
  return new Unavailable('eventstore', `${stream} could not be appended to: ${error} ${message}`);
};

/**
 * Appends over one shared BatchAppend call, as the official client does, many in flight at once. When the call breaks,
 * those in flight fail as Unavailable: whether they were stored is unknown, and their event ids make a repeat harmless.
 */
export const createAppender = (client: EventStoreDBClient, timeoutMs: number) => {
  const waiting = new Map<AppendCall, Map<string, Waiting>>();
  const cache = new WeakMap<object, AppendCall>();

  const start = (): Promise<AppendCall> =>
    openCall<AppendCall>(
      client,
      appends,
      'appendToStream',
      (call, ...args) => {
        const opened = call(...args);
        const pending = new Map<string, Waiting>();
        waiting.set(opened, pending);
        const failAll = (error: unknown) => {
          waiting.delete(opened);
          for (const one of pending.values()) one.reject(toLogError(error));
          pending.clear();
        };
        return opened
          .on('data', (response: AppendResponse) => {
            const one = pending.get(response.correlationId);
            pending.delete(response.correlationId);
            if (response.ok) one?.resolve(response);
            else one?.reject(refusal(one.stream, response));
          })
          .on('error', failAll)
          .on('end', () => failAll(new Unavailable('eventstore', 'The event store ended the call')));
      },
      cache as never,
    );

  return async (stream: string, events: readonly NewEvent[], expected: bigint): Promise<Answer> => {
    const call = await start().catch((error: unknown) => {
      throw toLogError(error);
    });
    const pending = waiting.get(call);
    if (!pending) throw new Unavailable('eventstore', 'The event store ended the call');
    const correlationId = randomUUID();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        pending.delete(correlationId);
        reject(new Unavailable('eventstore', `The event store gave no answer in ${timeoutMs} ms`));
      }, timeoutMs);
      const settle =
        <T>(done: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          done(value);
        };
      pending.set(correlationId, { stream, resolve: settle(resolve), reject: settle(reject) });
      call.write(
        encodeAppend({
          correlationId,
          stream,
          expected,
          deadlineMs: Date.now() + timeoutMs,
          events: events.map(({ id, type, data, meta }) => ({
            id,
            type,
            data: JSON.stringify(data),
            meta: JSON.stringify(meta),
          })),
        }),
      );
    });
  };
};
