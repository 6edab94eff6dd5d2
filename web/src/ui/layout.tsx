import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';

export const Card = ({ className, ...rest }: ComponentProps<'section'>) => (
  <section data-slot="card" className={cn('rounded-md border border-line bg-surface', className)} {...rest} />
);

export const CardHeader = ({
  title,
  aside,
  children,
}: {
  title: ReactNode;
  aside?: ReactNode;
  children?: ReactNode;
}) => (
  <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2">
    <h2 className="font-semibold text-base">{title}</h2>
    {children}
    {aside ? <div className="ml-auto flex items-center gap-2">{aside}</div> : null}
  </header>
);

/** The head of a page. The bar already names the places of the menu: their heading is `quiet`, for screen readers. */
export const PageHeader = ({
  title,
  lead,
  actions,
  quiet = false,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  quiet?: boolean;
}) => (
  <header
    className={cn('flex flex-wrap items-center gap-x-3 gap-y-2', !quiet || lead || actions ? 'mb-4' : 'contents')}
  >
    <div className="min-w-0">
      <h1 className={quiet ? 'sr-only' : 'truncate font-bold text-xl tracking-tight'}>{title}</h1>
      {lead ? <p className={quiet ? 'font-semibold text-lg' : 'text-ink-soft text-sm'}>{lead}</p> : null}
    </div>
    {actions ? <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div> : null}
  </header>
);

/** Terms and their values in two columns. */
export const Facts = ({
  items,
  className,
}: {
  items: readonly (readonly [string, ReactNode] | false | null | undefined)[];
  className?: string;
}) => (
  <dl className={cn('grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm', className)}>
    {items.map((item) =>
      item ? (
        <div key={item[0]} className="contents">
          <dt className="text-ink-soft">{item[0]}</dt>
          <dd className="min-w-0 text-right desk:text-left">{item[1]}</dd>
        </div>
      ) : null,
    )}
  </dl>
);

export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden data-slot="skeleton" className={cn('block animate-wait rounded-sm bg-idle-soft', className)} />
);

export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-[4px] border border-line bg-sunken px-1 font-medium font-sans text-[11px] text-ink-soft">
    {children}
  </kbd>
);
