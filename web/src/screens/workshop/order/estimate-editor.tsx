'use client';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { RefusalText } from '../../../kit/command-form.tsx';
import { dayOf } from '../../../kit/format.ts';
import { useCommand } from '../../../kit/use-command.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Input, Select } from '../../../ui/field.tsx';
import { Card, CardHeader } from '../../../ui/layout.tsx';
import { MenuItem as Item, Menu, MenuContent, MenuLabel, MenuLine, MenuTrigger } from '../../../ui/overlay.tsx';
import { toast } from '../../../ui/toast.tsx';
import { blankLine, type DraftLine, inputOf, linesOfService, type MenuItem, totalsOfDraft } from './estimate-draft.ts';
import { EstimatePreview } from './estimate-preview.tsx';
import { EstimateRow } from './estimate-row.tsx';
import { Totals } from './totals.tsx';

const kinds = ['labour', 'part', 'sublet', 'fee', 'discount'] as const;
const weekMs = 7 * 86_400_000;

export type EditorProps = {
  readonly repairOrderId: string;
  /** The version being written. */
  readonly version: number;
  readonly start: readonly DraftLine[];
  readonly menu: readonly MenuItem[];
  readonly menuVersion: number;
  readonly rates: readonly { readonly category: string; readonly ratePerHourKrw: number }[];
  readonly payer: string;
  readonly findings: readonly { readonly findingId: string; readonly system: string }[];
  readonly canSend: boolean;
  readonly onSaved: (sent: boolean) => void;
};

