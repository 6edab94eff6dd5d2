import { randomUUID } from 'node:crypto';
import { recordData } from '../log/record.ts';
import { append, softDelete } from '../streams/append.ts';
import type { EventLog } from '../streams/event-log.ts';
import { ANY } from '../streams/names.ts';
import { readBackward } from '../streams/read-stream.ts';
import { Group } from './group.ts';
import { checkpointStream, type GroupConfig, groupKey, parkedStream } from './settings.ts';

const CONFIG_STREAM = '$persistentSubscriptionConfig';

/** All groups of the node. Definitions are kept in a system stream, the whole list per event. */
export class PersistentSubscriptions {
  private readonly log: EventLog;
  private readonly groups = new Map<string, Group>();

  constructor(log: EventLog) {
    this.log = log;
    this.load();
  }

  find(source: string, group: string): Group | undefined {
    return this.groups.get(groupKey(source, group));
  }

  list(source?: string): readonly Group[] {
    return [...this.groups.values()].filter((group) => source === undefined || group.config.source === source);
  }

  async create(config: GroupConfig): Promise<void> {
    const group = new Group(this.log, config);
    this.groups.set(group.key, group);
    await this.save();
  }

  /** New settings for a group: its consumers are dropped and have to connect again. */
  async update(config: GroupConfig): Promise<void> {
    const key = groupKey(config.source, config.group);
    const old = this.groups.get(key);
    old?.dropConsumers();
    await old?.close();
    this.groups.set(key, new Group(this.log, config));
    await this.save();
  }

  async delete(group: Group): Promise<void> {
    this.groups.delete(group.key);
    group.dropConsumers();
    group.abandon();
    await this.save();
    for (const stream of [checkpointStream(group.key), parkedStream(group.key)]) {
      if (this.log.heads.latest(stream).last >= 0) await softDelete(this.log, stream, ANY);
    }
  }

  async restart(): Promise<void> {
    await this.close();
    this.load();
  }

  async close(): Promise<void> {
    const groups = [...this.groups.values()];
    this.groups.clear();
    for (const group of groups) group.dropConsumers();
    await Promise.all(groups.map((group) => group.close()));
  }

  /** Stops at once and saves nothing, as a crash would. */
  abandon(): void {
    for (const group of this.groups.values()) group.abandon();
    this.groups.clear();
  }

  private load(): void {
    const [record] = readBackward(this.log, CONFIG_STREAM, Number.MAX_SAFE_INTEGER, 1).records;
    if (!record) return;
    const { entries } = JSON.parse(recordData(record).toString('utf8')) as { entries: GroupConfig[] };
    for (const config of entries) {
      const group = new Group(this.log, config);
      this.groups.set(group.key, group);
    }
  }

  private async save(): Promise<void> {
    const entries = [...this.groups.values()].map((group) => group.config);
    const data = Buffer.from(JSON.stringify({ version: '2', updated: new Date().toISOString(), entries }));
    await append(this.log, CONFIG_STREAM, ANY, [
      { id: randomUUID(), type: '$PersistentConfig', json: true, data, metadata: Buffer.alloc(0) },
    ]);
  }
}
