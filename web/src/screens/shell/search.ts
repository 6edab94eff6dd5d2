'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ask } from '../../kit/client.ts';
import { graphql } from '../../kit/graphql.ts';
import type { Room } from '../../session/viewer.ts';

export type Hit = {
  readonly kind: 'order' | 'reservation' | 'invoice' | 'vehicle';
  readonly href: string;
  readonly label: string;
  readonly hint?: string;
  readonly plate?: string;
};

const WorkshopSearch = graphql(`
  query WorkshopSearch($filter: RecordFilterInput!) {
    repairOrders(filter: $filter, first: 6) { edges { node { id number plate model customerName status } } }
    reservations(filter: $filter, first: 4) { edges { node { id plate model requesterName status } } }
    invoices(filter: $filter, first: 4) { edges { node { id number status } } }
  }
`);
const GarageSearch = graphql(`
  query GarageSearch($filter: RecordFilterInput!) {
    myVehicles(filter: $filter, first: 6) { edges { node { id plate model } } }
  }
`);
const none: readonly Hit[] = [];

/** Any plate, number or person the viewer may see. */
export const useSearch = (room: Room, text: string): readonly Hit[] => {
  const locale = useLocale();
  const order = useTranslations('orderStatus');
  const reservation = useTranslations('reservationStatus');
  const invoice = useTranslations('invoiceStatus');
  // Plates are stored without spaces.
  const filter = { text: /\d\s*[가-힣]\s*\d/.test(text) ? text.replaceAll(' ', '') : text };
  const ready = text.length > 1;
  const workshop = useQuery({
    queryKey: ['search', 'workshop', text],
    queryFn: () => ask(WorkshopSearch, { filter }, locale),
    enabled: ready && room === 'workshop',
    placeholderData: (before) => before,
  });
  const garage = useQuery({
    queryKey: ['search', 'garage', text],
    queryFn: () => ask(GarageSearch, { filter }, locale),
    enabled: ready && room === 'garage',
    placeholderData: (before) => before,
  });
  return useMemo(() => {
    if (!ready) return none;
    return [
      ...(workshop.data?.repairOrders.edges ?? []).map(
        ({ node }): Hit => ({
          kind: 'order',
          href: `/workshop/orders/${node.id}`,
          plate: node.plate,
          label: [node.number, node.customerName].filter(Boolean).join(' · '),
          hint: order(node.status),
        }),
      ),
      ...(workshop.data?.reservations.edges ?? []).map(
        ({ node }): Hit => ({
          kind: 'reservation',
          href: `/workshop/reservations/${node.id}`,
          plate: node.plate,
          label: [node.model, node.requesterName].filter(Boolean).join(' · '),
          hint: reservation(node.status),
        }),
      ),
      ...(workshop.data?.invoices.edges ?? []).map(
        ({ node }): Hit => ({
          kind: 'invoice',
          href: `/workshop/invoices/${node.id}`,
          label: node.number ?? node.id,
          hint: invoice(node.status),
        }),
      ),
      ...(garage.data?.myVehicles.edges ?? []).map(
        ({ node }): Hit => ({ kind: 'vehicle', href: '/garage', plate: node.plate, label: node.model }),
      ),
    ];
  }, [ready, workshop.data, garage.data, order, reservation, invoice]);
};
