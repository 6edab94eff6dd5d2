import { createHash } from 'node:crypto';
import { type Metadata, status } from '@grpc/grpc-js';
import { accessDenied, GrpcFailure } from '../grpc/errors.ts';
import type { EventLog } from '../streams/event-log.ts';
import { passwordMatches } from '../users/password.ts';
import type { Users } from '../users/users.ts';
import type { Access, Caller, StreamAction } from './access.ts';
import { ADMINS, allowedRoles, type DefaultAcls, EVERYBODY, readDefaultAcls } from './stream-acl.ts';

const ANONYMOUS: Caller = { user: undefined, roles: new Set() };
const REMEMBERED = 1000;

const unauthenticated = (): GrpcFailure => new GrpcFailure(status.UNAUTHENTICATED, 'UnAuthenticated');

const credentials = (header: string): { login: string; password: string } => {
  const [scheme, encoded] = header.split(' ');
  const text = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (scheme?.toLowerCase() !== 'basic' || colon < 0) throw unauthenticated();
  return { login: text.slice(0, colon), password: text.slice(colon + 1) };
};

/** Users, groups and ACLs, as a secured node has them. */
export class UserAccess implements Access {
  private readonly log: EventLog;
  private readonly users: Users;
  /** Checking a password is slow on purpose; a header that passed stays good until its user changes. */
  private readonly remembered = new Map<string, { revision: number; caller: Caller }>();
  private defaults: DefaultAcls;

  constructor(log: EventLog, users: Users) {
    this.log = log;
    this.users = users;
    this.defaults = readDefaultAcls(log);
    log.onCommit(({ streams }) => {
      if (streams.has('$settings')) this.defaults = readDefaultAcls(log);
    });
  }

  identify(metadata: Metadata): Caller | Promise<Caller> {
    const header = metadata.get('authorization')[0];
    return header === undefined ? ANONYMOUS : this.authenticate(String(header));
  }

  checkStream(caller: Caller, action: StreamAction, stream: string): void {
    if (caller.roles.has(ADMINS)) return;
    const allowed = allowedRoles(this.log, this.defaults, action, stream);
    const granted = caller.user !== undefined && allowed.some((role) => role === EVERYBODY || caller.roles.has(role));
    if (!granted) throw accessDenied();
  }

  checkRole(caller: Caller, roles: readonly string[]): void {
    const granted = caller.user !== undefined && (roles.length === 0 || roles.some((role) => caller.roles.has(role)));
    if (!granted) throw accessDenied();
  }

  async authenticate(header: string): Promise<Caller> {
    const { login, password } = credentials(header);
    const stored = this.users.find(login);
    if (!stored || stored.user.disabled) throw unauthenticated();
    const key = createHash('sha256').update(header).digest('base64');
    const known = this.remembered.get(key);
    if (known?.revision === stored.revision) return known.caller;
    if (!(await passwordMatches(password, stored.user))) throw unauthenticated();
    const caller: Caller = { user: login, roles: new Set([login, ...stored.user.groups]) };
    if (this.remembered.size >= REMEMBERED) this.remembered.clear();
    this.remembered.set(key, { revision: stored.revision, caller });
    return caller;
  }
}
