import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sha256, uuidv5 } from '@cargoro/infra/ids';
import { clientOf, type Product, startProduct } from './product.ts';

const register = `mutation ($commandId: ID!, $input: RegisterUserInput!) {
  registerUser(commandId: $commandId, input: $input) {
    __typename ... on Accepted { position } ... on Rejected { code }
  }
}`;
/** Each leaves three: the claim on the address, the person, and the claim's confirmation by a follow-up. */
const eventsPerCommand = 3;
const writers = 16;
const namespace = '5d0f3c55-6d2b-4a55-9a0e-2f6a6c1f0c11';

/** MB that a process holds for itself. Mapped pages of data files belong to the system's cache and are not counted. */
const ownMb = (pid: number): number => {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/RssAnon:\s+(\d+)/);
  return line ? Number(line[1]) / 1024 : Number.NaN;
};

/** People signing up by the gateway, each through a claim, the vault, a follow-up and the projections. */
const signUp = async (product: Product, from: number, to: number): Promise<void> => {
  const client = clientOf(product, 'admin');
  let next = from;
  const write = async () => {
    while (next < to) {
      const userId = uuidv5(namespace, `person ${next++}`);
      const person = { name: '시험', phone: '010-0000-0000' };
      const input = { userId, emailHash: sha256(userId), personRef: `person.${userId}`, locale: 'ko', person };
      const { data, errors } = await client(register, { commandId: uuidv5(userId, 'register'), input });
      const result = data?.registerUser as { readonly __typename: string } | undefined;
      if (result?.__typename !== 'Accepted') throw new Error(JSON.stringify(errors ?? result));
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
};

export type MemoryOptions = {
  /** Events before the first reading: heaps and caches grow to their size. */
  readonly warmUp: number;
  readonly events: number;
  /** A process may end with so many times what it began with, beside `slackMb` that a collector may still have to collect. */
  readonly atMost: number;
  readonly slackMb: number;
  readonly log: (line: string) => void;
};
export const memoryDefaults = { warmUp: 100_000, events: 100_000, atMost: 1.1, slackMb: 16 };
const steps = 10;

/** The least that a process held over two seconds, nearer to what a collection left than to what the next one takes. */
const settled = async (product: Product): Promise<ReadonlyMap<string, number>> => {
  const least = new Map<string, number>();
  for (let look = 0; look < 8; look++) {
    for (const { name, pid } of product.processes())
      least.set(name, Math.min(least.get(name) ?? Number.POSITIVE_INFINITY, ownMb(pid)));
    await sleep(250);
  }
  return least;
};

/**
 * `npm run bench -- MEMORY`: the whole product without the web under traffic through the gateway; the memory of each
 * process after the warm-up, and after every tenth of the events that follow. True when none grew.
 */
export const measureMemory = async ({ warmUp, events, atMost, slackMb, log }: MemoryOptions): Promise<boolean> => {
  const product = await startProduct({ LOG_LEVEL: 'error' });
  try {
    const commandsOf = (count: number) => Math.ceil(count / eventsPerCommand);
    log(`MEMORY: of each process while ${events} events go through all of them, after ${warmUp} to warm up`);
    await signUp(product, 0, commandsOf(warmUp));
    const readings = [await settled(product)];
    for (let step = 0; step < steps; step++) {
      const at = (share: number) => commandsOf(warmUp + (events * share) / steps);
      await signUp(product, at(step), at(step + 1));
      readings.push(await settled(product));
      log(`  ${((step + 1) * events) / steps} events`);
    }
    // The later half beside the earlier one, by their means: one reading may fall before a collection, and one after.
    const mean = (half: typeof readings, name: string) =>
      half.reduce((sum, reading) => sum + (reading.get(name) ?? Number.NaN), 0) / half.length;
    let isFlat = true;
    for (const name of readings[0]?.keys() ?? []) {
      const [before, after] = [mean(readings.slice(0, steps / 2), name), mean(readings.slice(-steps / 2), name)];
      const held = after <= before * atMost + slackMb;
      isFlat &&= held;
      const all = readings.map((reading) => Math.round(reading.get(name) ?? Number.NaN)).join(' ');
      log(`${held ? 'held  ' : 'MISSED'} ${name}: ${before.toFixed(0)} then ${after.toFixed(0)} MB (${all})`);
    }
    return isFlat;
  } finally {
    await product.stop();
  }
};
