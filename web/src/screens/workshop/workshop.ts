'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ask } from '../../kit/client.ts';
import type { Option } from '../../kit/command-form.tsx';
import { dayOf } from '../../kit/format.ts';
import { type FragmentOf, graphql } from '../../kit/graphql.ts';
import { useMembers } from '../../kit/names.ts';
import { useViewer } from '../../kit/runtime.tsx';

export const WorkshopFields = graphql(`
  fragment WorkshopFields on Workshop @_unmask {
    id revision position status orgId name class repairRegNo address phone
    hours { effectiveFrom weekly { weekday opens closes } holidays }
    bays { bayId name kind retiredOn }
    rates { category ratePerHourKrw effectiveFrom }
    menus { menuVersion effectiveFrom items { serviceCode name standardHours partsHint estimateExempt } }
    technicianIds
    allowedCommands { name label }
  }
`);
export type Workshop = FragmentOf<typeof WorkshopFields>;

const Workshops = graphql(
  `
    query Workshops($orgId: String) {
      workshops(orgId: $orgId, first: 20) { edges { node { ...WorkshopFields } } }
    }
  `,
  [WorkshopFields],
);
const Technicians = graphql(`
  query Technicians($workshopId: String!) {
    technicians(workshopId: $workshopId, first: 100) { edges { node { id userId name status grade evCertified skills since } } }
  }
`);

/** The workshop one works in: the first of the organisation of the membership in play. */
export const useWorkshop = () => {
  const { orgId } = useViewer();
  const locale = useLocale();
  const query = useQuery({
    queryKey: ['workshop', orgId, locale],
    queryFn: async () => (await ask(Workshops, { orgId: orgId ?? null }, locale)).workshops.edges[0]?.node ?? null,
    staleTime: 300_000,
  });
  return { workshop: query.data ?? undefined, query };
};

/** What is in force on a day: the last that took effect by then. */
export const inForce = <T extends { readonly effectiveFrom: string }>(
  all: readonly T[],
  day: string = dayOf(Date.now()),
): T | undefined =>
  [...all]
    .filter((each) => each.effectiveFrom <= day)
    .sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom))
    .at(-1);

/** The posted rate of each category on a day. */
export const ratesOn = (rates: Workshop['rates'], day: string = dayOf(Date.now())): Workshop['rates'] =>
  [...new Set(rates.map((rate) => rate.category))].flatMap(
    (category) =>
      inForce(
        rates.filter((rate) => rate.category === category),
        day,
      ) ?? [],
  );

export const openBays = ({ bays }: Workshop, day: string = dayOf(Date.now())): Workshop['bays'] =>
  bays.filter((bay) => bay.retiredOn === null || bay.retiredOn > day);

/** The opening hours of a day; none on a holiday. */
export const hoursOf = ({ hours }: Workshop, day: string): readonly { opens: string; closes: string }[] => {
  const set = inForce(hours, day);
  if (!set || set.holidays.includes(day)) return [];
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return set.weekly.filter((span) => span.weekday === weekday);
};

export const useTechnicians = (workshopId: string | undefined) => {
  const locale = useLocale();
  const { data } = useQuery({
    queryKey: ['technicians', workshopId],
    queryFn: async () =>
      (await ask(Technicians, { workshopId: workshopId ?? '' }, locale)).technicians.edges.map(({ node }) => node),
    enabled: workshopId !== undefined,
    staleTime: 300_000,
  });
  return useMemo(() => (data ?? []).filter((each) => each.status === 'enrolled'), [data]);
};

/** Choices for the fields that ask for people and bays of this workshop. */
export const useStaffOptions = (workshop: Workshop | undefined) => {
  const role = useTranslations('roles');
  const members = useMembers();
  const technicians = useTechnicians(workshop?.id);
  return useMemo(() => {
    const nameOf = (id: string) => members.find((member) => member.userId === id)?.userName;
    const options = {
      technicians: technicians.map(
        (each): Option => ({ value: each.userId, label: each.name ?? nameOf(each.userId) ?? each.grade }),
      ),
      inspectors: members
        .filter((member) => member.roles.some((each) => each === 'LEAD_TECHNICIAN' || each === 'WORKSHOP_OWNER'))
        .map(
          (member): Option => ({
            value: member.userId,
            label: `${member.userName ?? ''} · ${role(member.roles[0] ?? 'ANYONE')}`,
          }),
        ),
      advisors: members
        .filter((member) => member.roles.some((each) => each === 'SERVICE_ADVISOR' || each === 'WORKSHOP_OWNER'))
        .map((member): Option => ({ value: member.userId, label: member.userName ?? '' })),
      bays: (workshop ? openBays(workshop) : []).map((bay): Option => ({ value: bay.bayId, label: bay.name })),
    };
    return options;
  }, [members, technicians, workshop, role]);
};
