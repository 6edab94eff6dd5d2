'use client';
import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** One value of the URL's query, replaced without a trip to the server. Filters, tabs and moments live here. */
export const useUrlState = (name: string): readonly [string | undefined, (value: string | undefined) => void] => {
  const params = useSearchParams();
  const value = params.get(name) ?? undefined;
  const set = useCallback(
    (next: string | undefined) => {
      const url = new URL(window.location.href);
      if (next === undefined || next === '') url.searchParams.delete(name);
      else url.searchParams.set(name, next);
      window.history.replaceState(null, '', url);
    },
    [name],
  );
  return [value, set];
};
