'use client';
import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useRef } from 'react';
import { textOf } from './client.ts';
import { isAfter } from './positions.ts';
import { useRuntime } from './runtime.tsx';
import { socket } from './socket.ts';

/** One step of a live query: the whole row, or null when the viewer no longer sees it. */
export type Change<Node> = {
  readonly position: string;
  readonly change: 'UPSERTED' | 'REMOVED';
  readonly id: string;
  readonly node: Node | null;
};

/**
 * Follows a live query. `after` is the position the page has read up to; over a lost connection the subscription is sent
 * again with the position of the last change seen, so nothing is missed and nothing comes twice.
 */
export const useLive = <Result, Variables extends object, Node>({
  document,
  variables,
  after,
  pick,
  onChange,
  enabled = true,
}: {
  document: TadaDocumentNode<Result, Variables>;
  variables: Omit<Variables, 'afterPosition'>;
  after: string | undefined;
  pick: (result: Result) => Change<Node>;
  onChange: (change: Change<Node>) => void;
  enabled?: boolean;
}): void => {
  const { socketUrl } = useRuntime();
  const handlers = useRef({ pick, onChange });
  handlers.current = { pick, onChange };
  const seen = useRef(after);
  if (after && (!seen.current || isAfter(after, seen.current))) seen.current = after;
  const key = JSON.stringify(variables);
  const ready = enabled && after !== undefined;

  useEffect(() => {
    if (!ready) return;
    // Read anew each time the client sends the subscription: that is how it resumes.
    const payload = Object.defineProperty(JSON.parse(key), 'afterPosition', {
      enumerable: true,
      get: () => seen.current,
    });
    let ended = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    let stop = (): void => {};
    const start = (): void => {
      stop = socket(socketUrl).subscribe<Result>(
        { query: textOf(document), variables: payload },
        {
          next: ({ data }) => {
            if (!data) return;
            const change = handlers.current.pick(data as Result);
            if (seen.current && !isAfter(change.position, seen.current)) return;
            seen.current = change.position;
            handlers.current.onChange(change);
          },
          error: () => {
            if (!ended) again = setTimeout(start, 3_000);
          },
          complete: () => {
            if (!ended) again = setTimeout(start, 3_000);
          },
        },
      );
    };
    start();
    return () => {
      ended = true;
      clearTimeout(again);
      stop();
    };
  }, [ready, key, document, socketUrl]);
};
