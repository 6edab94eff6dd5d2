import { DateTime, type Party, partyKey, type RecordedEvent } from '@cargoro/domain';
import { z } from 'zod';
import { readModel } from '../kit/read-model.ts';
import type { Onlooker } from '../kit/types.ts';
import { StreamParty } from './stream-party.ts';

const Step = z
  .object({
    eventId: z.string(),
    type: z.string(),
    /** The record it happened to: its kind and its id, a link for those who see the step. */
    category: z.string(),
    recordId: z.string(),
    /** Who acted: organisation and role; null for CarGoro’s own processes. */
    orgId: z.string().nullable(),
    role: z.string().nullable(),
    command: z.string(),
    position: z.string(),
    at: DateTime,
  })
  .meta({ id: 'JourneyStep' });
type Step = z.infer<typeof Step> & { readonly seenBy: readonly string[] };

const row = z.object({
  status: z.enum(['underWay', 'done', 'cancelled']).meta({ id: 'JourneyStatus' }),
  vehicleId: z.string().nullable(),
  startedWith: z.string(),
  startedAt: DateTime,
  lastAt: DateTime,
  streams: z.array(z.string()),
  steps: z.array(Step),
});
/** What begins a journey; commands that carry its correlation on belong to it. */
const begins: ReadonlySet<string> = new Set([
  'MaintenanceDue',
  'ReservationRequested',
  'RepairOrderOpened',
  'DeliveryRequested',
]);
/** What brings a journey to its end, by what it began with: maintenance when it is paid for, a repair when the car is back. */
const completes: Readonly<Record<string, string>> = {
  MaintenanceDue: 'CostBooked',
  ReservationRequested: 'VehicleHandedOver',
  RepairOrderOpened: 'VehicleHandedOver',
  DeliveryRequested: 'HandoverCompleted',
};
const cancels: ReadonlySet<string> = new Set([
  'ReservationDeclined',
  'ReservationCancelled',
  'ReservationExpired',
  'RepairOrderCancelled',
  'DeliveryCancelled',
]);
type Status = z.infer<typeof row>['status'];
/** A journey that was cancelled goes on when something of its kind begins again; one that is done stays so. */
const statusAfter = (status: Status, startedWith: string, type: string): Status => {
  if (status === 'done' || completes[startedWith] === type) return 'done';
  if (cancels.has(type)) return 'cancelled';
  return begins.has(type) ? 'underWay' : status;
};
const internal: ReadonlySet<string> = new Set(['process', 'claim', 'timer']);
const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));
/** A journey longer than this keeps its beginning. */
const mostSteps = 300;

const stepOf = ({ id, type, stream, position, meta }: RecordedEvent): Step => ({
  ...{ eventId: id, type, category: categoryOf(stream), recordId: stream.slice(stream.indexOf('-') + 1) },
  ...{ orgId: meta.actor.orgId ?? null, role: meta.actor.role ?? null, command: meta.command },
  ...{ position: String(position), at: meta.occurredAt, seenBy: [] },
});
const seen = (value: unknown, { keys }: Onlooker): readonly z.infer<typeof Step>[] =>
  (value as readonly Step[]).flatMap(({ seenBy, ...step }) => (seenBy.some((key) => keys.includes(key)) ? [step] : []));
const ownStreams = (): readonly string[] => [];
type Member = Party & { to: string | null };

/** A car’s way over all organisations, under one correlation. Each party reads the steps of its own records alone. */
export const Journey = readModel({
  name: 'rm_fleet_journey',
  type: 'Journey',
  version: 2,
  group: 'admin',
  row,
  scope: ['vehicleId', 'status'],
  indexes: [['startedAt', 'id'], ['vehicleId']],
  from: [],
  raw: true,
  key: ({ stream, type, meta }) =>
    internal.has(categoryOf(stream)) || type.startsWith('Party') ? undefined : meta.correlationId,
  masks: {
    steps: seen,
    streams: ownStreams,
    // Suppliers know orders, not cars.
    vehicleId: (value, { as }) => (as.every((one) => one === 'supplier') ? null : value),
  },
  joins: [
    {
      from: StreamParty,
      by: 'streams',
      take: (_, row, others) => {
        const parties = new Map<string, readonly Party[]>(
          others.map(({ id, members }) => [
            id,
            (members as readonly Member[])
              .filter(({ to }) => to === null)
              .map(({ kind, id: of, as }) => ({ kind, id: of, as })),
          ]),
        );
        const all = [...parties.values()].flat();
        return {
          parties: all.filter((one, n) => all.findIndex((p) => p.as === one.as && partyKey(p) === partyKey(one)) === n),
          steps: (row.steps as readonly Step[]).map((step) => ({
            ...step,
            seenBy: [...new Set((parties.get(`${step.category}-${step.recordId}`) ?? []).map(partyKey))],
          })),
        };
      },
    },
  ],
}).folds({
  every: (before, event) => {
    if (!before && !begins.has(event.type)) return undefined;
    const { vehicleId } = event.data as { vehicleId?: string };
    const { occurredAt } = event.meta;
    const earlier = before ?? {
      ...{
        status: 'underWay' as const,
        vehicleId: null,
        startedWith: event.type,
        startedAt: occurredAt,
        lastAt: occurredAt,
        streams: [] as string[],
        steps: [] as Step[],
      },
    };
    return {
      ...earlier,
      status: statusAfter(earlier.status, earlier.startedWith, event.type),
      vehicleId: earlier.vehicleId ?? vehicleId ?? null,
      lastAt: occurredAt,
      streams: earlier.streams.includes(event.stream) ? earlier.streams : [...earlier.streams, event.stream],
      steps: earlier.steps.length < mostSteps ? [...earlier.steps, stepOf(event)] : earlier.steps,
    };
  },
});
