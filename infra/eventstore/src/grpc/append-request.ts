import type { Access, Caller } from '../security/access.ts';
import type { NewEvent } from '../streams/event-log.ts';
import { isMetastream } from '../streams/names.ts';
import type { ProposedMessage } from '../wire/append-messages.ts';
import { accessDenied, maximumAppendSizeExceeded, missingMetadata } from './errors.ts';
import type { Limits } from './node-context.ts';

export const checkWrite = (access: Access, caller: Caller, stream: string): void => {
  if (stream === '$all') throw accessDenied();
  access.checkStream(caller, isMetastream(stream) ? 'metaWrite' : 'write', stream);
};

export const checkDelete = (access: Access, caller: Caller, stream: string): void => {
  if (stream === '$all' || isMetastream(stream)) throw accessDenied();
  access.checkStream(caller, 'delete', stream);
};

/** Collects the events of one append while its size is watched. */
export class ProposedEvents {
  readonly events: NewEvent[] = [];
  bytes = 0;
  private dataBytes = 0;
  private readonly limits: Limits;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  add({ id, type, contentType, data, metadata }: ProposedMessage): void {
    const missing = [...(type === undefined ? ['type'] : []), ...(contentType === undefined ? ['content-type'] : [])];
    if (type === undefined || missing.length > 0) throw missingMetadata(missing);
    this.dataBytes += data.length;
    this.bytes += data.length + metadata.length;
    // Up to 24.x the real server counts the data only; metadata are bounded by the event's own limit.
    if (this.dataBytes > this.limits.maxAppendBytes) throw maximumAppendSizeExceeded(this.limits.maxAppendBytes);
    if (data.length + metadata.length > this.limits.maxEventBytes)
      throw maximumAppendSizeExceeded(this.limits.maxEventBytes);
    this.events.push({ id, type, json: contentType === 'application/json', data, metadata });
  }
}
