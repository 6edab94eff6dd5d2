import { PersistentSubscriptionsService } from '@eventstore/db-client/generated/persistent_grpc_pb.js';
import persistentPb from '@eventstore/db-client/generated/persistent_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import type { Server, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Group } from '../persistent/group.ts';
import type { Caller } from '../security/access.ts';
import { invalidArgument } from './errors.ts';
import { requireLeader, unary } from './handlers.ts';
import type { NodeContext } from './node-context.ts';
import { groupExists, groupFailed, groupMissing } from './persistent-errors.ts';
import { subscriptionInfo } from './persistent-info.ts';
import { persistentReadService } from './persistent-read-service.ts';
import { groupConfig, sourceName, streamNameOf } from './persistent-settings.ts';

const OPERATORS = ['$admins', '$ops'];

type Named = {
  hasAll(): boolean;
  getStreamIdentifier(): sharedPb.StreamIdentifier | undefined;
  getGroupName(): string;
};

const given = <T>(options: T | undefined): T => {
  if (options === undefined) throw invalidArgument('Options are missing.');
  return options;
};

const findGroup = (node: NodeContext, options: Named): Group => {
  const source = options.hasAll() ? '$all' : streamNameOf(options.getStreamIdentifier());
  const group = node.subscriptions.find(source, options.getGroupName());
  if (!group) throw groupMissing(source, options.getGroupName());
  return group;
};

const create = (node: NodeContext) => async (request: persistentPb.CreateReq, caller: Caller) => {
  node.access.checkRole(caller, OPERATORS);
  const options = given(request.getOptions());
  const config = groupConfig(node.log, options);
  if (node.subscriptions.find(config.source, config.group)) throw groupExists(config.source, config.group);
  await node.subscriptions.create(config);
  return new persistentPb.CreateResp();
};

/** The filter and the first cursor belong to the group for life; everything else is replaced. */
const update = (node: NodeContext) => async (request: persistentPb.UpdateReq, caller: Caller) => {
  node.access.checkRole(caller, OPERATORS);
  const options = given(request.getOptions());
  const old = node.subscriptions.find(sourceName(options), options.getGroupName());
  if (!old) throw groupMissing(sourceName(options), options.getGroupName());
  const { filter } = old.config;
  await node.subscriptions.update({ ...groupConfig(node.log, options), ...(filter && { filter }) });
  return new persistentPb.UpdateResp();
};

const remove = (node: NodeContext) => async (request: persistentPb.DeleteReq, caller: Caller) => {
  node.access.checkRole(caller, OPERATORS);
  await node.subscriptions.delete(findGroup(node, given(request.getOptions())));
  return new persistentPb.DeleteResp();
};

const getInfo = (node: NodeContext) => (request: persistentPb.GetInfoReq, caller: Caller) => {
  node.access.checkRole(caller, []);
  return new persistentPb.GetInfoResp().setSubscriptionInfo(
    subscriptionInfo(findGroup(node, given(request.getOptions()))),
  );
};

const list = (node: NodeContext) => (request: persistentPb.ListReq, caller: Caller) => {
  node.access.checkRole(caller, []);
  const options = given(request.getOptions());
  const ofStream = options.getListForStream();
  const source = ofStream && (ofStream.hasAll() ? '$all' : streamNameOf(ofStream.getStream()));
  const groups = node.subscriptions.list(source);
  if (source !== undefined && groups.length === 0) throw groupMissing(source, '');
  return new persistentPb.ListResp().setSubscriptionsList(groups.map(subscriptionInfo));
};

const replayParked = (node: NodeContext) => (request: persistentPb.ReplayParkedReq, caller: Caller) => {
  node.access.checkRole(caller, OPERATORS);
  const options = given(request.getOptions());
  const group = findGroup(node, options);
  const stopAt = options.hasStopAt() ? Number(options.getStopAt()) : undefined;
  if (stopAt !== undefined && stopAt < 0)
    throw groupFailed(
      group.config.source,
      group.config.group,
      'Cannot stop replaying parked message at a negative version.',
    );
  // The answer does not wait for the replay, as in the real server.
  group.replayParked(stopAt);
  return new persistentPb.ReplayParkedResp();
};

const restartSubsystem = (node: NodeContext) => async (_request: sharedPb.Empty, caller: Caller) => {
  node.access.checkRole(caller, OPERATORS);
  await node.subscriptions.restart();
  return new sharedPb.Empty();
};

const definition = {
  ...PersistentSubscriptionsService,
  read: { ...PersistentSubscriptionsService.read, responseSerialize: (bytes: Buffer): Buffer => bytes },
};

export const addPersistentSubscriptions = (server: Server, node: NodeContext): void => {
  const onLeader = <Request, Response>(handle: (request: Request, caller: Caller) => Promise<Response> | Response) =>
    unary(node, (request: Request, caller) => {
      requireLeader(node);
      return handle(request, caller);
    });
  const methods = {
    create: onLeader(create(node)),
    update: onLeader(update(node)),
    delete: onLeader(remove(node)),
    read: persistentReadService(node),
    getInfo: onLeader(getInfo(node)),
    list: onLeader(list(node)),
    replayParked: onLeader(replayParked(node)),
    restartSubsystem: onLeader(restartSubsystem(node)),
  };
  server.addService(definition, methods as unknown as UntypedServiceImplementation);
};
