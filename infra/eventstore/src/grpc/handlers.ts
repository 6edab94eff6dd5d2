import type { ServerDuplexStream, ServerUnaryCall, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import type { Caller } from '../security/access.ts';
import { asFailure, type GrpcFailure, notReady } from './errors.ts';
import type { NodeContext } from './node-context.ts';
import { callSignal } from './send.ts';

/** A unary method from an async function; stopping the server answers it UNAVAILABLE, once. */
export const unary =
  <Request, Response>(node: NodeContext, handle: (request: Request, caller: Caller) => Promise<Response> | Response) =>
  (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    const settle = answerOnce(node, callback);
    const run = async (): Promise<Response> => handle(call.request, await node.access.identify(call.metadata));
    if (node.calls.stopping) settle.fail(notReady());
    else run().then(settle.succeed, (reason) => settle.fail(asFailure(reason)));
  };

/** Calls back exactly once, whichever of success, failure and shutdown comes first. */
export const answerOnce = <Response>(node: NodeContext, callback: sendUnaryData<Response>) => {
  let answered = false;
  const once = (answer: () => void): void => {
    if (answered) return;
    answered = true;
    untrack();
    answer();
  };
  const fail = (failure: GrpcFailure): void => once(() => callback(failure));
  const untrack = node.calls.trackUnary(fail);
  return { fail, succeed: (response: Response): void => once(() => callback(null, response)) };
};

type Streaming<Request> = ServerWritableStream<Request, Buffer> | ServerDuplexStream<never, Buffer>;

/** Runs a streaming call to its end: normal return ends it, a thrown failure becomes its status. */
export const streaming = async <Request>(
  node: NodeContext,
  call: Streaming<Request>,
  run: (caller: Caller, aborted: AbortSignal) => Promise<void>,
): Promise<void> => {
  const aborted = callSignal(call);
  const fail = (failure: GrpcFailure): void => {
    untrack();
    if (!aborted.aborted) call.emit('error', failure);
  };
  const untrack = node.calls.trackStream(fail);
  aborted.addEventListener('abort', untrack, { once: true });
  try {
    if (node.calls.stopping) throw notReady();
    await run(await node.access.identify(call.metadata), aborted);
    untrack();
    if (!aborted.aborted) call.end();
  } catch (reason) {
    fail(asFailure(reason));
  }
};
