/** Records keyed by words that people choose: `constructor` is a word like any other, never JavaScript's. */
export type Keyed<T> = Readonly<Record<string, T>>;

export const hasKey = (record: Keyed<unknown>, key: string): boolean => Object.hasOwn(record, key);
export const valueAt = <T>(record: Keyed<T>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
export const withoutKey = <T>(record: Keyed<T>, key: string): Keyed<T> => {
  const { [key]: _, ...rest } = record;
  return rest;
};
