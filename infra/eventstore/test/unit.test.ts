import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../conformance/tools.ts';
import { FolderHeldError, holdFolder } from '../src/log/folder-lock.ts';
import { JournaledStore } from '../src/log/journaled-store.ts';
import { environmentOptions, LmdbStore } from '../src/log/lmdb-store.ts';
import type { Commit, LogStore } from '../src/log/log-store.ts';
import { MemoryStore } from '../src/log/memory-store.ts';
import { encodeRecord, type LogRecord, recordData, recordPosition, recordRevision } from '../src/log/record.ts';
import { Scavenger } from '../src/operations/scavenge.ts';
import type { Consumer } from '../src/persistent/consumer.ts';
import { Group } from '../src/persistent/group.ts';
import { Progress } from '../src/persistent/progress.ts';
import { ProjectionRunner } from '../src/projections/projection-runner.ts';
import { append, softDelete } from '../src/streams/append.ts';
import { CommitSignal } from '../src/streams/commit-signal.ts';
import { EventLog, type NewEvent } from '../src/streams/event-log.ts';
import { textMatcher } from '../src/streams/filter.ts';
import { IdTable } from '../src/streams/id-table.ts';
import { ANY, NO_STREAM } from '../src/streams/names.ts';
import { readBackward, readForward } from '../src/streams/read-stream.ts';

const event = (id = randomUUID() as string): NewEvent => ({
  id,
  type: 'T',
  json: true,
  data: Buffer.from('{}'),
  metadata: Buffer.alloc(0),
});
const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'eventstore-unit-'));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

/** A store whose commits succeed, fail or hang on demand. */
class MoodyStore extends MemoryStore {
  failNext: string | undefined;
  hold: Promise<void> | undefined;
  /** Only commits with the progress of a projection fail. */
  onlyMarked = false;
  override async commit(commit: Commit): Promise<void> {
    await this.hold;
    if (this.onlyMarked && commit.marks.length === 0) return super.commit(commit);
    if (this.failNext !== undefined) {
      const reason = this.failNext;
      this.failNext = undefined;
      throw new Error(reason);
    }
    await super.commit(commit);
  }
}

