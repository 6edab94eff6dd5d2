import { type Check, findings } from './check.ts';

/** A command counts once: its events stand together in one stream, however often it was sent. */
export const once: Check = (events) => {
  const { expect, all } = findings();
  const ids = new Set<string>();
  const last = new Map<string, { stream: string; revision: bigint }>();
  for (const { type, event } of events) {
    const { commandId, command } = event.meta;
    expect(!ids.has(event.id), `${type} ${event.id} is stored twice`);
    ids.add(event.id);
    const before = last.get(commandId);
    const follows = !before || (before.stream === event.stream && before.revision + 1n === event.revision);
    expect(follows, `${command} ${commandId} counted again at ${event.stream}@${event.revision}`);
    last.set(commandId, { stream: event.stream, revision: event.revision });
  }
  return all();
};
