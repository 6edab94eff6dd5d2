import { AuditCase, breakGlassOf, fold, OrgKind, ownerRoleOf, type Role, streamOf } from '@cargoro/domain';
import type { EventLog } from '@cargoro/infra/ports';
import { Org } from '@cargoro/projections';
import { ReadError } from './errors.ts';
import type { ReadApi, Viewer } from './types.ts';

/** Header of a request, and field `breakGlass` of a socket's `connection_init`: the case under which staff reads. */
export const breakGlassHeader = 'x-cargoro-break-glass';

const staff: readonly Role[] = ['PLATFORM_ADMIN', 'PLATFORM_SUPPORT'];

export type BreakGlass = {
  /**
   * The viewer a member of the platform's staff reads as under a case: what an owner of the organisation sees, until the
   * time is up. Throws FORBIDDEN unless this very person's access is approved and not over.
   */
  enter(viewer: Viewer, caseId: string): Promise<Viewer>;
  /** Is the access this viewer reads by not over yet? */
  holds(viewer: Viewer): Promise<boolean>;
};

/** Asks the log and no read model, so that an access that was ended opens nothing from that moment. */
export const createBreakGlass = ({
  log,
  readApi,
  clock = () => new Date().toISOString(),
}: {
  readonly log: Pick<EventLog, 'read'>;
  readonly readApi: Pick<ReadApi, 'byKeys'>;
  readonly clock?: () => string;
}): BreakGlass => {
  const accessOf = async (caseId: string, userId: string) =>
    breakGlassOf(fold(AuditCase, await log.read(streamOf(AuditCase, caseId))).state, userId, clock());
  return {
    enter: async (viewer, caseId) => {
      const { actor: by, locale } = viewer;
      const isStaff = by.kind === 'user' && by.role !== undefined && staff.includes(by.role);
      const access = isStaff && isId(caseId) ? await accessOf(caseId, by.id) : undefined;
      if (!access) throw new ReadError('FORBIDDEN', 'There is no such emergency access, or it is over');
      const { orgId, until } = access;
      const kind = OrgKind.safeParse((await readApi.byKeys(Org, [orgId], viewer)).get(orgId)?.kind);
      if (!kind.success) throw new ReadError('FORBIDDEN', 'There is no such organisation');
      return {
        actor: { ...by, orgId, role: ownerRoleOf(kind.data) },
        // Neither the person's own records nor what the platform's staff sees besides.
        partyKeys: [`org:${orgId}`, 'anyone'],
        locale,
        breakGlass: { caseId, by, until },
      };
    },
    holds: async ({ breakGlass, actor }) => {
      const access = breakGlass && (await accessOf(breakGlass.caseId, breakGlass.by.id));
      return access !== undefined && access.orgId === actor.orgId;
    },
  };
};

/** Under which a reading by emergency access is found in the log. */
export const readingOf = ({ breakGlass, actor }: Viewer): Readonly<Record<string, unknown>> => ({
  ...{ caseId: breakGlass?.caseId, userId: breakGlass?.by.id, orgId: actor.orgId, until: breakGlass?.until },
});

/** What stands in a header becomes part of a stream's name. */
const isId = (text: string): boolean => /^[\w-]{1,64}$/.test(text);
