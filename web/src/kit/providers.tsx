'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { TooltipProvider } from '../ui/overlay.tsx';
import { Toaster } from '../ui/toast.tsx';
import { Failure } from './client.ts';

const transient = (error: Error): boolean => error instanceof Failure && error.code === 'UNAVAILABLE';

/** What every page shares. Live queries keep the cache fresh, so nothing is asked again merely because time passed. */
export const Providers = ({ children }: { children: ReactNode }) => {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 60_000,
            refetchOnWindowFocus: false,
            refetchOnReconnect: true,
            retry: (count, error) => transient(error) && count < 4,
            retryDelay: (count) => Math.min(500 * 2 ** count, 4_000),
            networkMode: 'always',
          },
        },
      }),
  );
  return (
    <QueryClientProvider client={client}>
      <TooltipProvider delayDuration={300}>
        {children}
        <Toaster />
      </TooltipProvider>
    </QueryClientProvider>
  );
};
