'use client';
import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';
import { cn } from './cn.ts';

/** A choice of few: radio buttons that look like one control. */
export const Segmented = ({
  label,
  value,
  onChange,
  options,
  size = 'md',
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { readonly value: string; readonly label: string; readonly icon?: LucideIcon }[];
  size?: 'md' | 'thumb';
}) => {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{label}</legend>
      <div className="grid auto-cols-fr grid-flow-col gap-1 rounded-md bg-sunken p-1">
        {options.map(({ value: option, label: text, icon: Icon }) => (
          <label
            key={option}
            className={cn(
              'flex cursor-pointer items-center justify-center gap-1.5 rounded-[6px] px-2 text-center text-ink-soft text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent',
              size === 'thumb' ? 'h-12 text-[15px]' : 'h-9 desk:h-8',
              option === value && 'bg-surface font-semibold text-ink ring-1 ring-line',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option}
              checked={option === value}
              onChange={() => onChange(option)}
              className="sr-only"
            />
            {Icon ? <Icon className="size-4 shrink-0" aria-hidden /> : null}
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
};
