import { DateTime, type Party, PartyAs, PartyKind, sameParty } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';

const Member = z
  .object({ kind: PartyKind, id: z.string(), as: PartyAs, from: DateTime, to: DateTime.nullable() })
  .meta({ id: 'StreamPartyMember' });

/** Who is or was party to a stream: what tenancy asks for rows that carry no parties of their own. */
export const StreamParty = readModel({
  name: 'stream_party',
  type: 'StreamParty',
  version: 1,
  group: 'admin',
  row: z.object({ members: z.array(Member) }),
  scope: [],
  indexes: [],
  from: [],
  raw: true,
  platform: true,
  key: ({ stream }) => stream,
}).folds({
  every: (row, { data, type, recordedAt }) => {
    const { parties = [], party } = data as { parties?: readonly Party[]; party?: Party };
    if (type === 'PartyRemoved' && row && party)
      return {
        members: row.members.map((one) =>
          sameParty(one, party) && one.to === null ? { ...one, to: recordedAt } : one,
        ),
      };
    if (type === 'PartyAdded' && row && party)
      return row.members.some((one) => sameParty(one, party) && one.to === null)
        ? undefined
        : { members: [...row.members, { ...party, from: recordedAt, to: null }] };
    return row ? undefined : { members: parties.map((one) => ({ ...one, from: recordedAt, to: null })) };
  },
});
