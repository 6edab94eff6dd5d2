import { partyKey } from '@cargoro/domain';
import { type AnyReadModel, firstLetter, type Onlooker, PersonName, type Row } from '@cargoro/projections';
import { z } from 'zod';
import type { Viewer } from './types.ts';

/** In which capacities, under which role, a viewer looks at this row. */
export const onlookerOf = (row: Row, { actor, partyKeys }: Viewer): Onlooker => ({
  id: actor.id,
  role: actor.role,
  keys: partyKeys,
  as: row.parties.filter((party) => partyKeys.includes(partyKey(party))).map(({ as }) => as),
});

/** A value without the names in it, wherever its shape has one. */
const veiled = (schema: unknown, value: unknown): unknown => {
  if (schema === PersonName) return firstLetter(value);
  if (schema instanceof z.ZodArray && Array.isArray(value)) return value.map((one) => veiled(schema.element, one));
  if (!(schema instanceof z.ZodObject) || typeof value !== 'object' || value === null) return value;
  return { ...value, ...veiledFields(schema.shape, value) };
};
const veiledFields = (shape: Readonly<Record<string, unknown>>, value: object): object =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (name in shape ? [[name, veiled(shape[name], one)]] : [])),
  );
/** Emergency access opens what happened, not who people are. */
const withoutNames = ({ row: { shape }, computed = {} }: AnyReadModel, row: Row): Row => {
  const made = Object.fromEntries(Object.entries(computed).map(([column, { schema }]) => [column, schema]));
  return { ...row, ...veiledFields({ ...shape, ...made }, row) };
};

/** Computed columns as their rule makes them of what the store found. */
const made = ({ computed = {} }: AnyReadModel, row: Row): Row => {
  const ruled = Object.entries(computed).filter(([column, { make }]) => make && column in row);
  if (ruled.length === 0) return row;
  return { ...row, ...Object.fromEntries(ruled.map(([column, { make }]) => [column, make?.(row[column] as never)])) };
};

/** The third wall: columns this viewer sees otherwise than they stand. */
export const masked = (model: AnyReadModel, found: Row, viewer: Viewer): Row => {
  const whole = made(model, found);
  const row = viewer.breakGlass ? withoutNames(model, whole) : whole;
  if (!model.masks) return row;
  const onlooker = onlookerOf(row, viewer);
  // A list reads the columns that were asked for; what was not read has nothing to hide.
  const read = Object.entries(model.masks).filter(([column]) => column in row);
  const hidden = read.map(([column, mask]) => [column, mask(row[column], onlooker)]);
  return { ...row, ...Object.fromEntries(hidden) };
};
