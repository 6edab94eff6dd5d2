'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Option } from '../../../kit/command-form.tsx';
import { type Accepted, useCommand } from '../../../kit/use-command.ts';
import { Checkbox, Field, Select } from '../../../ui/field.tsx';
import { FormFrame } from './form-frame.tsx';
import type { Line } from './model.ts';

/** Who works where on which approved lines. */
export const StartWorkForm = ({
  label,
  repairOrderId,
  lines,
  technicians,
  bays,
  technicianId,
  bayId,
  onDone,
}: {
  label: string;
  repairOrderId: string;
  lines: readonly Line[];
  technicians: readonly Option[];
  bays: readonly Option[];
  technicianId: string | null;
  bayId: string | null;
  onDone: (accepted: Accepted) => void;
}) => {
  const t = useTranslations('work');
  const f = useTranslations('fields');
  const { send, busy, refusal } = useCommand('StartWork');
  const [technician, setTechnician] = useState(technicianId ?? technicians[0]?.value ?? '');
  const [bay, setBay] = useState(bayId ?? bays[0]?.value ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(lines.map((line) => line.lineId)));
  const submit = async (): Promise<void> => {
    const lineIds = lines.map((line) => line.lineId).filter((id) => chosen.has(id));
    const accepted = await send({ repairOrderId, technicianId: technician, bayId: bay, lineIds });
    if (accepted) onDone(accepted);
  };
  return (
    <FormFrame
      name="StartWork"
      label={label}
      busy={busy}
      refusal={refusal}
      disabled={chosen.size === 0 || !technician || !bay}
      onSubmit={() => void submit()}
    >
      <div className="grid gap-4 desk:grid-cols-2">
        <Field label={f('technicianId')}>
          {(ids) => (
            <Select {...ids} value={technician} onChange={(event) => setTechnician(event.target.value)}>
              {technicians.map((each) => (
                <option key={each.value} value={each.value}>
                  {each.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={f('bayId')}>
          {(ids) => (
            <Select {...ids} value={bay} onChange={(event) => setBay(event.target.value)}>
              {bays.map((each) => (
                <option key={each.value} value={each.value}>
                  {each.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <fieldset className="grid">
        <legend className="mb-1 font-medium text-sm">{t('linesToStart')}</legend>
        {lines.length === 0 ? <p className="text-ink-soft text-sm">{t('nothingApproved')}</p> : null}
        {lines.map((line) => (
          <Checkbox
            key={line.lineId}
            label={line.name ?? line.serviceCode ?? ''}
            checked={chosen.has(line.lineId)}
            onChange={() =>
              setChosen(
                (before) =>
                  new Set(
                    before.has(line.lineId) ? [...before].filter((id) => id !== line.lineId) : [...before, line.lineId],
                  ),
              )
            }
          />
        ))}
      </fieldset>
    </FormFrame>
  );
};
