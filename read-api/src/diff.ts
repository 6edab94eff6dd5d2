import { canonicalJson } from '@cargoro/infra/ids';
import { type AnyReadModel, systemColumns } from '@cargoro/projections';
import type { FieldChange } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that tell one item of a list from another, the first one present. */
const identities = ['id', 'lineId', 'requestId', 'findingId', 'holdId', 'blockId', 'paymentId', 'version', 'bayId'];
const identityOf = (items: readonly unknown[]): string | undefined => {
  const first = items.find(isFields);
  if (!first || !items.every(isFields)) return undefined;
  const name = identities.find((one) => one in first) ?? Object.keys(first).find((key) => key.endsWith('Id'));
  if (!name) return undefined;
  const ids = items.map((item) => String(item[name]));
  return new Set(ids).size === ids.length ? name : undefined;
};

const compare = (path: string, before: unknown, after: unknown): readonly FieldChange[] => {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  if (isFields(before) && isFields(after)) return compareFields(path, before, after);
  if (Array.isArray(before) && Array.isArray(after)) {
    const name = identityOf([...before, ...after].length > 0 ? (before.length > 0 ? before : after) : []);
    if (name && identityOf(after.length > 0 ? after : before) === name)
      return compareFields(path, byIdentity(before, name), byIdentity(after, name));
  }
  return [{ path, before: before ?? null, after: after ?? null }];
};
const byIdentity = (items: readonly Fields[], name: string): Fields =>
  Object.fromEntries(items.map((item) => [String(item[name]), item]));
const compareFields = (path: string, before: Fields, after: Fields): readonly FieldChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    compare(path ? `${path}.${key}` : key, before[key], after[key]),
  );

const ours: ReadonlySet<string> = new Set(systemColumns.map(({ name }) => name));
/** What differs between two states of a row, field by field; items of lists are matched by their id, `lines.<lineId>.state`. */
export const changesBetween = (
  model: AnyReadModel,
  before: Fields | null,
  after: Fields | null,
): readonly FieldChange[] =>
  model.columns
    .filter(({ name }) => !ours.has(name) && name !== 'state')
    .flatMap(({ name }) => compare(name, before?.[name], after?.[name]));
