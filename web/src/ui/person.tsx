import { cn } from './cn.ts';

/** Korean names by their given name, others by initials. */
export const initials = (name: string): string => {
  const words = name.trim().split(/\s+/);
  if (/[가-힣]/.test(name)) return name.replace(/\s/g, '').slice(-2);
  return words
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
};

export const Avatar = ({ name, className }: { name: string; className?: string }) => (
  <span
    aria-hidden
    data-slot="avatar"
    className={cn(
      'inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-idle-soft font-semibold text-[11px] text-idle leading-none',
      className,
    )}
  >
    {initials(name)}
  </span>
);

export const Person = ({ name, role, className }: { name: string; role?: string; className?: string }) => (
  <span className={cn('inline-flex min-w-0 items-center gap-2', className)}>
    <Avatar name={name} />
    <span className="min-w-0 truncate">
      {name}
      {role ? <span className="text-ink-soft"> · {role}</span> : null}
    </span>
  </span>
);
