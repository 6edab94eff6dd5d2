import type { Actor, OrgKind, Role } from '@cargoro/domain';
import { businessNoCheckDigit } from '@cargoro/domain';
import { idOf } from '../ids.ts';
import { personas } from '../personas.ts';
import type { Draws } from '../sim/draws.ts';
import { familyNames, givenNames } from './country.ts';

/** Somebody of the world, under the membership they act by. */
export type Person = { readonly handle: string; readonly userId: string; readonly name: string; readonly actor: Actor };
export type Org = {
  readonly key: string;
  readonly orgId: string;
  readonly kind: OrgKind;
  readonly name: string;
  readonly address: string;
  readonly businessNo: string;
  readonly founder: Person;
};

/** A business number nobody can have, with a valid check digit. */
export const businessNoOf = (nine: string): string =>
  `${nine.slice(0, 3)}-${nine.slice(3, 5)}-${nine.slice(5)}${businessNoCheckDigit(nine)}`;

/**
 * The crowd of one district. The first district (0) is the one demo users live in: whoever has a persona is that persona;
 * handles, numbers and plates of the others carry the district, so that districts never claim the same.
 */
export const crowdOf = (district: number, draws: Draws) => {
  const within = (handle: string): string => (district === 0 ? handle : `${handle}.${district}`);
  const people: Person[] = [];
  const orgs: Org[] = [];

  const person = (name: string, role: Role, orgId?: string): Person => {
    const handle = within(name);
    const known = personas.find(({ user }) => user === handle);
    const userId = known?.userId ?? idOf(`user/${handle}`);
    const drawn = `${draws.weighted(familyNames)}${draws.pick(givenNames)}`;
    const actor: Actor = { kind: 'user', id: userId, role, ...(orgId && { orgId }) };
    const one = { handle, userId, name: known?.name.ko ?? drawn, actor };
    people.push(one);
    return one;
  };

  return {
    people,
    orgs,
    within,
    person,
    org: (
      key: string,
      kind: OrgKind,
      { name, address, founder }: { name: string; address: string; founder: { handle: string; role: Role } },
    ): Org => {
      const orgId = idOf(`org/${within(key)}`);
      const businessNo = businessNoOf(`999${String(110_000 + district * 100 + orgs.length)}`);
      const made = { key: within(key), orgId, kind, name, address, businessNo };
      const whole = { ...made, founder: person(founder.handle, founder.role, orgId) };
      orgs.push(whole);
      return whole;
    },
  };
};
export type Crowd = ReturnType<typeof crowdOf>;
