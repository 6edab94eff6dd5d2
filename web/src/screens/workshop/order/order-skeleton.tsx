import { useTranslations } from 'next-intl';
import { Card, Skeleton } from '../../../ui/layout.tsx';

/** The order page before its data: the same places, so nothing shifts. */
export const OrderSkeleton = () => {
  const t = useTranslations('states');
  return (
    <div role="status" aria-label={t('loading')} className="grid grid-cols-1 gap-4 overflow-hidden">
      <div className="flex items-center gap-3 overflow-hidden">
        <Skeleton className="h-9 w-32" />
        <Skeleton className="h-7 w-52" />
        <Skeleton className="ml-auto h-9 w-32" />
      </div>
      <Skeleton className="h-5 w-72 max-w-full" />
      <Skeleton className="h-10 w-full" />
      <div className="grid grid-cols-1 gap-4 wide:grid-cols-[minmax(0,1fr)_21rem]">
        <Card className="grid gap-4 p-4">
          {[1, 2, 3, 4].map((row) => (
            <Skeleton key={row} className="h-10 w-full" />
          ))}
        </Card>
        <Card className="grid gap-4 p-4">
          <Skeleton className="h-12 w-full" />
          <Skeleton className="h-24 w-full" />
        </Card>
      </div>
    </div>
  );
};
