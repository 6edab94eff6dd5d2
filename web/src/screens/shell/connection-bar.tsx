'use client';
import { CloudOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useNow } from '../../kit/now.ts';
import { useConnection } from '../../kit/socket.ts';
import { Ago } from '../../ui/figures.tsx';

/** A short gap heals by itself and is not worth a word. */
const graceMs = 2_500;

/** Offline and stale are told in the bar; the data stays, with its age. */
export const ConnectionBar = () => {
  const t = useTranslations('states');
  const { socket, since } = useConnection();
  const now = useNow(1_000);
  const [online, setOnline] = useState(true);
  useEffect(() => {
    const update = (): void => setOnline(navigator.onLine);
    update();
    window.addEventListener('online', update);
    window.addEventListener('offline', update);
    return () => {
      window.removeEventListener('online', update);
      window.removeEventListener('offline', update);
    };
  }, []);
  const down = socket === 'down' && now - since > graceMs;
  if (online && !down) return <div role="status" className="sr-only" />;
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-2 bg-idle-soft px-4 py-1.5 text-center text-idle text-sm"
    >
      <CloudOff className="size-4 shrink-0" aria-hidden />
      <span>
        {online ? t('reconnecting') : t('offline')}
        {since > 0 ? (
          <>
            {' · '}
            {t('dataFrom')} <Ago at={new Date(since).toISOString()} />
          </>
        ) : null}
      </span>
    </div>
  );
};
