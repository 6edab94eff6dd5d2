import { text } from '@cargoro/domain';
import { PositionAccessEntry, positionAccessRoles } from '@cargoro/read-api';
import {
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
} from 'graphql';
import { z } from 'zod';
import { problem } from '../errors.ts';
import { type GatewayContext, signedIn } from './context.ts';
import { pageInfoType, pagingArgs, pagingOf } from './paging.ts';
import { mayAsk, parseArgs, readDescription } from './queries.ts';
import type { ZodTypes } from './zod-types.ts';

const def = {
  doc: text(
    '누가 언제 이 탁송의 위치를 보았는지, 최근 것부터. 기사 본인, 운송사와 차주·의뢰 조직의 책임자, 감사인만 볼 수 있다.',
    'Who was shown where the car of a delivery was, newest first: for its driver, for those who run the transport company or the organisation that owns or sends the car, and for auditors.',
  ),
  roles: positionAccessRoles,
  args: z.object({ deliveryId: z.string().min(1).max(130) }),
};

/** The log of who saw a position. It is no read model, as positions are none. */
export const positionAccessFields = (types: ZodTypes): GraphQLFieldConfigMap<unknown, GatewayContext> => {
  const { node } = types.outputFields({ node: PositionAccessEntry }, 'PositionAccess') as {
    readonly node: { readonly type: GraphQLNonNull<GraphQLObjectType> };
  };
  const edge = new GraphQLObjectType<{ node: PositionAccessEntry }>({
    name: 'PositionAccessEdge',
    fields: {
      node: { type: node.type },
      cursor: { type: new GraphQLNonNull(GraphQLString), resolve: ({ node: { id } }) => id },
    },
  });
  const connection = new GraphQLObjectType({
    name: 'PositionAccessConnection',
    fields: {
      edges: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(edge))) },
      pageInfo: { type: pageInfoType },
    },
  });
  return {
    positionAccess: {
      type: connection,
      description: readDescription(def),
      args: {
        ...(types.inputFields(def.args.shape, 'PositionAccess') as GraphQLFieldConfigArgumentMap),
        ...pagingArgs,
      },
      resolve: async (_root, given: Readonly<Record<string, unknown>>, context) => {
        const viewer = signedIn(context);
        mayAsk(def, context);
        const { deliveryId } = parseArgs(def, given) as z.infer<typeof def.args>;
        if (!context.positionAccess) throw problem('UNAVAILABLE', 'Positions are not served here');
        const page = await context.positionAccess.list(deliveryId, pagingOf(given), viewer);
        if (!page) return null;
        const { entries, hasNextPage } = page;
        return {
          edges: entries.map((one) => ({ node: one })),
          pageInfo: { hasNextPage, endCursor: entries.at(-1)?.id ?? null },
        };
      },
    },
  };
};
