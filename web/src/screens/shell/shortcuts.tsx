'use client';
import { useTranslations } from 'next-intl';
import { Kbd } from '../../ui/layout.tsx';
import { Dialog } from '../../ui/overlay.tsx';

const shortcuts = [
  ['⌘ K', 'palette'],
  ['j', 'next'],
  ['k', 'previous'],
  ['Enter', 'open'],
  ['e', 'act'],
  ['Esc', 'close'],
  ['?', 'help'],
] as const;

export const ShortcutsDialog = ({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) => {
  const t = useTranslations('shortcuts');
  const c = useTranslations('common');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('title')} closeLabel={c('close')}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2.5 text-sm">
        {shortcuts.map(([keys, name]) => (
          <div key={name} className="contents">
            <dt className="flex gap-1">
              {keys.split(' ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{t(name)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
};
