import { ChevronDown } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './cn.ts';

const control =
  'w-full rounded-md border border-line-strong/60 bg-surface px-3 text-body text-ink placeholder:text-ink-soft/80 hover:border-line-strong disabled:bg-sunken disabled:text-ink-soft aria-invalid:border-problem';

export const Input = ({ className, ...rest }: ComponentProps<'input'>) => (
  <input data-slot="input" className={cn(control, 'h-11 desk:h-9', className)} {...rest} />
);
export const Textarea = ({ className, ...rest }: ComponentProps<'textarea'>) => (
  <textarea data-slot="textarea" rows={3} className={cn(control, 'py-2', className)} {...rest} />
);
/** The native control: on a phone it is the one people know, and it needs no script. */
export const Select = ({ className, children, ...rest }: ComponentProps<'select'>) => (
  <span className={cn('relative block', className)}>
    <select data-slot="select" className={cn(control, 'h-11 appearance-none pr-9 desk:h-9')} {...rest}>
      {children}
    </select>
    <ChevronDown
      aria-hidden
      className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-soft"
    />
  </span>
);
export const Checkbox = ({ className, label, ...rest }: ComponentProps<'input'> & { label: ReactNode }) => (
  <label className={cn('inline-flex min-h-9 items-center gap-2.5 text-body', className)}>
    <input type="checkbox" className="size-4.5 shrink-0 accent-accent" {...rest} />
    <span>{label}</span>
  </label>
);

/** Label, control, hint and error, tied together for screen readers. */
export const Field = ({
  label,
  error,
  hint,
  optional,
  children,
  className,
}: {
  label: ReactNode;
  error?: string | undefined;
  hint?: ReactNode;
  optional?: string | undefined;
  className?: string;
  children: (ids: { id: string; 'aria-invalid': boolean; 'aria-describedby': string | undefined }) => ReactNode;
}) => {
  const id = useId();
  const note = `${id}-note`;
  return (
    <div data-slot="field" className={cn('grid gap-1', className)}>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
        {optional ? <span className="font-normal text-ink-soft"> · {optional}</span> : null}
      </label>
      {children({ id, 'aria-invalid': Boolean(error), 'aria-describedby': error || hint ? note : undefined })}
      {error ? (
        <p id={note} className="text-problem text-sm" role="alert">
          {error}
        </p>
      ) : hint ? (
        <p id={note} className="text-ink-soft text-sm">
          {hint}
        </p>
      ) : null}
    </div>
  );
};
