import { seoulDay } from '@cargoro/domain';
import { type Cut, OrderView, Org, OwnerVehicle, Person, WorkshopView } from '@cargoro/projections';
import type { Naming, Past } from './past.ts';
import type { StatementFacts, StatementLine } from './statement-pdf.ts';

type Named = { readonly name: string };
type Order = {
  readonly number: string;
  readonly workshopId: string;
  readonly workshopOrgId: string;
  readonly vehicleId: string;
  readonly plate: string;
  readonly make: string;
  readonly model: string;
  readonly modelYear: number;
  readonly customer: { readonly kind: string };
  readonly customerId: string;
  readonly customerName: string | null;
  readonly openedAt: string;
  readonly odometerInKm: number;
  readonly odometerOutKm: number;
  readonly completedAt: string;
  readonly lines: readonly OrderLine[];
  readonly warrantyTerms: readonly { readonly untilOn: string }[];
  readonly statement: {
    readonly number: string;
    readonly sha256: string;
    readonly responsibleMechanicId: string;
    readonly supplyKrw: number;
    readonly vatKrw: number;
    readonly totalKrw: number;
  };
};
type OrderLine = {
  readonly kind: StatementLine['kind'];
  readonly state: string;
  readonly name?: string;
  readonly serviceCode?: string;
  readonly grade?: StatementLine['grade'];
  readonly qty: number;
  readonly hours?: number;
  readonly rateKrw?: number;
  readonly unitPriceKrw: number;
  readonly amountKrw: number;
};
type Workshop = {
  readonly name: string;
  readonly repairRegNo: string;
  readonly address: string;
  readonly phone: string;
  readonly menus: readonly { readonly items: readonly { readonly serviceCode: string; readonly name: string }[] }[];
};

/** Only what the car itself is; which order or delivery it is on changes and stands in no statement. */
const { joins: _, ...Car } = OwnerVehicle;
const isWork = ({ kind }: OrderLine): boolean => kind === 'labour' || kind === 'part' || kind === 'sublet';
/** What is charged: finished work, and the money lines that were agreed to. */
const isCharged = (line: OrderLine): boolean => line.state === 'done' || (!isWork(line) && line.state === 'approved');

/** What the statement of a completed order says, all of it as it was at the cut. */
export const statementFacts = async (past: Past, id: string, cut: Cut): Promise<StatementFacts & Naming> => {
  const order = await past.must<Order>(OrderView, id, cut);
  const at: Cut = { includes: cut.at ?? cut.includes };
  const [workshop, organisation, car, mechanic, customerOrg] = await Promise.all([
    past.must<Workshop>(WorkshopView, order.workshopId, at),
    past.find<{ businessNo: string }>(Org, order.workshopOrgId, at),
    past.find<{ vin: string }>(Car, order.vehicleId, at),
    past.find<{ name: string | null }>(Person, order.statement.responsibleMechanicId, at),
    order.customerName === null ? past.find<Named>(Org, order.customerId, at) : undefined,
  ]);
  const services = new Map(
    workshop.menus.flatMap(({ items }) => items.map(({ serviceCode, name }) => [serviceCode, name])),
  );
  const { statement } = order;
  return {
    ...{ number: statement.number, sha256: statement.sha256, orderNumber: order.number },
    workshop: { ...workshop, businessNo: organisation?.businessNo ?? null },
    vehicle: {
      plate: order.plate,
      model: `${order.make} ${order.model}`,
      modelYear: order.modelYear,
      vin: car?.vin ?? null,
    },
    people: [statement.responsibleMechanicId, ...(order.customer.kind === 'owner' ? [order.customerId] : [])],
    customerName: order.customerName ?? customerOrg?.name ?? null,
    ...{ requestedOn: seoulDay(order.openedAt), completedOn: seoulDay(order.completedAt) },
    ...{ completedAt: order.completedAt, odometerInKm: order.odometerInKm, odometerOutKm: order.odometerOutKm },
    mechanicName: mechanic?.name ?? null,
    lines: order.lines.filter(isCharged).map((line) => lineOf(line, services)),
    ...{ supplyKrw: statement.supplyKrw, vatKrw: statement.vatKrw, totalKrw: statement.totalKrw },
    warrantyUntilOn: order.warrantyTerms[0]?.untilOn ?? null,
  };
};

const lineOf = (line: OrderLine, services: ReadonlyMap<string, string>): StatementLine => {
  const { kind, name, serviceCode = '', grade = null, qty, hours, rateKrw, unitPriceKrw, amountKrw } = line;
  const byTheHour = kind === 'labour' && hours !== undefined && rateKrw !== undefined;
  return {
    ...{ kind, grade, qty, amountKrw, name: name ?? services.get(serviceCode) ?? serviceCode },
    ...(byTheHour ? { hours, unitKrw: rateKrw } : { hours: null, unitKrw: unitPriceKrw }),
  };
};
