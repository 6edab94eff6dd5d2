import {
  CalendarDays,
  CarFront,
  ClipboardCheck,
  Columns3,
  type LucideIcon,
  ReceiptText,
  Settings,
  SquareKanban,
  Users,
  Wrench,
} from 'lucide-react';
import type { Room } from '../../session/viewer.ts';

export type Place = { readonly path: string; readonly key: string; readonly icon: LucideIcon; readonly tab?: boolean };

/** Navigation of each room; the first place is its home, `tab` places stand in the phone's tab bar. */
export const places: Record<Room, readonly Place[]> = {
  workshop: [
    { path: '/workshop', key: 'today', icon: SquareKanban, tab: true },
    { path: '/workshop/reservations', key: 'reservations', icon: CalendarDays, tab: true },
    { path: '/workshop/orders', key: 'orders', icon: Wrench, tab: true },
    { path: '/workshop/bays', key: 'bays', icon: Columns3, tab: true },
    { path: '/workshop/customers', key: 'customers', icon: Users },
    { path: '/workshop/invoices', key: 'invoices', icon: ReceiptText },
    { path: '/workshop/settings', key: 'settings', icon: Settings },
  ],
  garage: [
    { path: '/garage', key: 'garage', icon: CarFront, tab: true },
    { path: '/garage/approvals', key: 'approvals', icon: ClipboardCheck, tab: true },
    { path: '/garage/reservations', key: 'bookings', icon: CalendarDays, tab: true },
    { path: '/garage/invoices', key: 'payments', icon: ReceiptText, tab: true },
  ],
};

/** The place a path belongs to: the longest that it starts with. */
export const placeOf = (room: Room, path: string): Place | undefined =>
  [...places[room]]
    .sort((a, b) => b.path.length - a.path.length)
    .find((place) => path === place.path || path.startsWith(`${place.path}/`));
