import { UserAccount } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import type { Join } from '../kit/types.ts';

/** The name of a person in a row; emergency access shows no more than its first letter. */
export const PersonName = z.string().nullable();
export const firstLetter = (value: unknown): unknown => (typeof value === 'string' ? `${value.slice(0, 1)}***` : value);

/** Names of people for other read models of a group; nulled when a person is erased. Nobody reads it directly. */
export const personCard = (name: string, group: 'core' | 'repair') =>
  readModel({
    name,
    type: 'PersonCard',
    version: 1,
    group,
    row: z.object({ name: PersonName }),
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
