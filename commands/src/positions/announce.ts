import type { Bus } from '@cargoro/infra/ports';

/** Notices of positions carry this name and the delivery's id, and no position: who may see it reads it. */
export const positionNotices = 'position_latest';
const everyMs = 1_000;

/** Tells the live queries that a delivery's position moved, at most once a second for each delivery. */
export const createAnnouncer = (bus: Bus, onFailure: (error: unknown) => void) => {
  const pending = new Map<string, { again: boolean; readonly timer: NodeJS.Timeout }>();
  const publish = (deliveryId: string) =>
    bus
      .publish([{ readModel: positionNotices, key: deliveryId, position: '0', revision: '0', parties: [], scope: {} }])
      .catch(onFailure);
  const rest = (deliveryId: string): void => {
    const over = () => {
      const again = pending.get(deliveryId)?.again;
      pending.delete(deliveryId);
      if (again) announce(deliveryId);
    };
    pending.set(deliveryId, { again: false, timer: setTimeout(over, everyMs).unref() });
  };
  const announce = (deliveryId: string): void => {
    const resting = pending.get(deliveryId);
    if (resting) resting.again = true;
    else {
      rest(deliveryId);
      void publish(deliveryId);
    }
  };
  return {
    announce,
    stop: (): void => {
      for (const { timer } of pending.values()) clearTimeout(timer);
      pending.clear();
    },
  };
};
export type Announcer = ReturnType<typeof createAnnouncer>;
