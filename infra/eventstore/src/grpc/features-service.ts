import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { Server, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';

export const SERVER_VERSION = '24.6.0';

const FEATURES: Readonly<Record<string, readonly string[]>> = {
  '/event_store.client.streams.streams/read': ['position', 'events'],
  '/event_store.client.streams.streams/batchappend': ['deadline_duration'],
  '/event_store.client.projections.projections/create': ['track_emitted_streams'],
};

const featuresOf = (path: string): readonly string[] =>
  path.startsWith('/event_store.client.persistent_subscriptions.') ? ['stream', 'all'] : (FEATURES[path] ?? []);

/** What the client asks first: which methods there are (in lower case) and which version to behave for. */
export const addServerFeatures = (server: Server, services: readonly ServiceDefinition[]): void => {
  const methods = [...services, ServerFeaturesService].flatMap((service) =>
    Object.values(service).map(({ path }) => {
      const lower = path.toLowerCase();
      const [, serviceName = '', methodName = ''] = lower.split('/');
      return new featuresPb.SupportedMethod()
        .setServiceName(serviceName)
        .setMethodName(methodName)
        .setFeaturesList([...featuresOf(lower)]);
    }),
  );
  const answer = new featuresPb.SupportedMethods().setMethodsList(methods).setEventStoreServerVersion(SERVER_VERSION);
  const implementation: UntypedServiceImplementation = {
    getSupportedMethods: (_call: unknown, callback: (error: null, response: unknown) => void) => callback(null, answer),
  };
  server.addService(ServerFeaturesService, implementation);
};
