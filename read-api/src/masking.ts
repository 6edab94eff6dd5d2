import { partyKey } from '@cargoro/domain';
import { type AnyReadModel, firstLetter, type Onlooker, PersonName, type Row } from '@cargoro/projections';
import type { Viewer } from './types.ts';

/** In which capacities, under which role, a viewer looks at this row. */
export const onlookerOf = (row: Row, { actor, partyKeys }: Viewer): Onlooker => ({
  id: actor.id,
  role: actor.role,
  keys: partyKeys,
  as: row.parties.filter((party) => partyKeys.includes(partyKey(party))).map(({ as }) => as),
});

/** Emergency access opens what happened, not who people are. */
const withoutNames = ({ row: { shape } }: AnyReadModel, row: Row): Row => {
  const names = Object.keys(shape).filter((column) => shape[column] === PersonName && column in row);
  return { ...row, ...Object.fromEntries(names.map((column) => [column, firstLetter(row[column])])) };
};

/** The third wall: columns this viewer sees otherwise than they stand. */
export const masked = (model: AnyReadModel, found: Row, viewer: Viewer): Row => {
  const row = viewer.breakGlass ? withoutNames(model, found) : found;
  if (!model.masks) return row;
  const onlooker = onlookerOf(row, viewer);
  // A list reads the columns that were asked for; what was not read has nothing to hide.
  const read = Object.entries(model.masks).filter(([column]) => column in row);
  const hidden = read.map(([column, mask]) => [column, mask(row[column], onlooker)]);
  return { ...row, ...Object.fromEntries(hidden) };
};
