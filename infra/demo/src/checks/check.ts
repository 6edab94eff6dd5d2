import type { StoredEvent } from '@cargoro/domain';

/** One thing that must hold of a whole world, told from its events alone. */
export type Check = {
  readonly name: string;
  see(event: Seen): void;
  /** What does not hold, in plain words; none when all is well. */
  problems(): readonly string[];
};
/** An event as checks see it: whatever its type, its data is read field by field. */
export type Seen = Pick<StoredEvent, 'id' | 'stream' | 'type'> & {
  readonly data: Data;
  readonly correlationId: string;
  readonly at: string;
};
// biome-ignore lint/suspicious/noExplicitAny: fields of every event there is; the checks are about their values
export type Data = Readonly<Record<string, any>>;

/** The value at a key, made at first use. */
export const at = <V>(map: Map<string, V>, key: string, make: () => V): V => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};
