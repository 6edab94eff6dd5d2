import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { Caller } from '../security/access.ts';
import { type AppendOutcome, softDelete, tombstone } from '../streams/append.ts';
import { ANY, NO_STREAM, STREAM_EXISTS } from '../streams/names.ts';
import { checkDelete } from './append-request.ts';
import { invalidArgument, streamDeleted, wrongExpectedVersion } from './errors.ts';
import type { NodeContext } from './node-context.ts';

type Options = streamsPb.DeleteReq.Options | streamsPb.TombstoneReq.Options;

const expectedOf = (options: Options): number => {
  if (options.hasNoStream()) return NO_STREAM;
  if (options.hasStreamExists()) return STREAM_EXISTS;
  return options.hasRevision() ? Number(options.getRevision()) : ANY;
};

const run = async (
  node: NodeContext,
  caller: Caller,
  options: Options | undefined,
  remove: typeof softDelete,
): Promise<number> => {
  if (!options) throw invalidArgument('Options are missing.');
  const stream = Buffer.from(options.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');
  checkDelete(node.access, caller, stream);
  const outcome: AppendOutcome = await remove(node.log, stream, expectedOf(options));
  if (outcome.kind === 'deleted') throw streamDeleted(stream);
  if (outcome.kind === 'wrong-version') throw wrongExpectedVersion(stream, outcome.expected, outcome.current);
  return outcome.position;
};

export const deleteService =
  (node: NodeContext) =>
  async (request: streamsPb.DeleteReq, caller: Caller): Promise<streamsPb.DeleteResp> => {
    const position = String(await run(node, caller, request.getOptions(), softDelete));
    const at = new streamsPb.DeleteResp.Position().setCommitPosition(position).setPreparePosition(position);
    return new streamsPb.DeleteResp().setPosition(at);
  };

export const tombstoneService =
  (node: NodeContext) =>
  async (request: streamsPb.TombstoneReq, caller: Caller): Promise<streamsPb.TombstoneResp> => {
    const position = String(await run(node, caller, request.getOptions(), tombstone));
    const at = new streamsPb.TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position);
    return new streamsPb.TombstoneResp().setPosition(at);
  };
