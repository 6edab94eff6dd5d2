'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type FileRef, keepFile } from '../../../kit/files.ts';
import { type Accepted, useCommand } from '../../../kit/use-command.ts';
import { Checkbox } from '../../../ui/field.tsx';
import { SignaturePad } from '../../../ui/signature.tsx';
import { toast } from '../../../ui/toast.tsx';
import { FormFrame } from './form-frame.tsx';

/** The car goes back against a signature. */
export const HandOverForm = ({
  label,
  repairOrderId,
  receiver,
  onDone,
}: {
  label: string;
  repairOrderId: string;
  receiver: { readonly kind: string; readonly id: string };
  onDone: (accepted: Accepted) => void;
}) => {
  const t = useTranslations('handOver');
  const f = useTranslations('fields');
  const p = useTranslations('photos');
  const { send, busy, refusal } = useCommand('HandOver');
  const [picture, setPicture] = useState<Blob>();
  const [kept, setKept] = useState<{ picture: Blob; file: FileRef }>();
  const [at] = useState(() => new Date().toISOString());
  const [keyBack, setKeyBack] = useState(true);
  const submit = async (): Promise<void> => {
    // A second try sends the same file and the same moment, so it is the same intent.
    const signature =
      picture && kept?.picture === picture
        ? kept.file
        : picture
          ? await keepFile(picture, 'signature').catch(() => null)
          : undefined;
    if (signature === null) return toast('problem', p('failed'));
    if (picture && signature) setKept({ picture, file: signature });
    const accepted = await send({ repairOrderId, receiver, at, keyBack, ...(signature && { signature }) });
    if (accepted) onDone(accepted);
  };
  return (
    <FormFrame name="HandOver" label={label} busy={busy} refusal={refusal} onSubmit={() => void submit()}>
      <p className="text-ink-soft text-sm">{t('lead')}</p>
      <SignaturePad label={f('signature')} onChange={setPicture} />
      <Checkbox label={f('keyBack')} checked={keyBack} onChange={(event) => setKeyBack(event.target.checked)} />
    </FormFrame>
  );
};
