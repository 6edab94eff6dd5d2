import { AuditCase, auditedBy, fold, streamOf } from '@cargoro/domain';
import type { EventLog } from '@cargoro/infra/ports';
import { ReadError } from '../errors.ts';
import type { Viewer } from '../types.ts';

export type AuditClock = () => string;
type Scope = NonNullable<ReturnType<typeof auditedBy>>;

/**
 * What the viewer may look into of this category as the auditor of an open case, by the log itself. Throws FORBIDDEN for
 * anybody else, once the audit is over, and outside its scope.
 */
export const scopeOf = async (
  { log, clock }: { readonly log: Pick<EventLog, 'read'>; readonly clock: AuditClock },
  caseId: string,
  category: string | undefined,
  { actor }: Viewer,
): Promise<Scope> => {
  const events = /^[\w-]{1,64}$/.test(caseId) ? await log.read(streamOf(AuditCase, caseId)) : [];
  const scope = actor.kind === 'user' ? auditedBy(fold(AuditCase, events).state, actor.id, clock()) : undefined;
  if (!scope) throw new ReadError('FORBIDDEN', 'This is not an open audit of yours');
  if (category === undefined || !scope.scopes.includes(category))
    throw new ReadError('FORBIDDEN', `${category ?? 'This list'} is out of the scope of the audit`);
  return scope;
};
