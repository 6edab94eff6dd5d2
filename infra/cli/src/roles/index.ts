import type { Health } from '@cargoro/infra/health';
import { Told } from '../told.ts';
import type { Parts } from './parts.ts';

export type Serving = {
  readonly port: number;
  stop(): Promise<void>;
  /** How it is, for those who have something to tell. */
  readonly health?: Health;
  /** Figures of its health besides. */
  readonly sockets?: () => number;
  readonly deadLetters?: () => Promise<number>;
};
export type Listen = { readonly port: number; readonly host: string };
export type RoleOptions = Listen & {
  /** Contexts of the domain this copy serves; all when absent. */
  readonly contexts?: readonly string[];
};
export type RoleStart = (parts: Parts, options: RoleOptions) => Promise<Serving>;

/** Where each role listens unless told otherwise (C2); workers answer for their health there. */
export const rolePorts = {
  eventstore: 2113,
  commands: 4100,
  projections: 4300,
  'read-api': 4200,
  gateway: 4000,
} as const;
export type Role = keyof typeof rolePorts;
export const roles = Object.keys(rolePorts) as readonly Role[];

const loaders: Readonly<Record<Role, () => Promise<{ start: RoleStart }>>> = {
  eventstore: () => import('./eventstore.ts'),
  commands: () => import('./commands.ts'),
  projections: () => import('./projections.ts'),
  'read-api': () => import('./read-api.ts'),
  gateway: () => import('./gateway.ts'),
};

/** Loads a role's code without starting it. */
export const loadRole = async (role: Role): Promise<RoleStart> => {
  const load = loaders[role];
  if (!load) throw new Told(`There is no role ${role}. Roles: ${roles.join(', ')}`);
  return (await load()).start;
};