/** Lines like a spreadsheet; enter goes to the next row. The sum is always in sight, and so is what the customer will see. */
export const EstimateEditor = ({
  repairOrderId,
  version,
  start,
  menu,
  menuVersion,
  rates,
  payer,
  findings,
  canSend,
  onSaved,
}: EditorProps) => {
  const t = useTranslations('estimate');
  const f = useTranslations('fields');
  const e = useTranslations('enums');
  const category = useTranslations('rateCategory');
  const [lines, setLines] = useState<readonly DraftLine[]>(start);
  const [rate, setRate] = useState(String(rates[0]?.ratePerHourKrw ?? 0));
  const [validUntil, setValidUntil] = useState(() => dayOf(Date.now() + weekMs));
  const [channel, setChannel] = useState('app');
  const [preview, setPreview] = useState(false);
  const draft = useCommand('DraftEstimate');
  const sending = useCommand('SendEstimate');
  const [saved, setSaved] = useState<string>();
  const totals = totalsOfDraft(lines);
  const rateKrw = Number(rate);
  const change = (lineId: string, part: Partial<DraftLine>): void =>
    setLines((all) => all.map((line) => (line.lineId === lineId ? { ...line, ...part } : line)));

  const save = async (andSend: boolean): Promise<void> => {
    const input = { repairOrderId, version, lines: lines.map(inputOf), menuVersion, validUntil };
    const key = JSON.stringify(input);
    // Saved a moment ago and refused only at sending: the version stands already.
    if (saved !== key && !(await draft.send(input))) return;
    setSaved(key);
    if (andSend && !(await sending.send({ repairOrderId, version, channel }))) return;
    toast('done', t(andSend ? 'sent' : 'saved', { version }));
    onSaved(andSend);
  };

  return (
    <div className="grid grid-cols-1 gap-4 wide:grid-cols-[minmax(0,1fr)_20rem] wide:items-start">
      <Card>
        <CardHeader
          title={t('lines', { version })}
          aside={
            <>
              <Menu>
                <MenuTrigger asChild>
                  <Button size="sm">
                    <Plus aria-hidden />
                    {t('fromMenu')}
                  </Button>
                </MenuTrigger>
                <MenuContent className="scroll-thin max-h-80 overflow-y-auto">
                  <MenuLabel>{t('menu', { version: menuVersion })}</MenuLabel>
                  {menu.map((item) => (
                    <Item
                      key={item.serviceCode}
                      onSelect={() => setLines([...lines, ...linesOfService(item, payer, rateKrw)])}
                    >
                      <span className="min-w-0 flex-1">{item.name}</span>
                      <span className="text-ink-soft text-xs">{t('hours', { hours: item.standardHours })}</span>
                    </Item>
                  ))}
                </MenuContent>
              </Menu>
              <Menu>
                <MenuTrigger asChild>
                  <Button size="sm">
                    <Plus aria-hidden />
                    {t('addLine')}
                  </Button>
                </MenuTrigger>
                <MenuContent>
                  {kinds.map((kind) => (
                    <Item key={kind} onSelect={() => setLines([...lines, blankLine(kind, payer, rateKrw)])}>
                      {e(kind)}
                    </Item>
                  ))}
                  <MenuLine />
                  <MenuLabel>{t('partGradeRule')}</MenuLabel>
                </MenuContent>
              </Menu>
            </>
          }
        />
        {lines.length === 0 ? <p className="px-4 py-10 text-center text-ink-soft text-sm">{t('empty')}</p> : null}
        <ol className="divide-y divide-line" data-slot="estimate-lines">
          {lines.map((line) => (
            <EstimateRow
              key={line.lineId}
              line={line}
              findings={findings}
              onChange={(part) => change(line.lineId, part)}
            >
              <Button
                tone="quiet"
                size="iconSm"
                aria-label={t('removeLine', { name: line.name || e(line.kind) })}
                onClick={() => setLines(lines.filter((each) => each !== line))}
              >
                <Trash2 aria-hidden />
              </Button>
            </EstimateRow>
          ))}
        </ol>
      </Card>
      <div className="grid gap-4 wide:sticky wide:top-17">
        <Card>
          <CardHeader title={t('summary')} />
          <div className="grid gap-4 p-4">
            <Totals {...totals} />
            {rates.length > 1 ? (
              <Field label={f('ratePerHourKrw')}>
                {(ids) => (
                  <Select {...ids} value={rate} onChange={(event) => setRate(event.target.value)}>
                    {rates.map((each) => (
                      <option key={each.category} value={String(each.ratePerHourKrw)}>
                        {category.has(each.category) ? category(each.category) : each.category} · ₩
                        {each.ratePerHourKrw.toLocaleString('en-US')}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            ) : null}
            <div className="grid gap-3">
              <Field label={f('validUntil')}>
                {(ids) => (
                  <Input
                    {...ids}
                    type="date"
                    value={validUntil}
                    onChange={(event) => setValidUntil(event.target.value)}
                  />
                )}
              </Field>
              <Field label={f('channel')}>
                {(ids) => (
                  <Select {...ids} value={channel} onChange={(event) => setChannel(event.target.value)}>
                    {['app', 'smsLink', 'print'].map((each) => (
                      <option key={each} value={each}>
                        {e(each)}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            </div>
            <RefusalText refusal={draft.refusal ?? sending.refusal} />
            {draft.refusal?.fields.length ? (
              <ul className="grid gap-0.5 text-problem text-sm">
                {draft.refusal.fields.map((issue) => (
                  <li key={issue.path}>
                    {t('fieldProblem', {
                      line: lineNumber(issue.path),
                      field: fieldName(issue.path, f),
                      reason: issue.reason,
                    })}
                  </li>
                ))}
              </ul>
            ) : null}
            <div className="grid gap-2">
              {canSend ? (
                <Button
                  tone="primary"
                  className="h-12 desk:h-10"
                  data-action="SendEstimate"
                  busy={draft.busy || sending.busy}
                  disabled={lines.length === 0}
                  onClick={() => void save(true)}
                >
                  {t('saveAndSend')}
                </Button>
              ) : null}
              <div className="grid grid-cols-2 gap-2">
                <Button
                  busy={draft.busy}
                  disabled={lines.length === 0}
                  data-action="DraftEstimate"
                  onClick={() => void save(false)}
                >
                  {t('saveDraft')}
                </Button>
                <Button disabled={lines.length === 0} onClick={() => setPreview(true)}>
                  {t('preview')}
                </Button>
              </div>
            </div>
          </div>
        </Card>
      </div>
      <EstimatePreview open={preview} onOpenChange={setPreview} lines={lines} totals={totals} />
    </div>
  );
};

const lineNumber = (path: string): string => {
  const index = /lines\.(\d+)/.exec(path)?.[1];
  return index === undefined ? '–' : String(Number(index) + 1);
};
const fieldName = (path: string, f: ReturnType<typeof useTranslations>): string => {
  const name = path.split('.').at(-1) ?? path;
  return f.has(name) ? f(name) : name;
};
