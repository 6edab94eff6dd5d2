import type { Metadata, ServerDuplexStream, ServerUnaryCall, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import type { Caller } from '../security/access.ts';
import { asFailure, type GrpcFailure, notLeader, notReady } from './errors.ts';
import type { NodeContext } from './node-context.ts';
import { callSignal } from './send.ts';

/** Whether this node takes the call at all: not while it stops, and not as a follower if the leader is asked for. */
export const admit = (node: NodeContext, metadata: Metadata): void => {
  if (node.calls.stopping) throw notReady();
  if (!node.leader || String(metadata.get('requires-leader')[0]).toLowerCase() !== 'true') return;
  const { host, port } = node.leader();
  throw notLeader(host, port);
};

/** Persistent subscriptions live on the leader alone. */
export const requireLeader = (node: NodeContext): void => {
  if (!node.leader) return;
  const { host, port } = node.leader();
  throw notLeader(host, port);
};

/** A unary method from an async function; stopping the server answers it UNAVAILABLE, once. */
export const unary =
  <Request, Response>(node: NodeContext, handle: (request: Request, caller: Caller) => Promise<Response> | Response) =>
  (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    const settle = answerOnce(node, callback);
    const run = async (): Promise<Response> => {
      admit(node, call.metadata);
      return handle(call.request, await node.access.identify(call.metadata));
    };
    run().then(settle.succeed, (reason) => settle.fail(asFailure(reason)));
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
    admit(node, call.metadata);
    await run(await node.access.identify(call.metadata), aborted);
    untrack();
    if (!aborted.aborted) call.end();
  } catch (reason) {
    fail(asFailure(reason));
  }
};
