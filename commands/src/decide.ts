import {
  type Actor,
  type AnyAggregate,
  type AnyCommand,
  type AnyEvent,
  type Context,
  type Decision,
  type Folded,
  type StateOf,
  streamOf,
} from '@cargoro/domain';
import { sha256, uuidv5 } from '@cargoro/infra/ids';
import type { StateCache, StreamState } from './state-cache.ts';
import type { ListPort, LookupPort } from './types.ts';

/** Thrown out of a decision that asked for something not loaded yet; never leaves this file. */
class Missing extends Error {
  constructor(readonly load: () => Promise<void>) {
    super('A fact is not loaded yet');
  }
}

/** A decision asks for what it needs one by one; more than this is a loop. */
const mostFacts = 64;

/**
 * What one command may know of other streams. Everything is read at the time of the command and then stays as it is, so
 * that deciding again gives the same answer.
 */
export type Facts = {
  readonly used: () => Readonly<Record<string, string>> | undefined;
  /** The correlation of the first journey asked for, in the order of asking. */
  readonly journey: () => string | undefined;
  /** After a conflict: whatever was used is read again, all at once. */
  renew(): Promise<void>;
  decide(
    aggregate: AnyAggregate,
    folded: Folded,
    command: AnyCommand,
    about: About,
  ): Promise<Decision<AnyEvent, string>>;
};
type About = { readonly commandId: string; readonly now: string; readonly actor: Actor };

export const factsOf = (states: StateCache, lookup: LookupPort, list: ListPort = async () => []): Facts => {
  const streams = new Map<string, { readonly aggregate: AnyAggregate; readonly state: StreamState }>();
  const counts = new Map<string, number>();
  const lists = new Map<string, readonly string[]>();

  const load = async (aggregate: AnyAggregate, stream: string): Promise<void> => {
    streams.set(stream, { aggregate, state: await states.refresh(aggregate, stream) });
  };
  const foldedOf = (aggregate: AnyAggregate, id: string): Folded => {
    const stream = streamOf(aggregate, id);
    const known = streams.get(stream);
    if (!known) throw new Missing(() => load(aggregate, stream));
    return known.state.folded;
  };

  const contextFor = (folded: Folded, { commandId, now, actor }: About): Context => {
    let ids = 0;
    return {
      now,
      actor,
      parties: folded.parties,
      newId: () => uuidv5(commandId, `id${ids++}`),
      hash: sha256,
      // The aggregate asked for is the one that folded the stream, so its state is of that type.
      fact: <A extends AnyAggregate>(aggregate: A, id: string) => foldedOf(aggregate, id).state as StateOf<A>,
      partiesOf: (aggregate, id) => foldedOf(aggregate, id).parties,
      count: (name, ...args) => {
        const key = `${name}(${args.join(',')})`;
        const known = counts.get(key);
        if (known !== undefined) return known;
        throw new Missing(async () => void counts.set(key, await lookup(name, args)));
      },
      list: (name, ...args) => {
        const key = `${name}(${args.join(',')})`;
        const known = lists.get(key);
        if (known !== undefined) return known;
        throw new Missing(async () => void lists.set(key, await list(name, args)));
      },
    };
  };

  return {
    used: () => {
      if (streams.size === 0 && counts.size === 0 && lists.size === 0) return undefined;
      const used: Record<string, string> = {};
      for (const [stream, { state }] of streams) used[stream] = state.folded.revision.toString();
      for (const [key, count] of counts) used[key] = String(count);
      for (const [key, ids] of lists) used[key] = ids.join(' ');
      return used;
    },
    journey: () => {
      for (const { aggregate, state } of streams.values())
        if (aggregate.journey && state.folded.correlationId) return state.folded.correlationId;
      return undefined;
    },
    renew: async () => {
      counts.clear();
      lists.clear();
      await Promise.all([...streams].map(([stream, { aggregate }]) => load(aggregate, stream)));
    },
    decide: async (aggregate, folded, command, about) => {
      for (let loaded = 0; loaded <= mostFacts; loaded++) {
        try {
          return aggregate.decide(folded.state, command, contextFor(folded, about));
        } catch (error) {
          if (!(error instanceof Missing)) throw error;
          await error.load();
        }
      }
      throw new Error(`${command.type} asks for more than ${mostFacts} facts`);
    },
  };
};
