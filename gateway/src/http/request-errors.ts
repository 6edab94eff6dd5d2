import type { GraphQLError } from 'graphql';

/** The document does not ask something the schema can answer; nothing ran. */
export class RequestErrors extends Error {
  override readonly name = 'RequestErrors';
  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors.map(({ message }) => message).join('; '));
  }
}
