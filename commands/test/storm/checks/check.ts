import type { StoredEvent } from '@cargoro/domain';
import { categoryOf, type Fields, fieldsOf, recordIdOf } from '../knowledge.ts';

/**
 * A rule of the business held against the events alone, in the words of whoever would be wronged. `rest`: everything that
 * follows has followed, so what was to be given back is.
 */
export type Check = (events: readonly Told[], rest: boolean) => readonly string[];
export type Told = {
  readonly type: string;
  readonly category: string;
  readonly id: string;
  readonly data: Fields;
  readonly event: StoredEvent;
};
export const toldOf = (event: StoredEvent): Told => ({
  ...{ type: event.type, category: categoryOf(event.stream), id: recordIdOf(event.stream) },
  ...{ data: fieldsOf(event.data), event },
});

export const num = (value: unknown): number => Number(value ?? 0);
export const str = (value: unknown): string => String(value ?? '');
export const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);
export const ids = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
export const at = <T>(map: Map<string, T>, key: string, make: () => T): T => {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
};
export const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
/** Gathers what is wrong; the first of each is enough. */
export const findings = () => {
  const found = new Set<string>();
  return {
    expect: (isSo: boolean, otherwise: string): void => void (isSo || found.add(otherwise)),
    all: (): readonly string[] => [...found],
  };
};
