import { canonicalJson } from '@cargoro/infra/ids';
import type { AnyReadModel, AnyRow } from './types.ts';

/** Equal in every column, whatever the order of keys inside JSON. */
export const sameRow = (model: AnyReadModel, a: AnyRow, b: AnyRow): boolean =>
  model.columns.every(({ name }) => {
    const [left, right] = [a[name], b[name]];
    return left === right || canonicalJson(left ?? null) === canonicalJson(right ?? null);
  });
