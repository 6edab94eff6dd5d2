import { idOf, orgs, people } from './cast.ts';
import type { Stage } from './founding.ts';

export const padsId = idOf('part/pads');
export const padsPriceKrw = 42_000;

/** A supplier lists brake pads, and the workshop names it as one of its own. */
export const listPads = async ({ as }: Stage): Promise<void> => {
  await as(people.maker).command('ListPart', {
    ...{ partId: padsId, supplierOrgId: orgs.supplier.id, partNo: 'HK-58101-79', brand: '한결', grade: 'oem' },
    ...{ nameKo: '앞 브레이크 패드', nameEn: 'Front brake pads', category: 'BRAKE', unit: 'SET' },
    ...{ listPriceKrw: padsPriceKrw, warrantyMonths: 12, warrantyKm: 20_000 },
  });
  const connection = { orgId: orgs.garage.id, partnerOrgId: orgs.supplier.id, kind: 'supplier', termsRef: 'T-1' };
  await as(people.owner).command('ConnectPartner', connection);
};
