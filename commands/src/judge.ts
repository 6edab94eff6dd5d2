import { type Accepted, type AnyEvent, type Folded, foldParties, type Party, partyMay } from '@cargoro/domain';
import type { Facts } from './decide.ts';
import type { ParsedCommand } from './input.ts';
import type { StreamState } from './state-cache.ts';
import { CommandError, type CommandOutcome, type CommandRequest } from './types.ts';

/** What to do about a command, given the state of its record. Only `append` changes anything. */
export type Verdict =
  | { readonly kind: 'append'; readonly decision: Accepted<AnyEvent> }
  | { readonly kind: 'answer'; readonly outcome: CommandOutcome }
  | { readonly kind: 'fail'; readonly error: CommandError };

const forbidden = (): Verdict => ({
  kind: 'fail',
  error: new CommandError('FORBIDDEN', 'You are not a party of this record in the capacity this asks for'),
});

export const judge = async (
  { registered: { type, aggregate, def }, data, stream }: ParsedCommand,
  { folded, position }: StreamState,
  request: CommandRequest,
  facts: Facts,
  now: string,
): Promise<Verdict> => {
  const { actor, expectedRevision, commandId } = request;
  const exists = folded.revision >= 0n;
  if (exists && !partyMay(def.by, actor, folded.parties)) return forbidden();
  if (expectedRevision !== undefined && BigInt(expectedRevision) !== folded.revision) {
    const message = `${stream} is at revision ${folded.revision}, not ${expectedRevision}`;
    return { kind: 'fail', error: new CommandError('CONFLICT', message) };
  }
  const decision = await facts.decide(aggregate, folded, { type, data }, { commandId, now, actor });
  if (!decision.ok) return { kind: 'answer', outcome: { kind: 'rejected', code: decision.code } };
  // Whoever creates a record must be one of the parties it will have.
  if (!exists && !partyMay(def.by, actor, partiesOf(folded, decision))) return forbidden();
  if (decision.events.length > 0) return { kind: 'append', decision };
  if (decision.after.length > 0) throw new Error(`${type} has follow-ups but no event to carry them`);
  const outcome: CommandOutcome = {
    kind: 'accepted',
    streamId: stream,
    revision: folded.revision.toString(),
    position: position.toString(),
    events: [],
  };
  return { kind: 'answer', outcome };
};

/** The parties a record will have once a decision is stored. */
export const partiesOf = ({ parties }: Folded, { events }: Accepted<AnyEvent>): readonly Party[] =>
  events.reduce<readonly Party[]>((known, event) => foldParties(known, event), parties);
