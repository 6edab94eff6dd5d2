'use client';
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/** Tabs whose choice lives in the URL: the caller gives `value` and hears `onChange`. */
export const Tabs = ({
  value,
  onChange,
  tabs,
  label,
  children,
}: {
  value: string;
  onChange: (value: string) => void;
  tabs: readonly { readonly id: string; readonly label: ReactNode }[];
  label: string;
  children: ReactNode;
}) => (
  <Radix.Root value={value} onValueChange={onChange} data-slot="tabs">
    <Radix.List aria-label={label} className="scroll-thin mb-4 flex gap-5 overflow-x-auto border-line border-b">
      {tabs.map((tab) => (
        <Radix.Trigger
          key={tab.id}
          value={tab.id}
          className="-mb-px h-10 whitespace-nowrap border-transparent border-b-2 text-ink-soft text-sm -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-semibold data-[state=active]:text-ink"
        >
          {tab.label}
        </Radix.Trigger>
      ))}
    </Radix.List>
    {children}
  </Radix.Root>
);
export const TabPanel = ({ id, children }: { id: string; children: ReactNode }) => (
  <Radix.Content value={id} className="outline-none" tabIndex={-1}>
    {children}
  </Radix.Content>
);
