import { partyKey } from '@cargoro/domain';
import type { AnyReadModel, Onlooker, Row } from '@cargoro/projections';
import type { Viewer } from './types.ts';

/** In which capacities, under which role, a viewer looks at this row. */
export const onlookerOf = (row: Row, { actor, partyKeys }: Viewer): Onlooker => ({
  id: actor.id,
  role: actor.role,
  keys: partyKeys,
  as: row.parties.filter((party) => partyKeys.includes(partyKey(party))).map(({ as }) => as),
});

/** Computed columns as their rule makes them of what the store found. */
const made = ({ computed = {} }: AnyReadModel, row: Row): Row => {
  const ruled = Object.entries(computed).filter(([column, { make }]) => make && column in row);
  if (ruled.length === 0) return row;
  return { ...row, ...Object.fromEntries(ruled.map(([column, { make }]) => [column, make?.(row[column] as never)])) };
};

/** The third wall: columns this viewer sees otherwise than they stand. */
export const masked = (model: AnyReadModel, found: Row, viewer: Viewer): Row => {
  const row = made(model, found);
  if (!model.masks) return row;
  const onlooker = onlookerOf(row, viewer);
  // A list reads the columns that were asked for; what was not read has nothing to hide.
  const read = Object.entries(model.masks).filter(([column]) => column in row);
  const hidden = read.map(([column, mask]) => [column, mask(row[column], onlooker)]);
  return { ...row, ...Object.fromEntries(hidden) };
};
