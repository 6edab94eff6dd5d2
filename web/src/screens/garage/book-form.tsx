'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { dayOf } from '../../kit/format.ts';
import { newId } from '../../kit/ids.ts';
import { useViewer } from '../../kit/runtime.tsx';
import { fromLocalMoment } from '../../kit/schema-fields.ts';
import { type Accepted, useCommand } from '../../kit/use-command.ts';
import { Field, Input, Select, Textarea } from '../../ui/field.tsx';
import { toast } from '../../ui/toast.tsx';
import { FormFrame } from '../workshop/order/form-frame.tsx';
import { useCars, useWorkshops } from './use-garage.ts';

/** Asks a workshop for an appointment, in plain words. */
export const BookForm = ({ onDone }: { onDone: (accepted: Accepted) => void }) => {
  const t = useTranslations('booking');
  const c = useTranslations('common');
  const f = useTranslations('fields');
  const viewer = useViewer();
  const cars = useCars();
  const workshops = useWorkshops().filter((each) => each.status === 'open');
  const { send, busy, refusal } = useCommand('RequestReservation');
  const [reservationId] = useState(newId);
  const [car, setCar] = useState<string>();
  const [workshop, setWorkshop] = useState<string>();
  const [service, setService] = useState('');
  const [day, setDay] = useState(() => dayOf(Date.now() + 86_400_000));
  const [half, setHalf] = useState('am');
  const [complaint, setComplaint] = useState('');
  const vehicleId = car ?? cars.data?.[0]?.id ?? '';
  const workshopId = workshop ?? workshops[0]?.id ?? '';
  const items = workshops.find((each) => each.id === workshopId)?.menus.at(-1)?.items ?? [];
  const [from, to] = half === 'am' ? ['09:00', '12:00'] : ['13:00', '18:00'];
  const submit = async (): Promise<void> => {
    const accepted = await send({
      reservationId,
      workshopId,
      vehicleId,
      requester: viewer.orgId ? { kind: 'fleet', id: viewer.orgId } : { kind: 'owner', id: viewer.userId },
      wanted: [{ from: fromLocalMoment(`${day}T${from}`), to: fromLocalMoment(`${day}T${to}`) }],
      services: [{ code: service }],
      complaint,
      pickupWanted: false,
      returnWanted: false,
    });
    if (!accepted) return;
    toast('done', t('asked'));
    onDone(accepted);
  };
  return (
    <FormFrame
      name="RequestReservation"
      label={t('ask')}
      busy={busy}
      refusal={refusal}
      disabled={!vehicleId || !workshopId || !service}
      onSubmit={() => void submit()}
    >
      <Field label={f('vehicle')}>
        {(ids) => (
          <Select {...ids} value={vehicleId} onChange={(event) => setCar(event.target.value)}>
            {cars.data?.map((each) => (
              <option key={each.id} value={each.id}>
                {each.plate} · {each.model}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={f('workshopId')}>
        {(ids) => (
          <Select {...ids} value={workshopId} onChange={(event) => setWorkshop(event.target.value)}>
            {workshops.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('what')}>
        {(ids) => (
          <Select {...ids} value={service} onChange={(event) => setService(event.target.value)}>
            <option value="">{c('choose')}</option>
            {items.map((item) => (
              <option key={item.serviceCode} value={item.serviceCode}>
                {item.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('when')}>
          {(ids) => <Input {...ids} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}
        </Field>
        <Field label={t('half')}>
          {(ids) => (
            <Select {...ids} value={half} onChange={(event) => setHalf(event.target.value)}>
              <option value="am">{t('am')}</option>
              <option value="pm">{t('pm')}</option>
            </Select>
          )}
        </Field>
      </div>
      <Field label={t('symptom')}>
        {(ids) => (
          <Textarea
            {...ids}
            placeholder={t('symptomHint')}
            value={complaint}
            onChange={(event) => setComplaint(event.target.value)}
          />
        )}
      </Field>
    </FormFrame>
  );
};
