import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.generated.d.ts';

/** Documents typed by the gateway's schema; a field that is not there does not compile. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    DateTime: string;
    Day: string;
    Won: number;
    SignedWon: number;
    Km: number;
    JSON: unknown;
    Position: string;
    Uuid: string;
  };
}>();

export type { FragmentOf } from 'gql.tada';
