import {
  type Actor,
  Claim,
  claimId,
  consentOf,
  Delivery,
  DriverShift,
  holderOf,
  isTracked,
  type Text,
  text,
  UserAccount,
} from '@cargoro/domain';
import type { Commands } from '../types.ts';

export const positionRefusals = {
  NOT_A_DRIVER: text('기사만 위치를 보낼 수 있습니다.', 'Only a driver tells of positions.'),
  NO_OPEN_SHIFT: text('근무 중이 아닙니다.', 'No shift is open.'),
  CONSENT_MISSING: text('위치정보 이용 동의가 필요합니다.', 'Consent to the use of one’s position is missing.'),
  NOT_YOUR_DELIVERY: text('맡고 있는 탁송이 아닙니다.', 'This is not the delivery in hand.'),
  NOT_IN_TRANSIT: text('운행 중인 탁송이 아닙니다.', 'The car is not on its way: nothing is tracked.'),
} as const satisfies Readonly<Record<string, Text>>;
export type PositionRefusal = keyof typeof positionRefusals;

export type Authorised = { readonly departedAt: string };

/**
 * Whether this caller may tell where this delivery is, by the log itself and not by what a read model knows of it: a
 * driver on an open shift, who consents, with this delivery in hand and the car on its way.
 */
export const authorisePositions = async (
  { load }: Pick<Commands, 'load'>,
  actor: Actor,
  deliveryId: string,
): Promise<Authorised | { readonly refused: PositionRefusal }> => {
  if (actor.kind !== 'user' || actor.role !== 'DRIVER') return { refused: 'NOT_A_DRIVER' };
  const [claim, account, { state: delivery }] = await Promise.all([
    load(Claim, claimId('driverShift', actor.id)),
    load(UserAccount, actor.id),
    load(Delivery, deliveryId),
  ]);
  const shiftId = holderOf(claim.state);
  const shift = shiftId ? (await load(DriverShift, shiftId)).state : undefined;
  if (!shift || !('startedAt' in shift)) return { refused: 'NO_OPEN_SHIFT' };
  if (consentOf(account.state, 'location') === undefined) return { refused: 'CONSENT_MISSING' };
  if (shift.status !== 'busy' || shift.deliveryId !== deliveryId) return { refused: 'NOT_YOUR_DELIVERY' };
  if (!isTracked(delivery) || delivery.departedAt === undefined) return { refused: 'NOT_IN_TRANSIT' };
  return { departedAt: delivery.departedAt };
};
