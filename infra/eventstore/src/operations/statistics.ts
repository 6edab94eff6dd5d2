import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { NodeContext } from '../grpc/node-context.ts';
import type { Scavenger } from './scavenge.ts';

export interface Measure {
  readonly name: string;
  readonly help: string;
  readonly kind: 'counter' | 'gauge';
  readonly value: number;
}

/** What the node counts about itself; both the Monitoring service and /metrics are made of it. */
export class Statistics {
  private readonly node: NodeContext;
  private readonly scavenger: Scavenger;
  private readonly loop = monitorEventLoopDelay({ resolution: 20 });
  private events = 0;
  private bytes = 0;

  constructor(node: NodeContext, scavenger: Scavenger) {
    this.node = node;
    this.scavenger = scavenger;
    this.loop.enable();
    node.log.onCommit(({ records }) => {
      this.events += records.length;
      for (const record of records) this.bytes += record.length;
    });
  }

  close(): void {
    this.loop.disable();
  }

  measures(): readonly Measure[] {
    const { log, calls, subscriptions } = this.node;
    const memory = process.memoryUsage();
    const groups = subscriptions.list();
    const { outcomes } = log;
    return [
      { name: 'events_written_total', help: 'Events committed since start', kind: 'counter', value: this.events },
      {
        name: 'bytes_written_total',
        help: 'Bytes of the records committed since start',
        kind: 'counter',
        value: this.bytes,
      },
      {
        name: 'commits_total',
        help: 'Transactions, each one flush to disk',
        kind: 'counter',
        value: log.commits.commits,
      },
      { name: 'commit_failures_total', help: 'Transactions that failed', kind: 'counter', value: log.commits.failures },
      { name: 'commit_seconds_total', help: 'Time spent in transactions', kind: 'counter', value: log.commits.seconds },
      { name: 'appends_total', help: 'Appends written', kind: 'counter', value: outcomes.written },
      { name: 'append_repeats_total', help: 'Appends recognised as repeats', kind: 'counter', value: outcomes.repeats },
      {
        name: 'append_conflicts_total',
        help: 'Appends refused for their expected version',
        kind: 'counter',
        value: outcomes.conflicts,
      },
      { name: 'log_position', help: 'End of the committed log', kind: 'gauge', value: log.committedEnd },
      { name: 'data_file_bytes', help: 'Size of the data file', kind: 'gauge', value: log.store.sizeOnDisk() },
      {
        name: 'open_streaming_calls',
        help: 'Reads, subscriptions and batch appends in progress',
        kind: 'gauge',
        value: calls.count.streams,
      },
      { name: 'persistent_groups', help: 'Persistent subscription groups', kind: 'gauge', value: groups.length },
      {
        name: 'persistent_in_flight',
        help: 'Messages sent to consumers and not answered',
        kind: 'gauge',
        value: groups.reduce((sum, group) => sum + group.inFlight, 0),
      },
      {
        name: 'persistent_parked',
        help: 'Parked messages',
        kind: 'gauge',
        value: groups.reduce((sum, group) => sum + group.parked, 0),
      },
      {
        name: 'scavenged_events_total',
        help: 'Events removed by scavenging since start',
        kind: 'counter',
        value: this.scavenger.removed,
      },
      {
        name: 'event_loop_delay_p99_seconds',
        help: 'How late timers run',
        kind: 'gauge',
        value: this.loop.percentile(99) / 1e9,
      },
      { name: 'resident_memory_bytes', help: 'Resident memory of the process', kind: 'gauge', value: memory.rss },
      { name: 'heap_used_bytes', help: 'JavaScript heap in use', kind: 'gauge', value: memory.heapUsed },
      { name: 'uptime_seconds', help: 'Since the process started', kind: 'counter', value: process.uptime() },
    ];
  }
}

/** The Prometheus text format. */
export const prometheus = (measures: readonly Measure[]): string =>
  measures
    .map(
      ({ name, help, kind, value }) =>
        `# HELP eventstore_${name} ${help}\n# TYPE eventstore_${name} ${kind}\neventstore_${name} ${value}\n`,
    )
    .join('');
