import type { z } from 'zod';
import type { Grant } from './access.ts';
import type { PartyAs } from './party.ts';
import type { Text } from './text.ts';

/**
 * A field that holds a human number. Left out, it is the next of a series of the party in that capacity, counted by year:
 * `RO-26-000123`. In the input it is a `SeriesNumber`.
 */
export type Series = { readonly field: string; readonly prefix: string; readonly of: PartyAs };

export type CommandDef<S extends z.ZodObject = z.ZodObject, In extends string = string> = {
  /** What the button says: a verb. */
  readonly label: Text;
  /** One sentence for the documentation and the GraphQL description. */
  readonly doc: Text;
  /** Who may send it; deny by default. */
  readonly by: readonly Grant[];
  /** The states of the record in which it is possible; `none` creates the record. */
  readonly in: readonly In[];
  /** The refusal in any other state. Without it: NOT_FOUND for `none`, ALREADY_EXISTS for a creation, else WRONG_STATE. */
  readonly otherwise?: string;
  /** The events it may bring about; which of them, the decision tells. */
  readonly emits?: readonly string[];
  /** The business's refusals of it, besides those every command may meet. */
  readonly refuses?: readonly string[];
  /** Sent by our processes only: not in the public schema. */
  readonly internal?: boolean;
  readonly series?: Series;
  readonly input: S;
};
export type CommandDefs = Readonly<Record<string, CommandDef>>;

export const command = <S extends z.ZodObject, const In extends string>(def: CommandDef<S, In>): CommandDef<S, In> =>
  def;

export type Commands<Defs extends CommandDefs> = {
  [Type in keyof Defs & string]: { readonly type: Type; readonly data: z.infer<Defs[Type]['input']> };
}[keyof Defs & string];
