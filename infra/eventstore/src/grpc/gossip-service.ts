import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import type { Server, UntypedServiceImplementation } from '@grpc/grpc-js';

export type MemberState = 'Leader' | 'Follower' | 'ReadOnlyReplica' | 'ReadOnlyLeaderless';

export interface Member {
  readonly instanceId: string;
  readonly host: string;
  readonly port: number;
  readonly state: MemberState;
  readonly alive: boolean;
}

const STATE = { Leader: 8, Follower: 6, ReadOnlyReplica: 14, ReadOnlyLeaderless: 12 } as const;

const memberInfo = (member: Member): gossipPb.MemberInfo =>
  new gossipPb.MemberInfo()
    .setInstanceId(new sharedPb.UUID().setString(member.instanceId))
    .setTimeStamp(`${Date.now()}0000`)
    .setState(STATE[member.state])
    .setIsAlive(member.alive)
    .setHttpEndPoint(new gossipPb.EndPoint().setAddress(member.host).setPort(member.port));

export const addGossip = (server: Server, members: () => readonly Member[]): void => {
  const implementation: UntypedServiceImplementation = {
    read: (_call: unknown, callback: (error: null, response: gossipPb.ClusterInfo) => void) =>
      callback(null, new gossipPb.ClusterInfo().setMembersList(members().map(memberInfo))),
  };
  server.addService(GossipService, implementation);
};
