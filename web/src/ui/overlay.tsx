'use client';
import { X } from 'lucide-react';
import { DropdownMenu, Dialog as Radix, Tooltip as RadixTooltip } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { Button } from './button.tsx';
import { cn } from './cn.ts';

type Panel = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  lead?: ReactNode;
  closeLabel: string;
  children: ReactNode;
  className?: string;
};

const Head = ({ title, lead, closeLabel }: Pick<Panel, 'title' | 'lead' | 'closeLabel'>) => (
  <header className="flex items-start gap-3 px-5 pt-4 pb-3">
    <div className="min-w-0 flex-1">
      <Radix.Title className="font-bold text-lg">{title}</Radix.Title>
      {lead ? <Radix.Description className="text-ink-soft text-sm">{lead}</Radix.Description> : null}
    </div>
    <Radix.Close asChild>
      <Button tone="quiet" size="iconSm" aria-label={closeLabel}>
        <X aria-hidden />
      </Button>
    </Radix.Close>
  </header>
);
const Veil = () => <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-[oklch(0.15_0.02_260/0.45)]" />;

/** A question in the middle of the desk; on a phone it rises from the bottom. */
export const Dialog = ({ open, onOpenChange, title, lead, closeLabel, children, className }: Panel) => (
  <Radix.Root open={open} onOpenChange={onOpenChange}>
    <Radix.Portal>
      <Veil />
      <Radix.Content
        data-slot="dialog"
        aria-describedby={undefined}
        className={cn(
          'fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] animate-rise flex-col rounded-t-lg border border-line bg-raised shadow-float desk:inset-x-auto desk:top-[12vh] desk:bottom-auto desk:left-1/2 desk:max-h-[80vh] desk:w-[30rem] desk:-translate-x-1/2 desk:rounded-lg',
          className,
        )}
      >
        <Head title={title} lead={lead} closeLabel={closeLabel} />
        <div className="scroll-thin min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
);

export const Menu = DropdownMenu.Root;
export const MenuTrigger = DropdownMenu.Trigger;
export const MenuContent = ({ className, ...rest }: ComponentProps<typeof DropdownMenu.Content>) => (
  <DropdownMenu.Portal>
    <DropdownMenu.Content
      data-slot="menu"
      align="end"
      sideOffset={6}
      collisionPadding={8}
      className={cn(
        'z-50 min-w-52 max-w-80 animate-appear rounded-md border border-line bg-raised p-1 shadow-float',
        className,
      )}
      {...rest}
    />
  </DropdownMenu.Portal>
);
export const MenuItem = ({ className, ...rest }: ComponentProps<typeof DropdownMenu.Item>) => (
  <DropdownMenu.Item
    className={cn(
      'flex min-h-9 cursor-pointer select-none items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-sm outline-none data-disabled:cursor-not-allowed data-highlighted:bg-sunken data-disabled:text-ink-soft [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-soft',
      className,
    )}
    {...rest}
  />
);
export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <DropdownMenu.Label className="px-2.5 pt-2 pb-1 font-medium text-ink-soft text-xs">{children}</DropdownMenu.Label>
);
export const MenuLine = () => <DropdownMenu.Separator className="my-1 h-px bg-line" />;

export const TooltipProvider = RadixTooltip.Provider;
export const Tooltip = ({ text, children }: { text: ReactNode; children: ReactNode }) => (
  <RadixTooltip.Root>
    <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
    <RadixTooltip.Portal>
      <RadixTooltip.Content
        sideOffset={6}
        className="z-50 max-w-72 animate-appear rounded-sm bg-ink px-2 py-1 text-ground text-xs"
      >
        {text}
      </RadixTooltip.Content>
    </RadixTooltip.Portal>
  </RadixTooltip.Root>
);
