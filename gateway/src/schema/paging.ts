import { GraphQLBoolean, GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLString } from 'graphql';
import { badInput } from '../errors.ts';

export const defaultPage = 20;
export const largestPage = 100;

export const pageInfoType = new GraphQLNonNull(
  new GraphQLObjectType({
    name: 'PageInfo',
    fields: { hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) }, endCursor: { type: GraphQLString } },
  }),
);
export const pagingArgs = {
  first: { type: GraphQLInt, description: `How many, ${defaultPage} by default, ${largestPage} at most.` },
  after: { type: GraphQLString, description: 'The cursor to continue after.' },
};

export type Paging = { readonly first: number; readonly after: string | null };
export const pagingOf = ({ first, after }: { first?: number | null; after?: string | null }): Paging => {
  const count = first ?? defaultPage;
  if (count < 1 || count > largestPage)
    throw badInput({ path: 'first', reason: `Use a number from 1 to ${largestPage}` });
  return { first: count, after: after ?? null };
};
