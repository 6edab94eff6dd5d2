'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useCallback } from 'react';
import { named } from '../session/viewer.ts';
import { ask } from './client.ts';
import { graphql } from './graphql.ts';
import { useViewer } from './runtime.tsx';

const Members = graphql(`
  query Members($orgId: String) {
    memberships(orgId: $orgId, first: 100) {
      edges { node { id userId userName roles status } }
    }
  }
`);

/** The people of one's organisation. */
export const useMembers = () => {
  const { orgId } = useViewer();
  const locale = useLocale();
  const { data } = useQuery({
    queryKey: ['members', orgId],
    queryFn: () => ask(Members, { orgId: orgId ?? null }, locale),
    enabled: Boolean(orgId),
    staleTime: 300_000,
  });
  return data?.memberships.edges.map(({ node }) => node) ?? [];
};

/** A person's name by id, as far as the viewer may know it. */
export const useNames = (): ((userId: string) => string | undefined) => {
  const viewer = useViewer();
  const locale = useLocale();
  const members = useMembers();
  return useCallback(
    (userId) =>
      userId === viewer.userId
        ? named(viewer.name, locale)
        : (members.find((member) => member.userId === userId)?.userName ?? undefined),
    [members, viewer, locale],
  );
};
