import type { Metadata, ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import type { Caller } from '../security/access.ts';
import { append } from '../streams/append.ts';
import type { AppendMessage, AppendOptions } from '../wire/append-messages.ts';
import { encodeAppended, encodeWrongExpectedVersion } from '../wire/append-responses.ts';
import { checkWrite, ProposedEvents } from './append-request.ts';
import { asFailure, invalidArgument, streamDeleted } from './errors.ts';
import { admit, answerOnce } from './handlers.ts';
import type { NodeContext } from './node-context.ts';

const identify = async (node: NodeContext, metadata: Metadata): Promise<Caller> => {
  admit(node, metadata);
  return node.access.identify(metadata);
};

/** Streams.Append: the options first, then one message per event, one answer at the end (or earlier, if refused). */
export const appendService =
  (node: NodeContext) =>
  (call: ServerReadableStream<AppendMessage, Buffer>, callback: sendUnaryData<Buffer>): void => {
    const answer = answerOnce(node, callback);
    const proposed = new ProposedEvents(node.limits);
    const caller = identify(node, call.metadata);
    caller.catch((reason) => answer.fail(asFailure(reason)));
    let options: AppendOptions | undefined;
    const finish = async (): Promise<Buffer> => {
      if (!options) throw invalidArgument('The first message of an append must be its options.');
      checkWrite(node.access, await caller, options.stream);
      const outcome = await append(node.log, options.stream, options.expected, proposed.events);
      if (outcome.kind === 'deleted') throw streamDeleted(options.stream);
      return outcome.kind === 'appended'
        ? encodeAppended(outcome)
        : encodeWrongExpectedVersion(outcome.expected, outcome.current);
    };
    call.on('data', (message: AppendMessage) => {
      try {
        if (message.options) options = message.options;
        if (message.proposed) proposed.add(message.proposed);
      } catch (reason) {
        answer.fail(asFailure(reason));
        call.removeAllListeners('data');
        call.resume();
      }
    });
    call.on('error', (reason) => answer.fail(asFailure(reason)));
    call.on('end', () => {
      finish().then(answer.succeed, (reason) => answer.fail(asFailure(reason)));
    });
  };
