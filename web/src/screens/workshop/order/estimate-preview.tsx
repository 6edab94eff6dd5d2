'use client';
import type { Totals as Sums } from '@cargoro/domain/estimate';
import { useTranslations } from 'next-intl';
import { Money } from '../../../ui/figures.tsx';
import { Dialog } from '../../../ui/overlay.tsx';
import { amountOfDraft, type DraftLine } from './estimate-draft.ts';
import { Totals } from './totals.tsx';

/** The estimate as the customer will see it. */
export const EstimatePreview = ({
  open,
  onOpenChange,
  lines,
  totals,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  lines: readonly DraftLine[];
  totals: Sums;
}) => {
  const t = useTranslations('estimate');
  const c = useTranslations('common');
  const e = useTranslations('enums');
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('previewTitle')}
      lead={t('previewLead')}
      closeLabel={c('close')}
    >
      <ul className="mb-4 divide-y divide-line border-line border-y">
        {lines.map((line) => (
          <li key={line.lineId} className="flex items-baseline gap-3 py-3">
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{line.name || e(line.kind)}</span>
              <span className="block text-ink-soft text-sm">{line.kind === 'part' ? e(line.grade) : e(line.kind)}</span>
            </span>
            <Money krw={amountOfDraft(line)} strong />
          </li>
        ))}
      </ul>
      <Totals {...totals} />
    </Dialog>
  );
};
