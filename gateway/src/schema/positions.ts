import { text } from '@cargoro/domain';
import { DeliveryPosition } from '@cargoro/read-api';
import type { GraphQLFieldConfigArgumentMap, GraphQLFieldConfigMap, GraphQLNonNull, GraphQLObjectType } from 'graphql';
import { z } from 'zod';
import { problem } from '../errors.ts';
import { type GatewayContext, signedIn } from './context.ts';
import { both } from './descriptions.ts';
import { parseArgs } from './queries.ts';
import type { ZodTypes } from './zod-types.ts';

/** The live query of positions: its changes come from no read model, so the feed of positions serves it. */
export const positionMoved = 'deliveryPositionMoved';
export const positionArgs = z.object({ id: z.string().min(1).max(130) });

const who = text(
  '탁송의 관계자만, 출발부터 인계까지만 볼 수 있다. 볼 때마다 기록이 남는다.',
  'For the parties of the delivery alone, from departure to hand-over; every reading leaves a trace.',
);
const describe = (ko: string, en: string): string =>
  `${both(text(`${ko} ${who.ko}`, `${en} ${who.en}`))}\nRoles: everybody signed in.`;

type Fields = GraphQLFieldConfigMap<unknown, GatewayContext>;

/** Where a car on its way is: asked, and told at most once a second. */
export const positionFields = (types: ZodTypes): { readonly query: Fields; readonly subscription: Fields } => {
  const { value } = types.outputFields({ value: DeliveryPosition }, 'DeliveryPositionValue') as {
    readonly value: { readonly type: GraphQLNonNull<GraphQLObjectType> };
  };
  const args = types.inputFields(positionArgs.shape, 'DeliveryPosition') as GraphQLFieldConfigArgumentMap;
  return {
    query: {
      deliveryPosition: {
        type: value.type.ofType,
        description: describe(
          '운행 중인 차량의 최근 위치.',
          'Where the car on its way was last seen; null when it is not.',
        ),
        args,
        resolve: async (_root, given: Readonly<Record<string, unknown>>, context) => {
          const viewer = signedIn(context);
          const { id } = parseArgs({ args: positionArgs }, given) as z.infer<typeof positionArgs>;
          const { positions } = context;
          if (!positions) throw problem('UNAVAILABLE', 'Positions are not served here');
          if ((await positions.right(id, viewer)) !== 'shown') return null;
          return (await positions.show(id, [{ viewer }], 'query')).position;
        },
      },
    },
    subscription: {
      [positionMoved]: {
        type: value.type,
        description: describe(
          '운행 중인 차량이 움직일 때, 1초에 한 번까지.',
          'When the car moves, at most once a second.',
        ),
        args,
        resolve: (position) => position,
      },
    },
  };
};
