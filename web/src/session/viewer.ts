import type { Locale, Role, Text } from '@cargoro/domain/kit';

/** Somebody the local issuer can sign in as (development only), as `GET /dev/users` lists them. */
export type Persona = {
  readonly user: string;
  readonly userId: string;
  readonly name: Text;
  readonly role?: Role;
  readonly orgId?: string;
  readonly orgName?: Text;
};

/** Who is signed in, under which membership. Good for showing; the gateway checks every right again. */
export type Viewer = Omit<Persona, 'role'> & { readonly role: Role };
export type Session = { readonly token: string; readonly expiresAt: number; readonly viewer: Viewer };

export type Room = 'workshop' | 'garage';

const workshopRoles: readonly string[] = [
  'WORKSHOP_OWNER',
  'SERVICE_ADVISOR',
  'WORKSHOP_ACCOUNTANT',
  'TECHNICIAN',
  'LEAD_TECHNICIAN',
];
const garageRoles: readonly string[] = ['OWNER', 'ANYONE', 'FLEET_MANAGER', 'FLEET_APPROVER'];

/** The rooms a role may enter, its home first. */
export const roomsOf = (role: Role): readonly Room[] =>
  workshopRoles.includes(role) ? ['workshop'] : garageRoles.includes(role) ? ['garage'] : [];

/** Where a person starts after signing in. */
export const homeOf = (role: Role = 'ANYONE'): string => {
  const [room] = roomsOf(role);
  return room ? `/${room}` : '/no-room';
};

type Claims = {
  readonly sub?: string;
  readonly exp?: number;
  readonly o?: { readonly id?: string; readonly rol?: string; readonly slg?: string };
  readonly metadata?: { readonly role?: string };
  /** What people and organisations are called: custom claims (`{{user.full_name}}`, `{{org.name}}`). */
  readonly name?: string;
  readonly org_name?: string;
};

/** The claims of a JWT, unverified: good for showing a name, never for granting a right. */
export const claimsOf = (token: string): Claims => {
  const payload = token.split('.')[1] ?? '';
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Claims;
};

/** The role a token gives: that of the membership in play, else the person's own. */
export const roleOf = (claims: Claims): Role =>
  (claims.o?.rol ?? claims.metadata?.role ?? 'ANYONE').toUpperCase() as Role;

/** What a person is called, in the language of the page. */
export const named = (text: Text | undefined, locale: string): string => text?.[locale as Locale] ?? text?.ko ?? '';