describe('group commit', () => {
  it('a failed flush fails everything staged behind it, and the next append starts from what is stored', async () => {
    const store = new MoodyStore();
    const log = new EventLog(store);
    await append(log, 's', NO_STREAM, [event()]);
    let release = (): void => {};
    store.hold = new Promise((resolve) => {
      release = resolve;
    });
    store.failNext = 'disk full';
    const first = append(log, 's', 0, [event()]);
    await new Promise(setImmediate);
    const second = append(log, 's', 1, [event()]);
    release();
    store.hold = undefined;
    await expect(first).rejects.toThrow('disk full');
    await expect(second).rejects.toThrow('disk full');
    await expect(append(log, 's', 0, [event()])).resolves.toMatchObject({ kind: 'appended', revision: 1 });
    expect(readForward(log, 's', 0, 10).records.map(recordRevision)).toEqual([0, 1]);
  });
  it('expected versions are checked against what is staged, not only what is stored', async () => {
    const log = new EventLog(new MemoryStore());
    const outcomes = await Promise.all([
      append(log, 's', NO_STREAM, [event()]),
      append(log, 's', NO_STREAM, [event()]),
      append(log, 's', 0, [event()]),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['appended', 'wrong-version', 'appended']);
  });
  it('nothing staged can be read, and listeners hear of it only once it is durable', async () => {
    const store = new MoodyStore();
    const log = new EventLog(store);
    const heard: number[] = [];
    log.onCommit(({ records }) => heard.push(...records.map(recordPosition)));
    let release = (): void => {};
    store.hold = new Promise((resolve) => {
      release = resolve;
    });
    const pending = append(log, 's', ANY, [event()]);
    await new Promise(setImmediate);
    expect([readForward(log, 's', 0, 10).records.length, heard.length]).toEqual([0, 0]);
    release();
    await pending;
    expect([readForward(log, 's', 0, 10).records.length, heard.length]).toEqual([1, 1]);
  });
  it('a repeat of an append that is still being flushed waits for it', async () => {
    const store = new MoodyStore();
    const log = new EventLog(store);
    let release = (): void => {};
    store.hold = new Promise((resolve) => {
      release = resolve;
    });
    const once = event();
    const first = append(log, 's', ANY, [once]);
    let answered = false;
    const second = append(log, 's', ANY, [once]).then((outcome) => {
      answered = true;
      return outcome;
    });
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    release();
    expect(await second).toEqual(await first);
  });
  it('appends that arrive together share a flush', async () => {
    const log = new EventLog(new MemoryStore());
    await Promise.all(Array.from({ length: 64 }, (_, n) => append(log, `s-${n}`, ANY, [event()])));
    expect(log.commits.commits).toBeLessThanOrEqual(2);
  });
});

/** Reads meet commits in every place they can be in. */
const emptying = (store: JournaledStore): LogStore => {
  const commit = store.commit.bind(store);
  store.commit = async (group) => {
    await commit(group);
    store.flush().catch(() => {});
  };
  return store;
};

const stores: [string, () => LogStore][] = [
  ['memory', () => new MemoryStore()],
  ['LMDB', () => new LmdbStore(folder())],
  ['LMDB behind a journal', () => new JournaledStore(folder())],
  ['LMDB that the journal empties into at every turn', () => emptying(new JournaledStore(folder()))],
];

describe.each(stores)('the log on %s', (_, open) => {
  it('agrees with a plain list about any run of appends', async () => {
    const step = fc.record({
      stream: fc.constantFrom('a', 'b-1', 'b-2'),
      expected: fc.constantFrom(ANY, NO_STREAM, 0, 1, 2),
      count: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const store = open();
        const log = new EventLog(store);
        const model = new Map<string, string[]>();
        for (const { stream, expected, count } of steps) {
          const batch = Array.from({ length: count }, () => event());
          const list = model.get(stream) ?? [];
          const fits = expected === ANY || expected === list.length - 1;
          const outcome = await append(log, stream, expected, batch);
          expect(outcome.kind).toBe(fits ? 'appended' : 'wrong-version');
          if (fits) model.set(stream, [...list, ...batch.map(({ id }) => id)]);
        }
        for (const [stream, ids] of model) {
          const read = readForward(log, stream, 0, 100).records;
          expect(
            read.map((record) => record.toString('latin1').includes(ids[recordRevision(record)] ?? 'none')),
          ).toEqual(ids.map(() => true));
          expect(readBackward(log, stream, 1000, 100).records.map(recordRevision)).toEqual(
            ids.map((_id, n) => n).reverse(),
          );
        }
        const pages = (next: (last: number | undefined) => LogRecord[]): number[] => {
          const found: number[] = [];
          for (let page = next(undefined); page.length > 0; page = next(found.at(-1)))
            found.push(...page.map(recordPosition));
          return found;
        };
        const positions = pages((last = -1) => store.forward(last + 1, 1000));
        expect(positions).toHaveLength([...model.values()].flat().length);
        expect(positions).toEqual([...positions].sort((x, y) => x - y));
        expect(pages((last = Number.MAX_SAFE_INTEGER) => store.backward(last, 1000))).toEqual(positions.reverse());
        await store.close();
      }),
      { numRuns: 15 },
    );
  });
  it('scavenging removes what nobody can read and keeps what tells the revision', async () => {
    const store = open();
    const log = new EventLog(store);
    await append(log, 'deleted', ANY, [event(), event(), event()]);
    await append(
      log,
      'capped',
      ANY,
      Array.from({ length: 10 }, () => event()),
    );
    await append(log, '$$capped', ANY, [{ ...event(), type: '$metadata', data: Buffer.from('{"$maxCount":2}') }]);
    await softDelete(log, 'deleted', ANY);
    await append(log, 'kept', ANY, [event()]);
    const scavenger = new Scavenger(log);
    await scavenger.start().done;
    expect(scavenger.removed).toBe(2 + 8);
    expect(readForward(log, 'capped', 0, 100).records.map(recordRevision)).toEqual([8, 9]);
    expect(readForward(log, 'kept', 0, 100).records.length).toBe(1);
    const reopened = new EventLog(store);
    expect(await append(reopened, 'deleted', ANY, [event()])).toMatchObject({ kind: 'appended', revision: 3 });
    expect(await append(reopened, 'capped', 9, [event()])).toMatchObject({ kind: 'appended', revision: 10 });
    await store.close();
  });
});

