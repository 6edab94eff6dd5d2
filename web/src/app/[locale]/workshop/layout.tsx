import type { ReactNode } from 'react';
import { RoomLayout } from '../../../screens/shell/room-layout.tsx';

export default function Layout({ children }: { children: ReactNode }) {
  return <RoomLayout room="workshop">{children}</RoomLayout>;
}
