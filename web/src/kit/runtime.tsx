'use client';
import { createContext, type ReactNode, useContext } from 'react';
import type { Viewer } from '../session/viewer.ts';

/** What the server knows when it renders: who asks, and where the live socket is. */
export type Runtime = { readonly socketUrl: string; readonly viewer: Viewer | undefined; readonly production: boolean };

const RuntimeContext = createContext<Runtime | undefined>(undefined);

export const RuntimeProvider = ({ value, children }: { value: Runtime; children: ReactNode }) => (
  <RuntimeContext value={value}>{children}</RuntimeContext>
);

export const useRuntime = (): Runtime => {
  const runtime = useContext(RuntimeContext);
  if (!runtime) throw new Error('RuntimeProvider is missing');
  return runtime;
};

/** The signed-in person; only inside a room, whose layout has checked that there is one. */
export const useViewer = (): Viewer => {
  const { viewer } = useRuntime();
  if (!viewer) throw new Error('Nobody is signed in');
  return viewer;
};
