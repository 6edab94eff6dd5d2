import { AuditSample, auditSample } from '@cargoro/read-api';
import type { GraphQLFieldConfigArgumentMap, GraphQLFieldConfigMap, GraphQLNonNull, GraphQLObjectType } from 'graphql';
import type { z } from 'zod';
import { problem } from '../errors.ts';
import { type GatewayContext, signedIn } from './context.ts';
import { awaitPosition, mayAsk, parseArgs, pascal, readDescription } from './queries.ts';
import type { ZodTypes } from './zod-types.ts';

/** A sample is drawn from several tables, so no read model answers it. */
export const auditSampleFields = (types: ZodTypes): GraphQLFieldConfigMap<unknown, GatewayContext> => {
  const { value } = types.outputFields({ value: AuditSample }, 'AuditSampleValue') as {
    readonly value: { readonly type: GraphQLNonNull<GraphQLObjectType> };
  };
  return {
    [auditSample.name]: {
      type: value.type,
      description: readDescription(auditSample),
      args: types.inputFields(auditSample.args.shape, pascal(auditSample.name)) as GraphQLFieldConfigArgumentMap,
      resolve: async (_root, given: Readonly<Record<string, unknown>>, context) => {
        const viewer = signedIn(context);
        mayAsk(auditSample, context);
        const args = parseArgs(auditSample, given) as z.infer<typeof auditSample.args>;
        const { auditSamples } = context;
        if (!auditSamples) throw problem('UNAVAILABLE', 'Samples are not drawn here');
        for (const readModel of auditSamples.readModels(args.category))
          await awaitPosition({ readModel }, given, context);
        return auditSamples.draw(args, viewer);
      },
    },
  };
};
