import { setTimeout as sleep } from 'node:timers/promises';
import { type AnyAggregate, aggregates, Claim, type StoredEvent } from '@cargoro/domain';
import { type EventLog, type NewEvent, RevisionConflict, Unavailable, type Vault } from '@cargoro/infra/ports';
import type { Batch } from './memory-log.ts';

/** The log holds something else than the beginning of this world. */
export class AnotherWorld extends Error {
  override readonly name = 'AnotherWorld';
}

const personalOf: AnyAggregate['events'] = Object.assign({}, Claim.events, ...aggregates.map(({ events }) => events));
/** Appends on their way at once; more do not make the store faster. */
const inFlight = 400;
/** How often an append is repeated that a busy store did not answer in time, and the milliseconds before. */
const patience = { attempts: 25, pauseMs: 400 };
/** So many stored events may stand before one that an unanswered append left behind. */
const mostEarly = 5_000;

/**
 * Hands a world on to a real log, in order, many appends in flight. What is stored already is compared and left alone, so
 * a world that was cut off goes on where it ended. Personal fields are sealed on the way.
 */
export const onwardTo = ({ log, vault }: { readonly log: EventLog; readonly vault: Vault }) => {
  const stored = log.readAll()[Symbol.asyncIterator]();
  let onItsWay = 0;
  let tellSettled = (): void => undefined;
  let isReading = true;
  let failure: unknown;
  let lost = 0;
  let found = 0;
  let written = 0;

  /** Resolves when the next append is settled. A race of all of them would be run anew for each, and cost more than they do. */
  const nextSettled = (): Promise<void> =>
    new Promise((resolve) => {
      tellSettled = resolve;
    });

  /** Stored events whose turn has not come yet: they overtook an append that had to be repeated. */
  const early = new Map<string, StoredEvent>();
  /** What is missing before them; it waits until they have all been told, so that nothing is added to another world. */
  const missing: Batch[] = [];
  const another = ({ stream, revision }: StoredEvent): AnotherWorld =>
    new AnotherWorld(`${stream}@${revision} does not belong to the world this version of CarGoro makes`);

  const isStored = async (event: StoredEvent): Promise<boolean> => {
    if (early.delete(event.id)) return true;
    while (isReading) {
      const next = await stored.next();
      if (next.done) isReading = false;
      else if (next.value.id === event.id) return true;
      else if (found === 0 || early.size >= mostEarly) throw another(next.value);
      else early.set(next.value.id, next.value);
    }
    return false;
  };
  const sealed = async (event: StoredEvent): Promise<NewEvent> => {
    const personal = personalOf[event.type]?.personal ?? {};
    const { id, type, meta } = event;
    if (Object.keys(personal).length === 0) return { id, type, data: event.data, meta };
    return { id, type, data: await vault.seal(event.data as Record<string, unknown>, personal), meta };
  };

  /**
   * An append without an answer may have been stored; its event ids make the repeat harmless. A conflict means that the one
   * before it in its stream is being repeated, for nobody else writes.
   */
  const appended = async (stream: string, events: readonly NewEvent[], expected: bigint): Promise<void> => {
    for (let attempt = 1; ; attempt++)
      try {
        await log.append(stream, events, expected);
        if (attempt > 1) lost -= 1;
        return;
      } catch (error) {
        const mayPass = error instanceof Unavailable || error instanceof RevisionConflict;
        if (!mayPass || attempt === patience.attempts) throw error;
        if (attempt === 1) lost += 1;
        await sleep(patience.pauseMs);
      }
  };

  const append = async ({ stream, events, expected }: Batch): Promise<void> => {
    const fresh: NewEvent[] = [];
    for (const event of events) fresh.push(await sealed(event));
    // Nothing overtakes what is being repeated.
    while (lost > 0 && failure === undefined) await nextSettled();
    onItsWay += 1;
    const appending = appended(stream, fresh, expected)
      .then(
        () => {
          written += events.length;
        },
        (error: unknown) => {
          failure ??= error;
        },
      )
      .then(() => {
        onItsWay -= 1;
        tellSettled();
      });
    // The first one opens the connection that the others follow on.
    if (written === 0) await appending;
    while (onItsWay >= inFlight) await nextSettled();
  };

  return {
    /** Resolves when there is room for more. Rejects once an append failed. */
    take: async (batch: Batch): Promise<void> => {
      if (failure !== undefined) throw failure;
      const [first, ...others] = batch.events;
      if (first && (await isStored(first))) {
        for (const event of others) await isStored(event);
        found += batch.events.length;
      } else missing.push(batch);
      const [unknown] = early.values();
      if (unknown && missing.length > mostEarly) throw another(unknown);
      if (!unknown) for (const one of missing.splice(0)) await append(one);
    },
    /** Resolves when everything is stored. */
    finish: async (): Promise<{ found: number; written: number }> => {
      const [unknown] = early.values();
      if (unknown) throw another(unknown);
      while (onItsWay > 0) await nextSettled();
      if (failure !== undefined) throw failure;
      await stored.return?.(undefined);
      return { found, written };
    },
  };
};
export type Onward = ReturnType<typeof onwardTo>;
