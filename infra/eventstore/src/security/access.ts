import type { Metadata } from '@grpc/grpc-js';

export type StreamAction = 'read' | 'write' | 'delete' | 'metaRead' | 'metaWrite';

export interface Caller {
  /** Undefined for an anonymous caller. */
  readonly user: string | undefined;
  readonly roles: ReadonlySet<string>;
}

/** Who calls, and what they may do. Both throw the failure to send. */
export interface Access {
  identify(metadata: Metadata): Promise<Caller> | Caller;
  checkStream(caller: Caller, action: StreamAction, stream: string): void;
  /** For everything that is not about one stream: any of these roles will do, an empty list means any login. */
  checkRole(caller: Caller, roles: readonly string[]): void;
}

const EVERYBODY: Caller = { user: undefined, roles: new Set() };

/** Insecure mode, as the real server has it: no users, everything allowed. */
export const OPEN_ACCESS: Access = {
  identify: () => EVERYBODY,
  checkStream: () => {},
  checkRole: () => {},
};
