import type { Consumer } from './consumer.ts';
import { affinity, type Message } from './message.ts';
import type { Strategy } from './settings.ts';

const BUCKETS = 1024;

const bucketOf = (key: string): number => {
  let hash = 2166136261;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 16777619);
  return (hash >>> 0) % BUCKETS;
};

/** Chooses the consumer of a message by the group's strategy; undefined when it has to wait. */
export class Dispatcher {
  private readonly strategy: Strategy;
  private turn = 0;
  /** Pinned: which consumer owns a bucket of streams. */
  private readonly owners: (Consumer | undefined)[] = [];

  constructor(strategy: Strategy) {
    this.strategy = strategy;
  }

  /** Whether a message that has to wait may be overtaken by one for another consumer. */
  get mayOvertake(): boolean {
    return this.strategy === 'Pinned' || this.strategy === 'PinnedByCorrelation';
  }

  choose(message: Message, consumers: readonly Consumer[]): Consumer | undefined {
    const key = affinity(this.strategy, message);
    if (key !== undefined) return this.pinned(bucketOf(key), consumers);
    if (this.strategy === 'DispatchToSingle') return consumers.find((consumer) => consumer.hasRoom);
    return this.roundRobin(consumers);
  }

  private roundRobin(consumers: readonly Consumer[]): Consumer | undefined {
    for (let i = 0; i < consumers.length; i += 1) {
      const consumer = consumers[(this.turn + i) % consumers.length] as Consumer;
      if (!consumer.hasRoom) continue;
      this.turn = (this.turn + i + 1) % consumers.length;
      return consumer;
    }
    return undefined;
  }

  private pinned(bucket: number, consumers: readonly Consumer[]): Consumer | undefined {
    let owner = this.owners[bucket];
    if (!owner || !consumers.includes(owner)) {
      owner = leastOwning(consumers, this.owners);
      this.owners[bucket] = owner;
    }
    return owner?.hasRoom ? owner : undefined;
  }
}

const leastOwning = (
  consumers: readonly Consumer[],
  owners: readonly (Consumer | undefined)[],
): Consumer | undefined => {
  const owned = (consumer: Consumer): number =>
    owners.reduce((count, owner) => count + (owner === consumer ? 1 : 0), 0);
  return [...consumers].sort((a, b) => owned(a) - owned(b))[0];
};
