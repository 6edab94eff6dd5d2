import type { OrgKind, Role } from '@cargoro/domain';
import { sha256, uuidv5 } from '@cargoro/infra/ids';
import type { DevUser } from '../../auth/local-issuer.ts';

/** The same name gives the same id in every run: `idOf('car/sorento')`. */
export const idOf = (name: string): string => uuidv5('golden stories', name);
/** A photo, a signature or a scan as the file store would name it. */
export const fileOf = (name: string) => ({ objectId: name, sha256: sha256(name), bytes: 1_000 });

export type Org = {
  readonly slug: string;
  readonly id: string;
  readonly kind: OrgKind;
  readonly name: string;
  readonly businessNo: string;
};
/** The tenth digit of a business number is a checksum of the others. */
const businessNo = (first9: string): string => {
  const digits = [...first9].map(Number);
  const sum = [1, 3, 7, 1, 3, 7, 1, 3, 5].reduce((total, weight, n) => total + weight * (digits[n] ?? 0), 0);
  const last = (10 - ((sum + Math.floor(((digits[8] ?? 0) * 5) / 10)) % 10)) % 10;
  return `${first9.slice(0, 3)}-${first9.slice(3, 5)}-${first9.slice(5)}${last}`;
};
const org = (slug: string, kind: OrgKind, name: string, n: number): Org => ({
  ...{ slug, kind, name, id: idOf(`org/${slug}`), businessNo: businessNo(`79981000${n}`) },
});

/** The organisations of the stories. */
export const orgs = {
  garage: org('garage', 'workshop', '새봄오토케어', 1),
  pureunsol: org('pureunsol', 'fleet', '푸른솔바이오', 2),
  supplier: org('supplier', 'supplier', '한결부품', 3),
  transport: org('transport', 'transport', '이음탁송', 4),
  cargoro: org('cargoro', 'platform', '카고로', 5),
} as const;

export type Person = DevUser & { readonly org?: Org };
const person = (user: string, name: string, role?: Role, of?: Org): Person => ({
  ...{ user, userId: idOf(`user/${user}`), name: { ko: name, en: user } },
  ...(role && { role }),
  ...(of && { org: of, orgId: of.id }),
});
const { garage, pureunsol, supplier, transport, cargoro } = orgs;

/** The people of the stories, by what they do. */
export const people = {
  admin: person('admin', '최고은', 'PLATFORM_ADMIN', cargoro),
  platformAuditor: person('platformAuditor', '감사관', 'PLATFORM_AUDITOR', cargoro),
  kim: person('kim', '김나래', 'OWNER'),
  owner: person('owner', '강새봄', 'WORKSHOP_OWNER', garage),
  advisor: person('advisor', '윤다온', 'SERVICE_ADVISOR', garage),
  cashier: person('cashier', '임보미', 'WORKSHOP_ACCOUNTANT', garage),
  technician: person('technician', '박한솔', 'TECHNICIAN', garage),
  lead: person('lead', '최이든', 'LEAD_TECHNICIAN', garage),
  buyer: person('buyer', '서가온', 'PARTS_MANAGER', garage),
  clerk: person('clerk', '문하람', 'WAREHOUSE_CLERK', garage),
  auditor: person('auditor', '백다솜', 'AUDITOR', garage),
  manager: person('manager', '정푸름', 'FLEET_MANAGER', pureunsol),
  approver: person('approver', '김슬기', 'FLEET_APPROVER', pureunsol),
  bookkeeper: person('bookkeeper', '오세라', 'FLEET_ACCOUNTANT', pureunsol),
  member: person('member', '유나무', 'FLEET_MEMBER', pureunsol),
  maker: person('maker', '신우람', 'PARTS_MANAGER', supplier),
  sales: person('sales', '남보람', 'SUPPLIER_SALES', supplier),
  dispatcher: person('dispatcher', '홍아라', 'DISPATCHER', transport),
  driver: person('driver', '배누리', 'DRIVER', transport),
} as const;

/** One more driver of the transport company, by number. */
export const driverNo = (n: number): Person => person(`driver${n}`, `기사${n}`, 'DRIVER', transport);
/** Signed in without a membership in play, as somebody who signs up is. */
export const privately = ({ userId, name, user }: Person): DevUser => ({ user: `${user} privately`, userId, name });
