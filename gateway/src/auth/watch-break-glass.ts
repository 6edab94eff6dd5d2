import type { Bus } from '@cargoro/infra/ports';
import type { BreakGlass } from '@cargoro/read-api';
import type { Sockets } from '../live/sockets.ts';

/** Tells of the case itself: that the access was ended, or the audit closed. */
const caseNotices = 'rm_audit_case';

/** Closes the sockets of an emergency access as soon as it is over; that its time is up, each socket knows itself. */
export const watchBreakGlass = async (deps: {
  readonly bus: Bus;
  readonly breakGlass: BreakGlass;
  readonly sockets: Pick<Sockets, 'underBreakGlass'>;
  readonly report: (cause: unknown) => void;
}): Promise<() => Promise<void>> => {
  const { bus, breakGlass, sockets, report } = deps;
  const review = async (caseId?: string): Promise<void> => {
    for (const { viewer, forbid } of sockets.underBreakGlass()) {
      if (caseId !== undefined && viewer.breakGlass?.caseId !== caseId) continue;
      // What cannot be asked is denied.
      const holds = await breakGlass.holds(viewer).catch((cause: unknown) => {
        report(cause);
        return false;
      });
      if (!holds) forbid('Emergency access is over');
    }
  };
  const subscription = await bus.subscribe(({ readModel, key }) => {
    if (readModel === caseNotices) void review(key);
  });
  bus.onGap(() => void review());
  return () => subscription.close();
};
