'use client';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { create } from 'zustand';
import { cn } from './cn.ts';

type Kind = 'done' | 'problem' | 'news';
type Toast = { readonly id: number; readonly kind: Kind; readonly text: string };
type Toasts = { list: readonly Toast[]; add: (kind: Kind, text: string) => void; drop: (id: number) => void };

let next = 1;
const useToasts = create<Toasts>()((set) => ({
  list: [],
  add: (kind, text) => {
    const id = next++;
    set(({ list }) => ({ list: [...list.slice(-2), { id, kind, text }] }));
    setTimeout(
      () => set(({ list }) => ({ list: list.filter((toast) => toast.id !== id) })),
      kind === 'problem' ? 9_000 : 4_500,
    );
  },
  drop: (id) => set(({ list }) => ({ list: list.filter((toast) => toast.id !== id) })),
}));

/** Says something once, on screen and to screen readers. */
export const toast = (kind: Kind, text: string): void => useToasts.getState().add(kind, text);

const icons = { done: CircleCheck, problem: CircleAlert, news: Info };
const colours: Record<Kind, string> = { done: 'text-done', problem: 'text-problem', news: 'text-running' };

export const Toaster = () => {
  const t = useTranslations('common');
  const { list, drop } = useToasts();
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-20 z-60 grid justify-items-center gap-2 desk:inset-x-auto desk:right-5 desk:bottom-5 desk:justify-items-end"
    >
      {list.map(({ id, kind, text }) => {
        const Icon = icons[kind];
        return (
          <div
            key={id}
            className="pointer-events-auto flex max-w-md animate-rise items-start gap-2.5 rounded-md border border-line bg-raised py-2.5 pr-2 pl-3 text-sm shadow-float"
          >
            <Icon className={cn('mt-0.5 size-4 shrink-0', colours[kind])} aria-hidden />
            <span className="min-w-0 flex-1">{text}</span>
            <button
              type="button"
              className="rounded-sm p-0.5 text-ink-soft hover:text-ink"
              onClick={() => drop(id)}
              aria-label={t('close')}
            >
              <X className="size-4" aria-hidden />
            </button>
          </div>
        );
      })}
    </div>
  );
};
