import type persistentPb from '@eventstore/db-client/generated/persistent_pb.js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { Consumer } from '../persistent/consumer.ts';
import type { Group, NackAction } from '../persistent/group.ts';
import { groupKey } from '../persistent/settings.ts';
import type { Caller } from '../security/access.ts';
import { ProtoBuilder } from '../wire/proto-builder.ts';
import { encodeReadEvent, uuidText } from '../wire/read-responses.ts';
import { asFailure, type GrpcFailure, invalidArgument } from './errors.ts';
import { requireLeader, streaming } from './handlers.ts';
import type { NodeContext } from './node-context.ts';
import { groupDropped, groupFull, groupMissing } from './persistent-errors.ts';
import { streamNameOf } from './persistent-settings.ts';
import { checkRead } from './read-call.ts';

type Call = ServerDuplexStream<never, Buffer>;
type Options = persistentPb.ReadReq.Options;

/** What may wait for a slow connection; its other messages wait in the group, or go to others. */
const UNSENT_BYTES = 1024 * 1024;

const ACTIONS: readonly NackAction[] = ['unknown', 'park', 'retry', 'skip', 'stop'];

const confirmation = (key: string): Buffer =>
  new ProtoBuilder().bytes(0x12, new ProtoBuilder().text(0x0a, key).build()).build();

const idsOf = (answer: persistentPb.ReadReq.Ack | persistentPb.ReadReq.Nack): string[] =>
  answer.getIdsList().map((id) => {
    const structured = id.getStructured();
    return structured
      ? uuidText(structured.getMostSignificantBits(), structured.getLeastSignificantBits())
      : id.getString().toLowerCase();
  });

const connect = (
  node: NodeContext,
  call: Call,
  caller: Caller,
  options: Options,
  drop: (failure: GrpcFailure) => void,
): { group: Group; consumer: Consumer } => {
  const source = options.hasAll() ? '$all' : streamNameOf(options.getStreamIdentifier());
  const name = options.getGroupName();
  requireLeader(node);
  node.access.checkRole(caller, []);
  checkRead(node, caller, source);
  const group = node.subscriptions.find(source, name);
  if (!group) throw groupMissing(source, name);
  if (group.isFull) throw groupFull(source, name);
  let unsent = 0;
  const isClogged = (): boolean => unsent >= UNSENT_BYTES;
  const write = (bytes: Buffer): void => {
    unsent += bytes.length;
    call.write(bytes, () => {
      const clogged = isClogged();
      unsent -= bytes.length;
      if (clogged && !isClogged()) group.pump();
    });
  };
  const form = options.getUuidOption()?.hasStructured() ? 'structured' : 'string';
  const consumer = group.connect({
    username: caller.user ?? 'anonymous',
    connectionName: String(call.metadata.get('connection-name')[0] ?? '\\<unknown\\>'),
    from: call.getPeer(),
    slots: Math.max(1, options.getBufferSize()),
    deliver: (message) => write(encodeReadEvent(message.resolved, form, message.retryCount)),
    isClogged,
    drop: () => drop(groupDropped(source, name)),
  });
  call.write(confirmation(groupKey(source, name)));
  group.pump();
  return { group, consumer };
};

/** PersistentSubscriptions.Read: options first, then acknowledgements, while events flow the other way. */
export const persistentReadService =
  (node: NodeContext) =>
  (call: Call): void => {
    call.pause();
    void streaming(
      node,
      call,
      (caller, aborted) =>
        new Promise((finish, fail) => {
          let connection: ReturnType<typeof connect> | undefined;
          const end = (): void => {
            if (connection) connection.group.disconnect(connection.consumer);
            finish();
          };
          const drop = (failure: GrpcFailure): void => {
            if (connection) connection.group.disconnect(connection.consumer);
            fail(failure);
          };
          aborted.addEventListener('abort', end, { once: true });
          call.on('data', (request: persistentPb.ReadReq) => {
            try {
              const options = request.getOptions();
              if (options && !connection) connection = connect(node, call, caller, options, drop);
              if (!connection) throw invalidArgument('The first message must be the options.');
              const ack = request.getAck();
              const nack = request.getNack();
              if (ack) connection.group.ack(connection.consumer, idsOf(ack));
              if (nack)
                connection.group.nack(
                  connection.consumer,
                  idsOf(nack),
                  ACTIONS[nack.getAction()] ?? 'unknown',
                  nack.getReason(),
                );
            } catch (reason) {
              drop(asFailure(reason));
            }
          });
          call.on('end', end);
          call.resume();
        }),
    );
  };
