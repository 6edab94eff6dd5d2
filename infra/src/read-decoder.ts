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

const facts = ['type', 'content-type', 'created'] as const;

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
  const end = reader.enter();
  for (let field = reader.field(end); field; field = reader.field(end))
    switch (field) {
      case 1:
        id = reader.textIn(2);
        break;
      case 2:
        stream = reader.textIn(3);
        break;
      case 3:
        revision = reader.bigint();
        break;
      case 5:
        position = reader.bigint();
        break;
      case 6: {
        // An entry of a map: key, then value.
        let fact: (typeof facts)[number] | undefined;
        const entryEnd = reader.enter();
        for (let part = reader.field(entryEnd); part; part = reader.field(entryEnd))
          if (part === 1) fact = reader.oneOf(facts);
          else if (fact === 'type') type = reader.text();
          else if (fact === 'content-type') json = reader.is('application/json');
          // 100-nanosecond ticks since 1970: beyond 2^53, and a division by 10,000 in floating point is exact to the ms.
          else if (fact === 'created') createdMs = Math.floor(Number(reader.text()) / 10_000);
          else reader.skip();
        break;
      }
      case 7:
        metadata = reader.text();
        break;
      case 8:
        data = reader.text();
        break;
      default:
        reader.skip();
    }
  return { id, type, stream, revision, position, createdMs, json, data, metadata };
};

const recordedIn = (reader: ProtoReader): ReadMessage => {
  let message: ReadMessage = { kind: 'other' };
  const end = reader.enter();
  for (let field = reader.field(end); field; field = reader.field(end))
    if (field === 1) message = { kind: 'event', event: recordedEvent(reader) };
    else reader.skip();
  return message;
};

/** Decodes one message; what the log has no use for (confirmations, stream positions) is `other`. */
export const decodeReadResp = (buffer: Buffer): ReadMessage => {
  const reader = new ProtoReader(buffer);
  let message: ReadMessage = { kind: 'other' };
  for (let field = reader.field(buffer.length); field; field = reader.field(buffer.length))
    if (field === 1) message = recordedIn(reader);
    else if (field === 3) message = { kind: 'checkpoint', position: reader.bigintIn(1) };
    else {
      if (field === 4) message = { kind: 'notFound' };
      else if (field === 8) message = { kind: 'caughtUp' };
      reader.skip();
    }
  return message;
};
