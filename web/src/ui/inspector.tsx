'use client';
import { Maximize2, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect } from 'react';
import { Link } from '../i18n/navigation.ts';
import { Button } from './button.tsx';

/** A record beside the list, without leaving it. At a desk it stands at the right, on a phone it covers the page. */
export const Inspector = ({
  label,
  href,
  onClose,
  children,
}: {
  label: string;
  href: string;
  onClose: () => void;
  children: ReactNode;
}) => {
  const t = useTranslations('common');
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || document.querySelector('[role="dialog"][data-state="open"], [role="menu"]')) return;
      onClose();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [onClose]);
  return (
    <aside
      data-inspector
      data-slot="inspector"
      aria-label={label}
      className="scroll-thin fixed inset-0 z-35 animate-slide overflow-y-auto border-line border-l bg-surface desk:inset-y-13 desk:right-0 desk:left-auto desk:h-[calc(100dvh-3.25rem)] desk:w-[26rem] desk:shadow-float"
    >
      <div className="sticky top-0 z-1 flex h-12 items-center gap-1 border-line border-b bg-surface px-3">
        <p className="min-w-0 flex-1 truncate px-1 font-semibold text-sm">{label}</p>
        <Button asChild tone="quiet" size="iconSm">
          <Link href={href} aria-label={t('openPage')} data-open-page>
            <Maximize2 aria-hidden />
          </Link>
        </Button>
        <Button tone="quiet" size="iconSm" aria-label={t('close')} onClick={onClose}>
          <X aria-hidden />
        </Button>
      </div>
      <div className="p-4">{children}</div>
    </aside>
  );
};
