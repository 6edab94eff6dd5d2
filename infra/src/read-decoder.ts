import { ProtoReader } from './proto-reader.ts';

/**
 * Reads the store's `ReadResp` messages (event_store.client.streams) straight into what the log needs. The generated
 * classes of the client spend twenty times as long on each event, and a catch-up of the whole log is nothing else; the
 * test holds this decoder against those very classes.
 */
export type ReadMessage =
  | { readonly kind: 'event'; readonly event: RawEvent }
  | { readonly kind: 'checkpoint'; readonly position: bigint }
  | { readonly kind: 'caughtUp' | 'notFound' | 'other' };

export type RawEvent = {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: bigint;
  /** Commit position. */
  readonly position: bigint;
  /** Milliseconds since 1970, UTC. */
  readonly createdMs: number;
  readonly json: boolean;
  /** As UTF-8 text, which it is where `json` is true. */
  readonly data: string;
  readonly metadata: string;
};

const recordedEvent = (reader: ProtoReader): RawEvent => {
  let id = '';
  let stream = '';
  let revision = 0n;
  let position = 0n;
  let type = '';
  let json = false;
  let createdMs = 0;
  let data = '';
  let metadata = '';
  reader.message((field) => {
    switch (field) {
      case 1:
        reader.message((part) => {
          if (part !== 2) return false;
          id = reader.text();
          return true;
        });
        return true;
      case 2:
        reader.message((part) => {
          if (part !== 3) return false;
          stream = reader.text();
          return true;
        });
        return true;
      case 3:
        revision = reader.bigint();
        return true;
      case 5:
        position = reader.bigint();
        return true;
      case 6: {
        let key = '';
        let value = '';
        reader.message((part) => {
          if (part === 1) key = reader.text();
          else if (part === 2) value = reader.text();
          return part < 3;
        });
        if (key === 'type') type = value;
        else if (key === 'content-type') json = value === 'application/json';
        // 100-nanosecond ticks since 1970: beyond 2^53, and a division by 10,000 in floating point is exact to the ms.
        else if (key === 'created') createdMs = Math.floor(Number(value) / 10_000);
        return true;
      }
      case 7:
        metadata = reader.text();
        return true;
      case 8:
        data = reader.text();
        return true;
      default:
        return false;
    }
  });
  return { id, type, stream, revision, position, createdMs, json, data, metadata };
};

/** Decodes one message; what the log has no use for (confirmations, stream positions) is `other`. */
export const decodeReadResp = (buffer: Buffer): ReadMessage => {
  let message: ReadMessage = { kind: 'other' };
  const reader = new ProtoReader(buffer);
  reader.fields(buffer.length, (field) => {
    switch (field) {
      case 1: {
        reader.message((part) => {
          if (part !== 1) return false;
          message = { kind: 'event', event: recordedEvent(reader) };
          return true;
        });
        return true;
      }
      case 3: {
        let position = 0n;
        reader.message((part) => {
          if (part !== 1) return false;
          position = reader.bigint();
          return true;
        });
        message = { kind: 'checkpoint', position };
        return true;
      }
      case 4:
        message = { kind: 'notFound' };
        return false;
      case 8:
        message = { kind: 'caughtUp' };
        return false;
      default:
        return false;
    }
  });
  return message;
};
