'use client';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Option } from '../../../kit/command-form.tsx';
import { type Accepted, useCommand } from '../../../kit/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Input, Select } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { FormFrame } from './form-frame.tsx';

type Check = { item: string; pass: string; value: string };

/** The final inspection: every check passes or the car goes back to work. */
export const InspectionForm = ({
  label,
  repairOrderId,
  inspectors,
  inspectorId,
  onDone,
}: {
  label: string;
  repairOrderId: string;
  inspectors: readonly Option[];
  inspectorId: string;
  onDone: (accepted: Accepted) => void;
}) => {
  const t = useTranslations('inspection');
  const f = useTranslations('fields');
  const { send, busy, refusal } = useCommand('PassInspection');
  const [checks, setChecks] = useState<readonly Check[]>(() =>
    t('standardChecks')
      .split(',')
      .map((item) => ({ item: item.trim(), pass: '', value: '' })),
  );
  const [inspector, setInspector] = useState(
    inspectors.some(({ value }) => value === inspectorId) ? inspectorId : (inspectors[0]?.value ?? inspectorId),
  );
  const [roadTest, setRoadTest] = useState('2');
  const [extra, setExtra] = useState('');
  const change = (at: number, part: Partial<Check>): void =>
    setChecks((all) => all.map((each, index) => (index === at ? { ...each, ...part } : each)));
  const open = checks.filter((check) => check.pass === '').length;

  const submit = async (): Promise<void> => {
    const accepted = await send({
      repairOrderId,
      inspectorId: inspector,
      checks: checks.map(({ item, pass, value }) => ({
        item,
        pass: pass === 'pass',
        ...(value.trim() && { value: value.trim() }),
      })),
      roadTestKm: Number(roadTest) || 0,
    });
    if (accepted) onDone(accepted);
  };
  return (
    <FormFrame
      name="PassInspection"
      label={label}
      busy={busy}
      refusal={refusal}
      disabled={open > 0}
      onSubmit={() => void submit()}
      aside={open > 0 ? <span className="text-sm text-waiting">{t('open', { count: open })}</span> : null}
    >
      <ul className="grid divide-y divide-line">
        {checks.map((check, at) => (
          <li key={check.item} className="grid items-center gap-2 py-2 desk:grid-cols-[minmax(0,1fr)_7rem_11rem]">
            <span className="text-body">{check.item}</span>
            <Input
              aria-label={`${check.item} ${f('value')}`}
              placeholder={f('value')}
              value={check.value}
              onChange={(event) => change(at, { value: event.target.value })}
            />
            <Segmented
              label={check.item}
              value={check.pass}
              onChange={(pass) => change(at, { pass })}
              options={[
                { value: 'pass', label: t('pass') },
                { value: 'fail', label: t('fail') },
              ]}
            />
          </li>
        ))}
      </ul>
      <div className="flex gap-2">
        <Input
          aria-label={t('addCheck')}
          placeholder={t('addCheck')}
          value={extra}
          onChange={(event) => setExtra(event.target.value)}
        />
        <Button
          size="icon"
          aria-label={t('addCheck')}
          disabled={!extra.trim()}
          onClick={() => {
            setChecks([...checks, { item: extra.trim(), pass: '', value: '' }]);
            setExtra('');
          }}
        >
          <Plus aria-hidden />
        </Button>
        <Button onClick={() => setChecks(checks.map((check) => ({ ...check, pass: 'pass' })))}>{t('passAll')}</Button>
      </div>
      <div className="grid gap-4 desk:grid-cols-2">
        <Field label={f('inspectorId')}>
          {(ids) => (
            <Select {...ids} value={inspector} onChange={(event) => setInspector(event.target.value)}>
              {inspectors.map((each) => (
                <option key={each.value} value={each.value}>
                  {each.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={f('roadTestKm')}>
          {(ids) => (
            <Input
              {...ids}
              inputMode="decimal"
              value={roadTest}
              onChange={(event) => setRoadTest(event.target.value)}
            />
          )}
        </Field>
      </div>
    </FormFrame>
  );
};
