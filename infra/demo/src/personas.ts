import type { Actor, Locale, OrgKind, Role, Text } from '@cargoro/domain';
import { text } from '@cargoro/domain';
import { idOf } from './ids.ts';

/** An organisation of the demo world, or `undefined` for a private person. */
export type PersonaOrg = { readonly id: string; readonly slug: string; readonly kind: OrgKind; readonly name: Text };

/** Somebody one can sign in as in development. Ids are the same in every demo world. */
export type Persona = {
  /** What one types: `POST /dev/token {"user":"gaon.advisor"}`. */
  readonly user: string;
  readonly userId: string;
  readonly name: Text;
  /** What they do, for the persona picker. */
  readonly title: Text;
  readonly role: Role;
  readonly org?: PersonaOrg;
  readonly locale: Locale;
};

const organisation = (slug: string, kind: OrgKind, name: Text): PersonaOrg => ({
  id: idOf(`org/${slug}`),
  slug,
  kind,
  name,
});

export const orgs = {
  cargoro: organisation('cargoro', 'platform', text('카고로', 'CarGoro')),
  gaon: organisation('gaon', 'workshop', text('가온오토케어 강남', 'Gaon Auto Care Gangnam')),
  mapo: organisation('mapo', 'workshop', text('마포한마음정비', 'Mapo Hanmaeum Garage')),
  hangyeol: organisation('hangyeol', 'fleet', text('한결물산', 'Hangyeol Trading')),
  dongbang: organisation('dongbang', 'supplier', text('동방부품상사', 'Dongbang Parts')),
  baro: organisation('baro', 'transport', text('바로탁송', 'Baro Car Delivery')),
};

const persona = (user: string, role: Role, name: Text, title: Text, org?: PersonaOrg): Persona => ({
  user,
  userId: idOf(`user/${user}`),
  name,
  title,
  role,
  ...(org && { org }),
  locale: 'ko',
});

export const personas: readonly Persona[] = [
  persona(
    'gaon.owner',
    'WORKSHOP_OWNER',
    text('강도현', 'Kang Do-hyeon'),
    text('정비소 대표', 'Workshop owner'),
    orgs.gaon,
  ),
  persona(
    'gaon.advisor',
    'SERVICE_ADVISOR',
    text('윤서진', 'Yoon Seo-jin'),
    text('서비스 어드바이저', 'Service advisor'),
    orgs.gaon,
  ),
  persona(
    'gaon.accountant',
    'WORKSHOP_ACCOUNTANT',
    text('임하늘', 'Lim Ha-neul'),
    text('경리', 'Accountant'),
    orgs.gaon,
  ),
  persona('gaon.tech', 'TECHNICIAN', text('박준호', 'Park Jun-ho'), text('정비사', 'Technician'), orgs.gaon),
  persona(
    'gaon.lead',
    'LEAD_TECHNICIAN',
    text('최민석', 'Choi Min-seok'),
    text('정비반장', 'Lead technician'),
    orgs.gaon,
  ),
  persona('gaon.parts', 'PARTS_MANAGER', text('서지훈', 'Seo Ji-hoon'), text('부품 담당', 'Parts manager'), orgs.gaon),
  persona(
    'gaon.clerk',
    'WAREHOUSE_CLERK',
    text('문가람', 'Moon Ga-ram'),
    text('부품 창고 직원', 'Warehouse clerk'),
    orgs.gaon,
  ),
  persona(
    'mapo.owner',
    'WORKSHOP_OWNER',
    text('조은비', 'Cho Eun-bi'),
    text('정비소 대표', 'Workshop owner'),
    orgs.mapo,
  ),
  persona(
    'mapo.advisor',
    'SERVICE_ADVISOR',
    text('장우진', 'Jang Woo-jin'),
    text('서비스 어드바이저', 'Service advisor'),
    orgs.mapo,
  ),
  persona('owner.kim', 'OWNER', text('김지우', 'Kim Ji-woo'), text('차주', 'Car owner')),
  persona('owner.lee', 'OWNER', text('이서연', 'Lee Seo-yeon'), text('차주', 'Car owner')),
  persona(
    'hangyeol.manager',
    'FLEET_MANAGER',
    text('정태윤', 'Jung Tae-yoon'),
    text('법인차량 담당', 'Fleet manager'),
    orgs.hangyeol,
  ),
  persona(
    'hangyeol.approver',
    'FLEET_APPROVER',
    text('김수현', 'Kim Su-hyeon'),
    text('정비비 결재자', 'Repair approver'),
    orgs.hangyeol,
  ),
  persona(
    'hangyeol.accountant',
    'FLEET_ACCOUNTANT',
    text('오세린', 'Oh Se-rin'),
    text('차량 경비 담당', 'Fleet accountant'),
    orgs.hangyeol,
  ),
  persona(
    'hangyeol.driver',
    'FLEET_MEMBER',
    text('유한결', 'Yoo Han-gyeol'),
    text('법인차량 운전자', 'Fleet driver'),
    orgs.hangyeol,
  ),
  persona('hangyeol.auditor', 'AUDITOR', text('백도경', 'Baek Do-kyung'), text('감사인', 'Auditor'), orgs.hangyeol),
  persona(
    'dongbang.manager',
    'PARTS_MANAGER',
    text('신우석', 'Shin Woo-seok'),
    text('부품상 대표', 'Parts supplier, manager'),
    orgs.dongbang,
  ),
  persona(
    'dongbang.sales',
    'SUPPLIER_SALES',
    text('남다은', 'Nam Da-eun'),
    text('부품 영업', 'Parts sales'),
    orgs.dongbang,
  ),
  persona('baro.dispatcher', 'DISPATCHER', text('홍리안', 'Hong Ri-an'), text('배차 담당', 'Dispatcher'), orgs.baro),
  persona('baro.driver', 'DRIVER', text('배성호', 'Bae Sung-ho'), text('탁송 기사', 'Delivery driver'), orgs.baro),
  persona(
    'admin',
    'PLATFORM_ADMIN',
    text('이도윤', 'Lee Do-yoon'),
    text('플랫폼 관리자', 'Platform administrator'),
    orgs.cargoro,
  ),
  persona(
    'support',
    'PLATFORM_SUPPORT',
    text('차유진', 'Cha Yu-jin'),
    text('플랫폼 지원', 'Platform support'),
    orgs.cargoro,
  ),
  persona(
    'platform.auditor',
    'PLATFORM_AUDITOR',
    text('구본재', 'Koo Bon-jae'),
    text('플랫폼 감사', 'Platform auditor'),
    orgs.cargoro,
  ),
  persona('analyst', 'ANALYST', text('마루아', 'Ma Ru-ah'), text('데이터 분석', 'Analyst'), orgs.cargoro),
];

export const personaOf = (user: string): Persona => {
  const found = personas.find((p) => p.user === user);
  if (!found) throw new Error(`There is no demo user ${user}; known: ${personas.map((p) => p.user).join(', ')}`);
  return found;
};

/** How a persona acts: as dispatch sees it once the token is verified. */
export const actorOf = ({ userId, role, org }: Persona): Actor => ({
  kind: 'user',
  id: userId,
  role,
  ...(org && { orgId: org.id }),
});
