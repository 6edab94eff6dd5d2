import { useTranslations } from 'next-intl';
import { Money } from '../../../ui/figures.tsx';

/** Supply value, VAT once, and the sum. */
export const Totals = ({ supplyKrw, vatKrw, totalKrw }: { supplyKrw: number; vatKrw: number; totalKrw: number }) => {
  const f = useTranslations('fields');
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-y-1 text-sm" data-slot="totals">
      <dt className="text-ink-soft">{f('supplyKrw')}</dt>
      <dd className="text-right">
        <Money krw={supplyKrw} />
      </dd>
      <dt className="text-ink-soft">{f('vatKrw')}</dt>
      <dd className="text-right">
        <Money krw={vatKrw} />
      </dd>
      <dt className="mt-1 border-line border-t pt-2 font-semibold">{f('totalKrw')}</dt>
      <dd className="mt-1 border-line border-t pt-2 text-right font-bold text-lg" data-slot="total">
        <Money krw={totalKrw} />
      </dd>
    </dl>
  );
};
