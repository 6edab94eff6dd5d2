'use client';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { FileRef } from '../../../kit/files.ts';
import { newId } from '../../../kit/ids.ts';
import { type Accepted, useCommand } from '../../../kit/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Input, Textarea } from '../../../ui/field.tsx';
import { PhotoInput } from '../../../ui/photos.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { toneIcon } from '../../../ui/tone.tsx';
import { FormFrame } from './form-frame.tsx';
import { severityTone } from './model.ts';

type Finding = {
  findingId: string;
  system: string;
  severity: string;
  measured: string;
  note: string;
  photos: readonly FileRef[];
};
const blank = (): Finding => ({ findingId: newId(), system: '', severity: 'good', measured: '', note: '', photos: [] });
const severities = ['good', 'soon', 'urgent'] as const;

/** What was found on the car: traffic-light findings with a measure and photos, and trouble codes. */
export const DiagnosisForm = ({
  command = 'RecordDiagnosis',
  label,
  repairOrderId,
  onDone,
}: {
  command?: 'RecordDiagnosis' | 'ReportAdditionalWork';
  label: string;
  repairOrderId: string;
  onDone: (accepted: Accepted) => void;
}) => {
  const t = useTranslations('diagnosis');
  const f = useTranslations('fields');
  const e = useTranslations('enums');
  const { send, busy, refusal } = useCommand(command);
  const [findings, setFindings] = useState<readonly Finding[]>(() => [blank()]);
  const [codes, setCodes] = useState('');
  const change = (at: number, part: Partial<Finding>): void =>
    setFindings((all) => all.map((each, index) => (index === at ? { ...each, ...part } : each)));

  const submit = async (): Promise<void> => {
    const dtcs = codes
      .toUpperCase()
      .split(/[\s,]+/)
      .filter(Boolean);
    const accepted = await send({
      repairOrderId,
      findings: findings
        .filter((finding) => finding.system.trim())
        .map(({ measured, ...finding }) => ({ ...finding, ...(measured.trim() && { measured: measured.trim() }) })),
      ...(command === 'RecordDiagnosis' ? { dtcs } : { lines: [] }),
    });
    if (accepted) onDone(accepted);
  };

  return (
    <FormFrame
      name={command}
      label={label}
      busy={busy}
      refusal={refusal}
      onSubmit={() => void submit()}
      aside={
        <Button onClick={() => setFindings([...findings, blank()])}>
          <Plus aria-hidden />
          {t('addFinding')}
        </Button>
      }
    >
      <datalist id="systems">
        {t('systems')
          .split(',')
          .map((system) => (
            <option key={system} value={system.trim()} />
          ))}
      </datalist>
      {findings.map((finding, at) => (
        <fieldset key={finding.findingId} className="grid gap-3 rounded-md border border-line p-3">
          <legend className="sr-only">{t('finding', { number: at + 1 })}</legend>
          <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
            <Field label={f('system')}>
              {(ids) => (
                <Input
                  {...ids}
                  list="systems"
                  value={finding.system}
                  onChange={(event) => change(at, { system: event.target.value })}
                />
              )}
            </Field>
            <Button
              tone="quiet"
              size="icon"
              aria-label={t('removeFinding', { number: at + 1 })}
              disabled={findings.length === 1}
              onClick={() => setFindings(findings.filter((each) => each !== finding))}
            >
              <Trash2 aria-hidden />
            </Button>
          </div>
          <Segmented
            label={f('severity')}
            value={finding.severity}
            onChange={(severity) => change(at, { severity })}
            options={severities.map((severity) => ({
              value: severity,
              label: e(severity),
              icon: toneIcon[severityTone[severity] ?? 'idle'],
            }))}
          />
          <div className="grid grid-cols-1 gap-3 desk:grid-cols-[10rem_minmax(0,1fr)]">
            <Field label={f('measured')}>
              {(ids) => (
                <Input
                  {...ids}
                  placeholder="3.1 mm"
                  value={finding.measured}
                  onChange={(event) => change(at, { measured: event.target.value })}
                />
              )}
            </Field>
            <Field label={f('note')}>
              {(ids) => (
                <Textarea
                  {...ids}
                  rows={1}
                  value={finding.note}
                  onChange={(event) => change(at, { note: event.target.value })}
                />
              )}
            </Field>
          </div>
          <PhotoInput photos={finding.photos} onChange={(photos) => change(at, { photos })} />
        </fieldset>
      ))}
      {command === 'RecordDiagnosis' ? (
        <Field label={f('dtcs')} hint={t('codesHint')}>
          {(ids) => (
            <Input
              {...ids}
              placeholder="P0301, C1234"
              value={codes}
              onChange={(event) => setCodes(event.target.value)}
            />
          )}
        </Field>
      ) : null}
    </FormFrame>
  );
};
