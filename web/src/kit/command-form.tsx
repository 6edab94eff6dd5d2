'use client';
import type { CommandDef, Locale } from '@cargoro/domain/kit';
import { zodResolver } from '@hookform/resolvers/zod';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { type Resolver, useForm } from 'react-hook-form';
import { Button } from '../ui/button.tsx';
import { Checkbox, Field, Input, Select, Textarea } from '../ui/field.tsx';
import { Skeleton } from '../ui/layout.tsx';
import { toast } from '../ui/toast.tsx';
import { loadCommands } from './commands.ts';
import { type FieldSpec, fieldsOf, meant, shown } from './schema-fields.ts';
import { type Accepted, type Refusal, useCommand } from './use-command.ts';

export type Option = { readonly value: string; readonly label: string };
export type FormPlan = {
  /** Values known already: they are sent, not asked. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** Values to start with. */
  readonly start?: Readonly<Record<string, unknown>>;
  /** Choices for fields whose values are ids. */
  readonly options?: Readonly<Record<string, readonly Option[]>>;
  /** Fields not asked and not sent. */
  readonly leave?: readonly string[];
};

/** A refusal stands beside the button that caused it. */
export const RefusalText = ({ refusal }: { refusal: Refusal | undefined }) => {
  const t = useTranslations('states');
  if (!refusal) return null;
  return (
    <div role="alert" className="rounded-md bg-problem-soft px-3 py-2 text-problem text-sm" data-code={refusal.code}>
      {refusal.code === 'UNAVAILABLE' ? t('unavailableText') : refusal.message}
    </div>
  );
};

type Props = FormPlan & {
  readonly command: string;
  readonly onDone: (accepted: Accepted) => void;
  readonly expectedRevision?: string;
};

/** The form of any command, made from the zod input the domain declares; the same schema judges it here and there. */
export const CommandForm = (props: Props) => {
  const locale = useLocale() as Locale;
  const [def, setDef] = useState<CommandDef>();
  useEffect(() => {
    void loadCommands(locale).then((all) => setDef(all.get(props.command)));
  }, [props.command, locale]);
  if (!def) return <Skeleton className="h-40 w-full" />;
  return <Body {...props} def={def} />;
};

const Body = ({
  command,
  def,
  given = {},
  start = {},
  options = {},
  leave = [],
  onDone,
}: Props & { def: CommandDef }) => {
  const t = useTranslations('form');
  const c = useTranslations('common');
  const label = useTranslations('fields');
  const locale = useLocale() as Locale;
  const { send, busy, refusal } = useCommand(command);
  const asked = useMemo(
    () =>
      fieldsOf(def.input).filter(
        (field) =>
          !(field.name in given) &&
          // A number left out is counted on by the server.
          field.name !== def.series?.field &&
          !leave.includes(field.name) &&
          (field.kind !== 'json' || options[field.name]),
      ),
    [def, given, leave, options],
  );
  const toInput = (raw: Record<string, unknown>): Record<string, unknown> => ({
    ...given,
    ...Object.fromEntries(
      asked.map((field) => [field.name, meant(field, raw[field.name])]).filter(([, value]) => value !== undefined),
    ),
  });
  const resolver: Resolver<Record<string, unknown>> = async (raw, context, choice) =>
    // What was given is sent as it is: to fill in what was left out is the server's.
    zodResolver(def.input, undefined, { raw: true })(toInput(raw), context as undefined, choice as never) as never;
  const { register, handleSubmit, formState } = useForm<Record<string, unknown>>({
    resolver,
    defaultValues: Object.fromEntries(asked.map((field) => [field.name, shown(field, start[field.name])])),
  });
  const names = new Set(asked.map((field) => field.name));
  const said = (message: unknown): string => {
    const text = String(message ?? '');
    return locale === 'ko' && !/[가-힣]/.test(text) ? t('check') : text;
  };
  const errorOf = (name: string): string | undefined => {
    const mine = formState.errors[name];
    if (mine) return said(mine.message);
    return refusal?.fields.find((issue) => issue.path.replace(/^input\./, '').split('.')[0] === name)?.reason;
  };
  const elsewhere = Object.entries(formState.errors).filter(([name]) => !names.has(name));

  const submit = handleSubmit(async (input) => {
    const accepted = await send(input);
    if (!accepted) return;
    toast('done', t('done', { label: def.label[locale] }));
    onDone(accepted);
  });

  return (
    <form onSubmit={submit} noValidate className="grid gap-4" data-command={command}>
      {asked.map((field) => (
        <Control
          key={field.name}
          field={field}
          label={label(field.name)}
          error={errorOf(field.name)}
          options={options[field.name]}
          props={register(field.name)}
          optional={field.required ? undefined : c('optional')}
        />
      ))}
      {elsewhere.length > 0 ? (
        <p role="alert" className="text-problem text-sm">
          {elsewhere
            .map(([name, error]) => `${label.has(name) ? label(name) : name}: ${said(error?.message)}`)
            .join(' · ')}
        </p>
      ) : null}
      <RefusalText refusal={refusal} />
      <Button type="submit" tone="primary" busy={busy} className="h-12 w-full desk:ml-auto desk:h-9 desk:w-auto">
        {def.label[locale]}
      </Button>
    </form>
  );
};

const Control = ({
  field,
  label,
  error,
  options,
  props,
  optional,
}: {
  field: FieldSpec;
  label: string;
  error: string | undefined;
  options: readonly Option[] | undefined;
  props: ReturnType<ReturnType<typeof useForm<Record<string, unknown>>>['register']>;
  optional: string | undefined;
}) => {
  const c = useTranslations('common');
  const word = useTranslations('enums');
  if (field.kind === 'flag') return <Checkbox label={label} {...props} />;
  return (
    <Field label={label} error={error} optional={optional}>
      {(ids) => {
        if (options || field.kind === 'choice')
          return (
            <Select {...ids} {...props}>
              {field.initial === undefined || !field.required ? <option value="">{c('choose')}</option> : null}
              {options
                ? options.map((option) => (
                    <option key={option.value} value={option.value}>
                      {option.label}
                    </option>
                  ))
                : field.choices.map((choice) => (
                    <option key={choice} value={choice}>
                      {word.has(choice) ? word(choice) : choice}
                    </option>
                  ))}
            </Select>
          );
        if (field.kind === 'prose') return <Textarea {...ids} {...props} />;
        if (field.kind === 'moment') return <Input type="datetime-local" {...ids} {...props} />;
        if (field.kind === 'day') return <Input type="date" {...ids} {...props} />;
        const numeric = ['number', 'won', 'km'].includes(field.kind);
        return <Input inputMode={numeric ? 'decimal' : undefined} autoComplete="off" {...ids} {...props} />;
      }}
    </Field>
  );
};
