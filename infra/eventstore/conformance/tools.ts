import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type EventData, jsonEvent, type ResolvedEvent } from '@eventstore/db-client';

export const event = (n = 0, type = 'Counted'): EventData =>
  jsonEvent({ id: randomUUID(), type, data: { n }, metadata: { by: 'conformance' } });

export const events = (count: number, type = 'Counted'): EventData[] =>
  Array.from({ length: count }, (_, n) => event(n, type));

export const collect = async <T>(source: AsyncIterable<T>, limit = Number.POSITIVE_INFINITY): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of source) {
    found.push(item);
    if (found.length >= limit) break;
  }
  return found;
};

export const numbers = (read: readonly ResolvedEvent[]): unknown[] =>
  read.map(({ event: found }) => (found?.data as { n?: unknown } | undefined)?.n);
export const revisions = (read: readonly ResolvedEvent[]): number[] =>
  read.map(({ event: found }) => Number(found?.revision));

/** The error a promise ends with; fails if it does not. */
export const failure = async (promise: Promise<unknown>): Promise<Record<string, unknown> & Error> => {
  try {
    await promise;
  } catch (error) {
    return error as Record<string, unknown> & Error;
  }
  return assert.fail('expected a failure');
};

/** Waits until something holds; a test never sleeps for a length of time it hopes is enough. */
export const until = async (
  holds: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 10_000,
): Promise<void> => {
  const end = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > end) assert.fail(`still waiting after ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

export interface Listening {
  readonly seen: string[];
  readonly received: ResolvedEvent[];
  readonly errors: Error[];
}

interface Emitter {
  on(name: string, listener: (...args: never[]) => void): unknown;
}

/** Notes everything a subscription says, in order. */
export const listen = (subscription: Emitter): Listening => {
  const noted: Listening = { seen: [], received: [], errors: [] };
  subscription.on('confirmation', () => void noted.seen.push('confirmation'));
  subscription.on('caughtUp', () => void noted.seen.push('caughtUp'));
  subscription.on('fellBehind', () => void noted.seen.push('fellBehind'));
  subscription.on('error', (error: Error) => void noted.errors.push(error));
  subscription.on('data', (resolved: ResolvedEvent) => {
    noted.received.push(resolved);
    noted.seen.push(`event ${(resolved.event?.data as { n?: number } | undefined)?.n ?? '-'}`);
  });
  return noted;
};
