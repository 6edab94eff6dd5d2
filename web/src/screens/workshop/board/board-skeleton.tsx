import { useTranslations } from 'next-intl';
import { Skeleton } from '../../../ui/layout.tsx';
import { columns } from './queries.ts';

export const BoardSkeleton = () => {
  const t = useTranslations('states');
  const b = useTranslations('board');
  return (
    <div role="status" aria-label={t('loading')}>
      <Skeleton className="mt-2 mb-2 h-5 w-40" />
      <div className="grid gap-2.5 desk:auto-cols-[minmax(158px,1fr)] desk:grid-flow-col">
        {columns.map((column, at) => (
          <div key={column} className={at > 0 ? 'hidden desk:block' : undefined}>
            <p className="flex h-8 items-center border-line border-b font-semibold text-ink-soft text-sm">
              {b(`column.${column}`)}
            </p>
            <div className="grid gap-2 pt-2">
              {Array.from({ length: at % 3 === 0 ? 3 : 1 }, (_, row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
                <Skeleton key={row} className="h-24 w-full rounded-md" />
              ))}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
};
