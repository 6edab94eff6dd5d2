'use client';
import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';
import { useRouter } from '../../i18n/navigation.ts';
import { Button } from '../../ui/button.tsx';

/** The page when the gateway does not answer the server; it looks again by itself. */
export const Unreachable = ({ title, text, retry }: { title: string; text: string; retry: string }) => {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), 4_000);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <main className="grid min-h-dvh content-center justify-items-center gap-2 px-6 text-center">
      <CloudOff className="size-8 text-ink-soft" strokeWidth={1.5} aria-hidden />
      <h1 className="font-semibold text-lg">{title}</h1>
      <p className="max-w-sm text-ink-soft text-sm">{text}</p>
      <Button className="mt-2" onClick={() => router.refresh()}>
        {retry}
      </Button>
    </main>
  );
};
