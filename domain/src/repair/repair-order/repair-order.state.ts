import type { z } from 'zod';
import type { AggregateDef } from '../../kit/index.ts';
import type { Customer } from '../../shared/values.ts';
import { totalsOf } from './money.ts';
import type { refusals } from './repair-order.refusals.ts';
import type { commands, events } from './repair-order.schema.ts';
import type { EstimateLine, Finding, OrderSlot, PartGrade, Payer, WarrantyTerm } from './value.schema.ts';

export type LineStatus = 'proposed' | 'approved' | 'declined' | 'deferred' | 'inWork' | 'done' | 'dropped';
export type OrderLine = EstimateLine & {
  readonly state: LineStatus;
  /** Version of the estimate that proposed it. */
  readonly version: number;
};
type Draft = {
  readonly version: number;
  readonly lines: readonly EstimateLine[];
  readonly exemptLineIds: readonly string[];
  readonly validUntil: string;
};
type Sent = {
  readonly version: number;
  readonly dueAt: string;
  readonly validUntil: string;
  readonly expired: boolean;
};
export type PartRequest = {
  readonly lineId: string;
  readonly partId: string;
  readonly grade?: PartGrade | undefined;
  readonly qty: number;
  readonly neededBy: string;
  readonly usedQty: number;
  /** What was last said to be missing. */
  readonly missingQty?: number;
  readonly state: 'requested' | 'reserved' | 'short' | 'arrived';
};

export type Order = {
  readonly workshopId: string;
  readonly workshopOrgId: string;
  readonly vehicleId: string;
  readonly customer: Customer;
  readonly payer: z.infer<typeof Payer>;
  readonly policyId?: string | undefined;
  readonly slot?: OrderSlot | undefined;
  readonly odometerInKm: number;
  /** Once completed. */
  readonly odometerOutKm?: number;
  readonly openedOn: string;
  readonly promisedAt?: string | undefined;
  readonly firstRegisteredOn: string;
  readonly highVoltage: boolean;
  /** Latest estimate version drafted; 0 before the first. */
  readonly version: number;
  /** The latest draft while it has not been sent. */
  readonly draft?: Draft | undefined;
  readonly sent?: Sent | undefined;
  readonly lines: Readonly<Record<string, OrderLine>>;
  /** What the client agreed to pay, VAT included. */
  readonly approvedKrw: number;
  readonly severities: Readonly<Record<string, Finding['severity']>>;
  readonly requests: Readonly<Record<string, PartRequest>>;
  /** Lines each technician has in hand. */
  readonly working: Readonly<Record<string, readonly string[]>>;
  /** Everybody who worked on the car. */
  readonly mechanics: readonly string[];
  readonly inBay: boolean;
  readonly warranty: readonly WarrantyTerm[];
  /** Of a completed order. */
  readonly statement?: 'due' | 'filed';
  /** What is to be paid, once completed or cancelled. */
  readonly dueKrw: number;
};
export type RepairOrderState =
  | { readonly status: 'none' }
  | ({
      readonly status:
        | 'opened'
        | 'diagnosed'
        | 'awaitingApproval'
        | 'approved'
        | 'declined'
        | 'inProgress'
        | 'onHold'
        | 'qualityCheck'
        | 'inspected'
        | 'completed'
        | 'cancelled'
        | 'closed';
    } & Order);
export type Live = Exclude<RepairOrderState, { status: 'none' }>;

type Def = AggregateDef<typeof commands, typeof events, typeof refusals, RepairOrderState>;
export type Decide<Commands> = Pick<Def['decide'], keyof Commands & keyof typeof commands>;
export type Evolve<Events> = Pick<Def['evolve'], keyof Events & keyof typeof events>;

export const linesOf = ({ lines }: Order): readonly OrderLine[] => Object.values(lines);
/** Fees and discounts are money only; the other kinds are work somebody has to do. */
export const isWork = ({ kind }: EstimateLine): boolean => kind !== 'fee' && kind !== 'discount';
const agreed: readonly LineStatus[] = ['approved', 'inWork', 'done'];
export const isAgreed = (line: OrderLine | undefined): boolean => line !== undefined && agreed.includes(line.state);
export const isOpen = (line: OrderLine): boolean =>
  line.state === 'inWork' || (line.state === 'approved' && isWork(line));
/** Lines the client has still to answer. */
export const pendingLines = (order: Order): readonly OrderLine[] =>
  order.sent && !order.sent.expired ? linesOf(order).filter(({ state }) => state === 'proposed') : [];
/** What is charged at the end: finished work, and the money lines that were agreed to. */
export const billableLines = (order: Order): readonly OrderLine[] =>
  linesOf(order).filter((line) => (isWork(line) ? line.state === 'done' : isAgreed(line)));
export const agreedKrw = (lines: readonly OrderLine[]): number => totalsOf(lines.filter(isAgreed)).totalKrw;
export const usedOnLine = ({ requests }: Order, lineId: string): number =>
  Object.values(requests).reduce((sum, request) => sum + (request.lineId === lineId ? request.usedQty : 0), 0);

/** Requests for parts that end with the order, or with one of its lines. */
export const requestsOf = ({ requests }: Order, lineId?: string): string[] =>
  Object.keys(requests).filter((id) => lineId === undefined || requests[id]?.lineId === lineId);

/** Some lines changed, the others as they were. */
export const withLines = (
  order: Order,
  lineIds: readonly string[],
  change: (line: OrderLine) => OrderLine,
): Order['lines'] => {
  const changed = lineIds.flatMap((lineId) => {
    const line = order.lines[lineId];
    return line ? [[lineId, change(line)] as const] : [];
  });
  return { ...order.lines, ...Object.fromEntries(changed) };
};
