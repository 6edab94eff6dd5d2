import { Delivery } from '../delivery/delivery/delivery.ts';
import { type Context, type PartyAs, plusHours, type Reaction, send } from '../kit/index.ts';
import { deskOf } from './desks.ts';
import { transportOf } from './dispatch.drivers.ts';
import { draftFee } from './fee-invoice.ts';
import { type Addressee, type NoticeName, notify } from './notify.ts';

type Data = Record<string, unknown>;
/** Processes that call deliveries off know what they do; their own word goes to people. */
const ours = ['FleetMaintenance', 'ReservationCare'];

const desks: Partial<Record<PartyAs, readonly string[]>> = {
  requester: ['FLEET_MANAGER', 'DISPATCHER', 'SERVICE_ADVISOR'],
  owner: ['FLEET_MANAGER'],
  payer: ['FLEET_MANAGER'],
  workshop: ['WORKSHOP_OWNER', 'SERVICE_ADVISOR'],
  transport: ['DISPATCHER'],
};

/** Everybody who takes part as one of these, each once. */
const tell = (
  template: NoticeName,
  who: readonly PartyAs[],
  { deliveryId, ...more }: Readonly<Record<string, string>>,
  ctx: Context,
): readonly Reaction[] => {
  const id = String(deliveryId);
  const job = ctx.fact(Delivery, id);
  if (job.status === 'none') return [];
  const told = new Map<string, Addressee>();
  for (const { kind, id: of, as } of ctx.partiesOf(Delivery, id))
    if (who.includes(as) && !told.has(`${kind}:${of}`))
      told.set(`${kind}:${of}`, kind === 'user' ? { kind, id: of } : deskOf(of, ...(desks[as] ?? [])));
  return [...told.values()].map((to) =>
    notify(ctx, template, to, { deliveryId: id, vehicleId: job.vehicleId, ...more }),
  );
};

export const deliveryCancelled = ({ deliveryId, by }: Data, ctx: Context): readonly Reaction[] => {
  // The requester is offered to ask again, the workshop no longer waits, and the driver need not come.
  const who: readonly PartyAs[] = ours.includes(String(by))
    ? ['workshop', 'driver']
    : ['requester', 'workshop', 'driver'];
  return tell('deliveryCancelled', who, { deliveryId: String(deliveryId) }, ctx);
};
export const deliveryFailed = ({ deliveryId, reason }: Data, ctx: Context): readonly Reaction[] =>
  tell(
    'deliveryFailed',
    ['requester', 'owner', 'payer', 'workshop', 'transport', 'driver'],
    { deliveryId: String(deliveryId), reason: String(reason) },
    ctx,
  );

/** A person pays by invoice what a called-off or broken-off way is worth; a fleet's is booked on its contract. */
export const chargeWay = ({ deliveryId, feeKrw }: Data, ctx: Context): readonly Reaction[] => {
  const id = String(deliveryId);
  const payer = ctx.partiesOf(Delivery, id).find(({ as }) => as === 'payer');
  const sellerOrgId = transportOf(id, ctx);
  const owed = Number(feeKrw ?? 0);
  if (owed <= 0 || payer?.kind !== 'user' || !sellerOrgId) return [];
  const source = { kind: 'delivery', id } as const;
  const to = { kind: 'owner', id: payer.id } as const;
  return [draftFee({ sellerOrgId, payer: to, source, text: '탁송 운행 요금', feeKrw: owed }, ctx)];
};

export type Left = { readonly addressRef: string; readonly geo: { readonly lat: number; readonly lon: number } };
/** A second delivery takes the car on from where it was left, for whoever wanted the first; custody passes at its pick-up. */
export const replace = (
  { deliveryId = '', leftAt }: { readonly deliveryId?: string; readonly leftAt?: Left },
  ctx: Context,
  at: string,
): readonly Reaction[] => {
  const failed = ctx.fact(Delivery, deliveryId);
  const payer = ctx.partiesOf(Delivery, deliveryId).find(({ as }) => as === 'payer');
  if (failed.status !== 'failed' || !payer || !leftAt) return [];
  const { vehicleId, requester, kind, mode, links, pickup, dropoff } = failed;
  const transportOrgId = transportOf(deliveryId, ctx);
  return [
    send('Delivery', 'RequestDelivery', {
      ...{ deliveryId: ctx.newId(), vehicleId, requester, kind, mode },
      links: { ...links, replacesId: deliveryId },
      payer: { kind: payer.kind, id: payer.id },
      pickup: { ...leftAt, contactRef: pickup.contactRef, window: { from: plusHours(at, 1), to: plusHours(at, 5) } },
      dropoff: { ...dropoff, window: { from: plusHours(at, 1), to: plusHours(at, 8) } },
      ...(transportOrgId && { transportOrgId }),
    }),
  ];
};
