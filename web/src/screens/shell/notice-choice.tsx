'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ask } from '../../kit/client.ts';
import { graphql } from '../../kit/graphql.ts';
import { canTakePush, leavePush, takePush, takesPush } from '../../kit/push.ts';
import { useViewer } from '../../kit/runtime.tsx';
import { useCommand } from '../../kit/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, Field, Input } from '../../ui/field.tsx';
import { Dialog } from '../../ui/overlay.tsx';
import { Failed } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { channels, choiceOf, draftOf, type NoticeDraft } from './notice-draft.ts';

const ChoiceQuery = graphql(`
  query NoticeChoice($id: String!) { user(id: $id) { notices { channels quietHours { from until } } } }
`);

/** How notices reach me besides the inbox, when nothing may ring, and whether this device takes them. */
export const NoticeChoice = ({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) => {
  const t = useTranslations('notices');
  const c = useTranslations('common');
  const locale = useLocale();
  const { userId } = useViewer();
  const { data, error, refetch } = useQuery({
    queryKey: ['noticeChoice', userId],
    enabled: open,
    queryFn: async () => (await ask(ChoiceQuery, { id: userId }, locale)).user?.notices ?? null,
  });
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('title')} lead={t('lead')} closeLabel={c('close')}>
      {error ? <Failed error={error as never} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : (
        <ChoiceForm draft={draftOf(data)} userId={userId} onDone={() => onOpenChange(false)} />
      )}
    </Dialog>
  );
};

const ChoiceForm = ({ draft, userId, onDone }: { draft: NoticeDraft; userId: string; onDone: () => void }) => {
  const t = useTranslations('notices');
  const c = useTranslations('common');
  const [{ chosen, quiet, from, until }, setDraft] = useState(draft);
  const change = (part: Partial<NoticeDraft>) => setDraft((now) => ({ ...now, ...part }));
  const { send, busy, refusal } = useCommand('ChooseNotices');
  const save = async (): Promise<void> => {
    if (!(await send({ userId, ...choiceOf({ chosen, quiet, from, until }) }))) return;
    toast('done', t('saved'));
    onDone();
  };
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset className="grid gap-1">
        <legend className="font-medium text-sm">{t('channels')}</legend>
        {channels.map((channel) => (
          <Checkbox
            key={channel}
            label={t(`by.${channel}`)}
            checked={chosen.includes(channel)}
            onChange={({ target }) =>
              change({
                chosen: channels.filter((each) => (each === channel ? target.checked : chosen.includes(each))),
              })
            }
          />
        ))}
        <ThisDevice />
      </fieldset>
      <fieldset className="grid gap-2">
        <legend className="font-medium text-sm">{t('quietHours')}</legend>
        <Checkbox label={t('quiet')} checked={quiet} onChange={({ target }) => change({ quiet: target.checked })} />
        {quiet ? (
          <div className="grid grid-cols-2 gap-4">
            <Field label={t('from')}>
              {(ids) => (
                <Input
                  {...ids}
                  type="time"
                  required
                  value={from}
                  onChange={({ target }) => change({ from: target.value })}
                />
              )}
            </Field>
            <Field label={t('until')}>
              {(ids) => (
                <Input
                  {...ids}
                  type="time"
                  required
                  value={until}
                  onChange={({ target }) => change({ until: target.value })}
                />
              )}
            </Field>
          </div>
        ) : null}
      </fieldset>
      {refusal ? (
        <p role="alert" className="text-problem text-sm">
          {refusal.message}
        </p>
      ) : null}
      <Button type="submit" tone="primary" busy={busy}>
        {c('save')}
      </Button>
    </form>
  );
};

/** A push message goes to devices, so each says for itself that it takes them. */
const ThisDevice = () => {
  const t = useTranslations('notices');
  const { data: on, refetch } = useQuery({ queryKey: ['takesPush'], queryFn: takesPush, enabled: canTakePush() });
  const [failed, setFailed] = useState(false);
  if (on === undefined) return null;
  const turn = async (): Promise<void> => {
    setFailed(false);
    await (on ? leavePush() : takePush()).catch(() => setFailed(true));
    await refetch();
  };
  return (
    <div className="grid justify-items-start gap-1 pt-1">
      <Button type="button" size="sm" onClick={() => void turn()}>
        {t(on ? 'deviceOff' : 'deviceOn')}
      </Button>
      {failed ? (
        <p role="alert" className="text-problem text-sm">
          {t('deviceFailed')}
        </p>
      ) : null}
    </div>
  );
};
