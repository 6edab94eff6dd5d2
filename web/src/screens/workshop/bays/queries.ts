import { type FragmentOf, graphql } from '../../../kit/graphql.ts';

export const BayDayFields = graphql(`
  fragment BayDayFields on BayDay @_unmask {
    id revision position bayId bayName bayKind workshopId day
    slots { holdId forKind forId start end state expiresAt usedFrom usedTo usedMinutes }
    blocks { blockId start end reason }
    allowedCommands { name label }
  }
`);
export type BayDay = FragmentOf<typeof BayDayFields>;

export const BayTimelineQuery = graphql(
  `
    query BayTimeline($workshopId: String!, $day: Day!) {
      bayTimeline(workshopId: $workshopId, day: $day, first: 100) { edges { node { ...BayDayFields } } }
    }
  `,
  [BayDayFields],
);
export const BayTimelineChanged = graphql(
  `
    subscription BayTimelineChanged($workshopId: String!, $day: Day!, $afterPosition: Position) {
      bayTimelineChanged(workshopId: $workshopId, day: $day, afterPosition: $afterPosition) { position change id node { ...BayDayFields } }
    }
  `,
  [BayDayFields],
);
