'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useCallback, useRef, useState } from 'react';
import { Failure, type FieldIssue, send } from './client.ts';
import { newId } from './ids.ts';
import { noteWritten } from './positions.ts';

export type Accepted = {
  readonly __typename: 'Accepted';
  readonly streamId: string;
  readonly revision: string;
  readonly position: string;
};
export type Rejected = { readonly __typename: 'Rejected'; readonly code: string; readonly message: string };
export type Refusal = { readonly code: string; readonly message: string; readonly fields: readonly FieldIssue[] };

/** The mutation of a command, by the gateway's naming rule (`ApproveLines` → `approveLines(input: ApproveLinesInput!)`). */
export const mutationOf = (command: string): string => {
  const field = command.charAt(0).toLowerCase() + command.slice(1);
  return `mutation ${command}($commandId: ID!, $expectedRevision: String, $input: ${command}Input!) { result: ${field}(commandId: $commandId, expectedRevision: $expectedRevision, input: $input) { __typename ... on Accepted { streamId revision position } ... on Rejected { code message } } }`;
};

export type Sending = {
  readonly send: (
    input: Record<string, unknown>,
    options?: { expectedRevision?: string },
  ) => Promise<Accepted | undefined>;
  readonly busy: boolean;
  readonly refusal: Refusal | undefined;
  readonly clear: () => void;
};

/**
 * Sends a command. The id is made once per intent and kept while the same input is tried again, so a lost answer never
 * becomes a second act. After acceptance the reads that follow wait for its position; a refusal stays beside the button.
 */
export const useCommand = (command: string): Sending => {
  const locale = useLocale();
  const cache = useQueryClient();
  const intent = useRef<{ key: string; id: string } | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | undefined>();

  const run = useCallback<Sending['send']>(
    async (input, options = {}) => {
      const key = JSON.stringify([input, options]);
      if (intent.current?.key !== key) intent.current = { key, id: newId() };
      setBusy(true);
      setRefusal(undefined);
      try {
        const { result } = await send<{ result: Accepted | Rejected }>(
          mutationOf(command),
          { commandId: intent.current.id, input, ...options },
          locale,
        );
        if (result.__typename === 'Rejected') {
          setRefusal({ ...result, fields: [] });
          intent.current = undefined;
          return undefined;
        }
        intent.current = undefined;
        noteWritten(result.position);
        void cache.invalidateQueries({ refetchType: 'active' });
        return result;
      } catch (error) {
        const failure = error instanceof Failure ? error : new Failure('INTERNAL', String(error));
        setRefusal({ code: failure.code, message: failure.message, fields: failure.fields });
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [command, locale, cache],
  );
  return { send: run, busy, refusal, clear: useCallback(() => setRefusal(undefined), []) };
};
