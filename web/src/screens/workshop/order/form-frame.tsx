'use client';
import { useTranslations } from 'next-intl';
import type { FormEvent, ReactNode } from 'react';
import { RefusalText } from '../../../kit/command-form.tsx';
import type { Refusal } from '../../../kit/use-command.ts';
import { Button } from '../../../ui/button.tsx';

/** The frame of a form written by hand: fields, the refusal, and the one button. */
export const FormFrame = ({
  name,
  label,
  busy,
  refusal,
  disabled,
  onSubmit,
  aside,
  children,
}: {
  name: string;
  label: string;
  busy: boolean;
  refusal: Refusal | undefined;
  disabled?: boolean;
  onSubmit: () => void;
  aside?: ReactNode;
  children: ReactNode;
}) => {
  const field = useTranslations('fields');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4" data-command={name}>
      {children}
      <RefusalText refusal={refusal} />
      {refusal?.fields.length ? (
        <ul className="grid gap-0.5 text-problem text-sm">
          {refusal.fields.map(({ path, reason }) => {
            const key = path.split('.').findLast((part) => field.has(part));
            return (
              <li key={path}>
                {key ? field(key) : path}: {reason}
              </li>
            );
          })}
        </ul>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        {aside}
        <Button type="submit" tone="primary" busy={busy} disabled={disabled} className="ml-auto h-12 min-w-32 desk:h-9">
          {label}
        </Button>
      </div>
    </form>
  );
};
