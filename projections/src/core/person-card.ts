import { UserAccount } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import type { Join } from '../kit/types.ts';

/** Names of people for other read models of a group; nulled when a person is erased. Nobody reads it directly. */
export const personCard = (name: string, group: 'core' | 'repair') =>
  readModel({
    name,
    type: 'PersonCard',
    version: 1,
    group,
    row: z.object({ name: z.string().nullable() }),
    scope: [],
    indexes: [],
    from: [UserAccount],
    seenBy: () => [],
  }).folds({
    start: { UserRegistered: ({ data }) => ({ name: data.person?.name ?? null }) },
    on: { UserErased: (row) => ({ ...row, name: null }) },
  });

/** `nameOf(people, 'technicianId', 'technicianName')`: a person's name beside the id. */
export const nameOf = (from: Join['from'], by: string, column: string): Join => ({
  from,
  by,
  take: (person) => ({ [column]: person?.name ?? null }),
});