describe('ids of recent events', () => {
  it('are found like in a map, however they collide and repeat', () => {
    const record = (n: number, position: number) => {
      const id = `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
      return {
        id,
        record: encodeRecord({
          ...event(id),
          position,
          streamId: 1 + (n % 3),
          stream: 's',
          revision: position,
          createdMs: 0,
        }),
      };
    };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }), (ns) => {
        const table = new IdTable(64);
        const map = new Map<string, number>();
        for (const [position, n] of ns.entries()) {
          const added = record(n, position);
          table.set(added.record);
          map.set(added.id, position);
        }
        for (let n = 0; n <= 40; n += 1) {
          const { id } = record(n, 0);
          expect(table.get(id)?.position).toBe(map.get(id));
        }
      }),
    );
  });
});

describe('a group of a persistent subscription', () => {
  const settings = {
    ...{
      resolveLinks: false,
      extraStatistics: false,
      messageTimeoutMs: 0,
      maxRetryCount: 10,
      checkpointAfterMs: 1_000,
    },
    ...{ checkpointLowerBound: 10, checkpointUpperBound: 1_000, maxSubscribers: 0, liveBufferSize: 500 },
    ...{ readBatchSize: 20, historyBufferSize: 500, strategy: 'RoundRobin' as const },
  };
  const options = { username: '', connectionName: '', from: '', slots: 10, isClogged: () => false, drop: () => {} };
  it('whose filter passes nothing for long lets others run, and finds what matches in the end', async () => {
    const log = new EventLog(new MemoryStore());
    for (let n = 0; n < 10; n += 1)
      await append(
        log,
        'other',
        ANY,
        Array.from({ length: 500 }, () => event()),
      );
    await append(log, 'wanted', ANY, [event()]);
    const group = new Group(log, {
      ...{ source: '$all', group: 'g', settings, startFrom: 'start', firstCursor: 0 },
      filter: { on: 'stream', regex: '', prefixes: ['wanted'] },
    });
    const seen: number[] = [];
    group.connect({ ...options, deliver: (message) => seen.push(message.cursor ?? -1) });
    group.pump();
    expect(seen).toEqual([]);
    for (let turn = 0; turn < 20 && seen.length === 0; turn += 1) await new Promise(setImmediate);
    expect(seen).toHaveLength(1);
    group.abandon();
  });
  it('to $all does not take its own checkpoints for progress', async () => {
    const log = new EventLog(new MemoryStore());
    const eager = { ...settings, checkpointAfterMs: 0, checkpointLowerBound: 1 };
    const group = new Group(log, { source: '$all', group: 'g', settings: eager, startFrom: 'start', firstCursor: 0 });
    const consumer: Consumer = group.connect({
      ...options,
      deliver: ({ id }) => setImmediate(() => group.ack(consumer, [id])),
    });
    await append(log, 's', ANY, [event()]);
    const checkpoints = () => log.heads.committed('$persistentsubscription-$all::g-checkpoint').last + 1;
    // One for the event, one for the metadata that the first brought with it.
    await until(() => checkpoints() === 2, 'both checkpoints');
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(checkpoints()).toBe(2);
    group.abandon();
  });
  it('has its progress where the first open message is, and forgets the others', () => {
    const progress = new Progress(undefined);
    for (let cursor = 0; cursor < 5; cursor += 1) progress.begin(cursor);
    for (const cursor of [1, 3, 4]) progress.finish(cursor);
    expect(progress.finished).toBeUndefined();
    progress.pass(5);
    progress.finish(0);
    expect(progress.finished).toBe(1);
    progress.finish(2);
    expect(progress.finished).toBe(5);
  });
});

describe('a system projection', () => {
  it('goes on after a commit that failed, without a double and without a hole', async () => {
    const store = new MoodyStore();
    const log = new EventLog(store);
    const runner = new ProjectionRunner('$by_category', log, new CommitSignal(log), 0);
    await runner.enable();
    await append(log, 'car-1', ANY, [event(), event()]);
    const links = () => readForward(log, '$ce-car', 0, 100).records.map((record) => recordData(record).toString());
    await until(() => links().length === 2, 'two links');
    store.onlyMarked = true;
    store.failNext = 'disk full';
    await append(log, 'car-2', ANY, [event()]);
    await until(() => runner.reason.includes('disk full'), 'the failure');
    expect(runner.status).toBe('Running');
    await append(log, 'car-3', ANY, [event()]);
    await until(() => links().length >= 4, 'the rest');
    expect(links()).toEqual(['0@car-1', '1@car-1', '0@car-2', '0@car-3']);
    expect(runner.reason).toBe('');
    await runner.stop();
  });
});

describe('after a restart', () => {
  it('the log goes on where it ended, and knows what was written just before', async () => {
    const where = folder();
    const once = event();
    const first = new JournaledStore(where);
    const before = await append(new EventLog(first), 's', ANY, [once, event()]);
    await first.close();
    const second = new JournaledStore(where);
    const log = new EventLog(second);
    expect(await append(log, 's', ANY, [once])).toMatchObject({ kind: 'appended', revision: 0 });
    const after = await append(log, 's', 1, [event()]);
    expect(after).toMatchObject({ kind: 'appended', revision: 2 });
    expect((after as { position: number }).position).toBeGreaterThan((before as { position: number }).position);
    await second.close();
  });
});

describe('durability', () => {
  it('every commit is flushed before it resolves', () => {
    expect(environmentOptions({})).toMatchObject({
      overlappingSync: false,
      noSync: false,
      noMetaSync: false,
      readOnly: false,
    });
  });
  it('backup and verification open the log for reading only', () => {
    expect(environmentOptions({ readOnly: true }).readOnly).toBe(true);
  });
});

describe('the data folder', () => {
  it('has one holder, who is named to others', () => {
    const where = folder();
    const release = holdFolder(where);
    expect(() => holdFolder(where)).toThrow(FolderHeldError);
    expect(() => holdFolder(where)).toThrow(String(process.pid));
    release();
    holdFolder(where)();
  });
  it('is taken over from a process that is gone', () => {
    const where = folder();
    const gone = { pid: process.pid, host: hostname(), bornAt: 'long before this process', since: '' };
    writeFileSync(join(where, 'holder.json'), JSON.stringify(gone));
    holdFolder(where)();
  });
});

describe('filters', () => {
  it.each([
    ['^a', 'abc', true],
    ['^a', 'bac', false],
    ['b', 'abc', true],
    ['(?i)ABC', 'xabcx', true],
    ['\\Aab\\z', 'ab', true],
    ['\\Aab\\z', 'abc', false],
    ["(?'x'b)c", 'abc', true],
    ['^[^\\$].*', '$sys', false],
    ['^[^\\$].*', 'user', true],
    ['|^order-', 'order-1', true],
  ])('%s on %s: %s', (regex, text, expected) => {
    expect(textMatcher(regex, [])(text)).toBe(expected);
  });
  it('an empty expression with prefixes asks for the prefixes', () => {
    expect(textMatcher('', ['a', 'b'])('bc')).toBe(true);
    expect(textMatcher('', ['a', 'b'])('cb')).toBe(false);
  });
});
