import type { EventLog } from '../streams/event-log.ts';
import { resolveLink } from '../streams/links.ts';
import { readForward } from '../streams/read-stream.ts';
import { visibleRange } from '../streams/visibility.ts';
import { type Message, message } from './message.ts';
import { forgetParkedBefore } from './parked.ts';

const PAGE = 100;

/**
 * Delivers parked messages again, a page at a time. A page stays parked until each of its messages is answered: a crash
 * may deliver some once more, and loses none.
 */
export class Replay {
  private readonly log: EventLog;
  private readonly stream: string;
  private cursor = 0;
  /** Revision of the parked stream that is not replayed any more. */
  private end = 0;
  private unanswered = 0;

  constructor(log: EventLog, stream: string) {
    this.log = log;
    this.stream = stream;
  }

  begin(stopAt: number | undefined): void {
    const { first, last } = visibleRange(this.log.heads.committed(this.stream));
    this.end = Math.max(this.end, Math.min(stopAt ?? last + 1, last + 1));
    // Whoever deletes the stream has nothing replayed, and a note about it would bring the stream back.
    this.cursor = Math.max(this.cursor, Math.min(first, this.end));
  }

  /** Messages of the next page, with the parked event as their link; none before the last page is answered. */
  next(): Message[] {
    while (this.unanswered === 0 && this.cursor < this.end) {
      const limit = Math.min(PAGE, this.end - this.cursor);
      const { records, next } = readForward(this.log, this.stream, this.cursor, limit);
      this.cursor = Math.min(next ?? this.end, this.end);
      const resolved = records.map((record) => resolveLink(this.log, record)).filter(({ event }) => event);
      this.unanswered = resolved.length;
      if (resolved.length > 0) return resolved.map((each) => message(each, undefined));
      this.forget();
    }
    return [];
  }

  answered(): void {
    this.unanswered -= 1;
    if (this.unanswered === 0) this.forget();
  }

  /** If it cannot be noted, the messages stay parked. */
  private forget(): void {
    forgetParkedBefore(this.log, this.stream, this.cursor).catch(() => {});
  }
}
