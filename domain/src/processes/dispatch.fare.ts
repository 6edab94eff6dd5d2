import { numberSetting } from '../admin/setting/setting.ts';
import { Delivery } from '../delivery/delivery/delivery.ts';
import { type Context, type Reaction, send } from '../kit/index.ts';
import { customerDesk } from './desks.ts';
import type { DispatchState } from './dispatch.state.ts';
import { notify } from './notify.ts';

const proposedPercent = 10;
const mostRaises = 3;

/**
 * Nobody took the job: a higher fare is agreed as far as the payer's setting `delivery.redispatchPercent` lets us, else
 * it is proposed once.
 */
export const raise = (state: DispatchState, ctx: Context): readonly Reaction[] => {
  const { deliveryId, fare, raises, round } = state;
  const job = ctx.fact(Delivery, deliveryId);
  const payer = ctx.partiesOf(Delivery, deliveryId).find(({ as }) => as === 'payer');
  if (!fare || !payer || job.status === 'none') return [];
  const scope = payer.kind === 'org' ? `org:${payer.id}` : 'platform';
  const percent = numberSetting(ctx, scope, 'delivery.redispatchPercent', 0);
  const more = Math.ceil((fare.totalKrw * (percent > 0 ? percent : proposedPercent)) / 100 / 100) * 100;
  if (percent > 0)
    return raises < mostRaises && more > 0
      ? [
          send('Delivery', 'AgreeFare', {
            ...{ deliveryId, distanceKm: fare.distanceKm, baseKrw: fare.baseKrw },
            surcharges: [...(fare.surcharges ?? []), { kind: 'redispatch', krw: more }],
            totalKrw: fare.totalKrw + more,
          }),
        ]
      : [];
  const to = customerDesk(payer, job.vehicleId, ctx);
  const values = { deliveryId, vehicleId: job.vehicleId, proposedKrw: fare.totalKrw + more };
  return to && round === 2 && more > 0 ? [notify(ctx, 'fareRaiseProposed', to, values)] : [];
};
