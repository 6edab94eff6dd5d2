import { type AnyAggregate, type CommandDef, partyMay } from '@cargoro/domain';
import { GraphQLNonNull, GraphQLObjectType, GraphQLString } from 'graphql';
import type { Row, Viewer } from '../read-types.ts';

export type AllowedCommand = { readonly name: string; readonly mutation: string; readonly label: string };

export const AllowedCommandType = new GraphQLObjectType({
  name: 'AllowedCommand',
  description: 'Something this viewer may do with the record in its present state.',
  fields: {
    name: { type: new GraphQLNonNull(GraphQLString), description: 'The command, such as `ApproveLines`.' },
    mutation: {
      type: new GraphQLNonNull(GraphQLString),
      description: 'The mutation that sends it, such as `approveLines`.',
    },
    label: {
      type: new GraphQLNonNull(GraphQLString),
      description: 'What the button says, in the language of the caller.',
    },
  },
});

/**
 * Answers from the row alone: its status, what its state offers where the read model keeps that, its parties and the
 * viewer. Nothing is read, so a list of cards costs nothing more; a decision may still refuse for reasons the row does
 * not show.
 */
export const createAllowedCommands = (aggregate: AnyAggregate) => {
  const byStatus = new Map<string, readonly (readonly [string, CommandDef])[]>();
  const commandsIn = (status: string) => {
    const standing = byStatus.get(status);
    if (standing) return standing;
    const possible = Object.entries(aggregate.commands).filter(([, def]) => !def.internal && def.in.includes(status));
    byStatus.set(status, possible);
    return possible;
  };
  return (row: Row, { actor, locale, breakGlass }: Viewer): readonly AllowedCommand[] => {
    if (breakGlass) return [];
    const { offers } = row as { offers?: readonly string[] };
    return commandsIn(String(row.status ?? 'none'))
      .filter(([name, { by }]) => (offers?.includes(name) ?? true) && partyMay(by, actor, row.parties))
      .map(([name, { label }]) => ({
        name,
        mutation: name.charAt(0).toLowerCase() + name.slice(1),
        label: label[locale],
      }));
  };
};
