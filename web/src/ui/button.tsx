import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

const look = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-semibold transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        primary: 'bg-accent text-on-accent enabled:hover:bg-accent-hover',
        plain: 'border border-line bg-surface text-ink enabled:hover:bg-sunken',
        quiet: 'text-ink-soft enabled:hover:bg-sunken enabled:hover:text-ink',
        danger: 'border border-line bg-surface text-problem enabled:hover:bg-problem-soft',
      },
      size: {
        sm: 'h-8 px-2.5 text-sm',
        md: 'h-9 px-3.5 text-sm',
        thumb: 'h-14 w-full px-5 text-[17px]',
        icon: 'size-9',
        iconSm: 'size-8',
      },
    },
    defaultVariants: { tone: 'plain', size: 'md' },
  },
);

export type ButtonProps = ComponentProps<'button'> & VariantProps<typeof look> & { asChild?: boolean; busy?: boolean };

/** Buttons are verbs. `busy` keeps the width and refuses a second press. */
export const Button = ({ className, tone, size, asChild, busy, disabled, children, ...rest }: ButtonProps) => {
  if (asChild)
    return (
      <Slot.Root
        data-slot="button"
        className={cn(
          look({ tone, size }),
          'hover:bg-sunken',
          tone === 'primary' && 'hover:bg-accent-hover',
          className,
        )}
        {...rest}
      >
        {children}
      </Slot.Root>
    );
  return (
    <button
      type="button"
      data-slot="button"
      className={cn(look({ tone, size }), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : null}
      {children}
    </button>
  );
};
