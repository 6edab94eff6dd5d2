import { type FragmentOf, graphql } from '../../../kit/graphql.ts';

export const columns = ['arrive', 'diagnose', 'waitingApproval', 'waitingParts', 'inWork', 'inspect', 'ready'] as const;

export const CardFields = graphql(`
  fragment CardFields on BoardCard @_unmask {
    id position revision number status column plate make model customerName complaint openedAt promisedAt technicianId technicianName
    bayId waitReason waitingSince dueAt approvedKrw linesDone linesApproved working
    allowedCommands { name label }
  }
`);
export type Card = FragmentOf<typeof CardFields>;

export const BoardQuery = graphql(
  `
    query WorkshopBoard($workshopId: String!, $after: String) {
      workshopBoard(workshopId: $workshopId, first: 100, after: $after) {
        edges { node { ...CardFields } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [CardFields],
);
export const BoardChanged = graphql(
  `
    subscription WorkshopBoardChanged($workshopId: String!, $afterPosition: Position) {
      workshopBoardChanged(workshopId: $workshopId, afterPosition: $afterPosition) { position change id node { ...CardFields } }
    }
  `,
  [CardFields],
);
