import { randomUUID } from 'node:crypto';
import { recordCreatedMs, recordData, recordRevision } from '../log/record.ts';
import { append, softDelete } from '../streams/append.ts';
import type { EventLog } from '../streams/event-log.ts';
import { ANY } from '../streams/names.ts';
import { readBackward, readForward } from '../streams/read-stream.ts';
import { hashPassword, type PasswordHash } from './password.ts';

export interface User extends PasswordHash {
  readonly loginName: string;
  readonly fullName: string;
  readonly groups: readonly string[];
  readonly disabled: boolean;
}

export interface StoredUser {
  readonly user: User;
  /** Changes with every change of the user, so it tells whether a remembered check still holds. */
  readonly revision: number;
  readonly updatedMs: number;
}

const USERS = '$users';
const userStream = (login: string): string => `$user-${login}`;
const event = (type: string, data: unknown) => ({
  id: randomUUID(),
  type,
  json: true,
  data: Buffer.from(JSON.stringify(data)),
  metadata: Buffer.alloc(0),
});

/** User accounts, kept as events in system streams like everything else. */
export class Users {
  private readonly log: EventLog;

  constructor(log: EventLog) {
    this.log = log;
  }

  find(login: string): StoredUser | undefined {
    const [record] = readBackward(this.log, userStream(login), Number.MAX_SAFE_INTEGER, 1).records;
    if (!record || this.isHidden(login)) return undefined;
    return {
      user: JSON.parse(recordData(record).toString('utf8')) as User,
      revision: recordRevision(record),
      updatedMs: recordCreatedMs(record),
    };
  }

  list(): StoredUser[] {
    const logins = new Set<string>();
    let cursor: number | undefined = 0;
    while (cursor !== undefined) {
      const page: ReturnType<typeof readForward> = readForward(this.log, USERS, cursor, 500);
      for (const record of page.records) logins.add(recordData(record).toString('utf8'));
      cursor = page.next;
    }
    return [...logins].flatMap((login) => this.find(login) ?? []);
  }

  async create(login: string, password: string, fullName: string, groups: readonly string[]): Promise<void> {
    const user: User = { loginName: login, fullName, groups, disabled: false, ...(await hashPassword(password)) };
    await append(
      this.log,
      USERS,
      ANY,
      [event('$User', login)].map((item) => ({ ...item, data: Buffer.from(login), json: false })),
    );
    await append(this.log, userStream(login), ANY, [event('$UserCreated', user)]);
  }

  async change(stored: StoredUser, changes: Partial<User>): Promise<void> {
    await append(this.log, userStream(stored.user.loginName), ANY, [
      event('$UserUpdated', { ...stored.user, ...changes }),
    ]);
  }

  async changePassword(stored: StoredUser, password: string): Promise<void> {
    await this.change(stored, await hashPassword(password));
  }

  async delete(login: string): Promise<void> {
    await softDelete(this.log, userStream(login), ANY);
  }

  /** The accounts a new node starts with. */
  async bootstrap(adminPassword = 'changeit', opsPassword = 'changeit'): Promise<void> {
    if (!this.find('admin')) await this.create('admin', adminPassword, 'Event Store Administrator', ['$admins']);
    if (!this.find('ops')) await this.create('ops', opsPassword, 'Event Store Operations', ['$ops']);
  }

  private isHidden(login: string): boolean {
    const { metadata, last } = this.log.heads.committed(userStream(login));
    return (metadata.truncateBefore ?? 0) > last;
  }
}
