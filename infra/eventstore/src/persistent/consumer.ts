import { Measurements } from './measurements.ts';
import type { Message } from './message.ts';

export interface ConsumerOptions {
  readonly username: string;
  readonly connectionName: string;
  readonly from: string;
  readonly slots: number;
  readonly deliver: (message: Message) => void;
  /** Whether the connection has as much to carry as it may. */
  readonly isClogged: () => boolean;
  readonly drop: () => void;
}

/** One connected reader of a group, with what it was sent and has not answered. */
export class Consumer {
  readonly options: ConsumerOptions;
  readonly inFlight = new Map<string, { message: Message; sentAt: number }>();
  readonly measurements = new Measurements();
  totalItems = 0;

  constructor(options: ConsumerOptions) {
    this.options = options;
  }

  get freeSlots(): number {
    return this.options.slots - this.inFlight.size;
  }

  get hasRoom(): boolean {
    return this.freeSlots > 0 && !this.options.isClogged();
  }

  send(message: Message, now: number): void {
    this.inFlight.set(message.id, { message, sentAt: now });
    this.totalItems += 1;
    this.options.deliver(message);
  }

  /** Takes a message back, with the time it took; undefined if this consumer does not have it. */
  take(id: string, now: number): Message | undefined {
    const sent = this.inFlight.get(id);
    if (!sent) return undefined;
    this.inFlight.delete(id);
    this.measurements.add(now - sent.sentAt);
    return sent.message;
  }
}
