'use client';
import { useSyncExternalStore } from 'react';

// One timer for the page: every relative time shows the same moment.
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  if (!timer) now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** The present moment in ms, renewed every `everyMs`; 0 while the server renders, which knows no viewer's time. */
export const useNow = (everyMs: 1_000 | 15_000 = 15_000): number =>
  useSyncExternalStore(
    subscribe,
    () => now - (now % everyMs),
    () => 0,
  );
