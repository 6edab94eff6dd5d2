import { type DocumentNode, visit } from 'graphql';
import { badInput } from '../errors.ts';
import { RequestErrors } from './request-errors.ts';

/** How often one document may select a name. Comparing equal names is where validation costs the square of their number. */
const mostRepeats = 200;

/** Refuses, before anything expensive looks at it, a document made to be expensive. Throws RequestErrors. */
export const refuseExcess = (document: DocumentNode): void => {
  const seen = new Map<string, number>();
  visit(document, {
    Field: ({ alias, name }) => {
      const shown = alias?.value ?? name.value;
      const times = (seen.get(shown) ?? 0) + 1;
      seen.set(shown, times);
      if (times > mostRepeats)
        throw new RequestErrors([badInput({ path: shown, reason: `It is selected more than ${mostRepeats} times` })]);
    },
  });
};
