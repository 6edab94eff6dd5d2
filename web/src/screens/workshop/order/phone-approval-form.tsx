'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { sha256OfText } from '../../../kit/files.ts';
import { newId } from '../../../kit/ids.ts';
import { type Accepted, useCommand } from '../../../kit/use-command.ts';
import { Checkbox, Field, Textarea } from '../../../ui/field.tsx';
import { Money } from '../../../ui/figures.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { FormFrame } from './form-frame.tsx';
import { amountOfLine, type Line } from './model.ts';

/**
 * An approval given by phone or at the counter. What the customer said is kept as a note of the order; its fingerprint is
 * the evidence of the approval.
 */
export const PhoneApprovalForm = ({
  label,
  repairOrderId,
  version,
  lines,
  approver,
  again,
  onDone,
}: {
  label: string;
  repairOrderId: string;
  version: number;
  lines: readonly Line[];
  approver: { readonly kind: string; readonly id: string };
  /** What is offered once the estimate has expired meanwhile. */
  again: ReactNode;
  onDone: (accepted: Accepted) => void;
}) => {
  const t = useTranslations('approval');
  const approve = useCommand('ApproveLines');
  const note = useCommand('AddNote');
  const [method, setMethod] = useState('phone');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(lines.map((line) => line.lineId)));
  const [said, setSaid] = useState('');
  const [missing, setMissing] = useState(false);
  const [noteId] = useState(newId);
  const [noted, setNoted] = useState<string>();

  const submit = async (): Promise<void> => {
    const text = said.trim();
    setMissing(text === '');
    if (text === '') return;
    if (noted !== text && !(await note.send({ repairOrderId, text, photos: [], visibility: 'workshop' }))) return;
    setNoted(text);
    const accepted = await approve.send({
      repairOrderId,
      version,
      lineIds: lines.map((line) => line.lineId).filter((id) => chosen.has(id)),
      approver,
      method,
      evidence: { objectId: `note.${noteId}`, sha256: await sha256OfText(text) },
    });
    if (accepted) onDone(accepted);
  };

  return (
    <FormFrame
      name="ApproveLines"
      label={label}
      busy={approve.busy || note.busy}
      refusal={approve.refusal ?? note.refusal}
      disabled={chosen.size === 0}
      onSubmit={() => void submit()}
    >
      <Segmented
        label={t('method')}
        value={method}
        onChange={setMethod}
        options={[
          { value: 'phone', label: t('byPhone') },
          { value: 'inPerson', label: t('inPerson') },
        ]}
      />
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-medium text-sm">{t('agreedLines')}</legend>
        {lines.map((line) => (
          <div key={line.lineId} className="flex items-center gap-3">
            <Checkbox
              className="min-w-0 flex-1"
              label={line.name ?? line.serviceCode ?? ''}
              checked={chosen.has(line.lineId)}
              onChange={() =>
                setChosen(
                  (before) =>
                    new Set(
                      before.has(line.lineId)
                        ? [...before].filter((id) => id !== line.lineId)
                        : [...before, line.lineId],
                    ),
                )
              }
            />
            <Money krw={amountOfLine(line)} className="text-sm" />
          </div>
        ))}
      </fieldset>
      <Field label={t('said')} hint={t('saidHint')} error={missing ? t('saidMissing') : undefined}>
        {(ids) => <Textarea {...ids} value={said} onChange={(event) => setSaid(event.target.value)} />}
      </Field>
      {approve.refusal?.code === 'ESTIMATE_EXPIRED' ? again : null}
    </FormFrame>
  );
};
