import { text } from '@cargoro/domain';
import { EventIndex, InvoiceView, Org } from '@cargoro/projections';
import { z } from 'zod';
import { ofParty, subscription } from '../define.ts';
import { readers } from '../queries/admin.ts';

/** Only what the client named narrows the stream. */
const given = (values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));

export const coreSubscriptions = [
  subscription({
    name: 'organizationChanged',
    doc: text('조직이 바뀔 때', 'When an organisation changes'),
    readModel: Org,
    args: z.object({ id: z.string().max(64).optional() }),
    match: ({ id }) => given({ id }),
  }),
  subscription({
    name: 'invoiceChanged',
    doc: text(
      '조직이 보내거나 받은 청구서가 바뀔 때',
      'When an invoice changes that an organisation sent or has to pay',
    ),
    readModel: InvoiceView,
    args: z.object({ orgId: z.string().max(64) }),
    match: ofParty,
  }),
  subscription({
    name: 'eventsAppended',
    doc: text('이벤트가 기록될 때', 'When events are recorded'),
    readModel: EventIndex,
    roles: readers,
    args: z.object({
      filter: z
        .object({
          stream: z.string().max(200).optional(),
          type: z.string().max(80).optional(),
          correlationId: z.string().max(130).optional(),
        })
        .meta({ id: 'EventStreamFilter' })
        .optional(),
    }),
    match: ({ filter = {} }) => given(filter),
  }),
];
