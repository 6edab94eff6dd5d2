'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ask } from '../../../kit/client.ts';
import { dayOf } from '../../../kit/format.ts';
import { graphql } from '../../../kit/graphql.ts';
import { newId } from '../../../kit/ids.ts';
import { fromLocalMoment } from '../../../kit/schema-fields.ts';
import { type Accepted, useCommand } from '../../../kit/use-command.ts';
import { Checkbox, Field, Input, Select, Textarea } from '../../../ui/field.tsx';
import { toast } from '../../../ui/toast.tsx';
import { FormFrame } from '../order/form-frame.tsx';
import { inForce, useWorkshop } from '../workshop.ts';

const Vehicles = graphql(`
  query VehiclesToBook($text: String) {
    vehicles(filter: { text: $text }, first: 100) { edges { node { id plate model owner { kind id } } } }
  }
`);

/** An appointment taken at the desk or by phone, for a car the workshop may see. */
export const RequestForm = ({ onDone }: { onDone: (accepted: Accepted) => void }) => {
  const t = useTranslations('reservation');
  const f = useTranslations('fields');
  const c = useTranslations('common');
  const locale = useLocale();
  const { workshop } = useWorkshop();
  const { send, busy, refusal } = useCommand('RequestReservation');
  const vehicles = useQuery({
    queryKey: ['vehiclesToBook'],
    queryFn: async () => (await ask(Vehicles, { text: null }, locale)).vehicles.edges.map(({ node }) => node),
  });
  const [reservationId] = useState(newId);
  const [vehicleId, setVehicleId] = useState('');
  const [service, setService] = useState('');
  const [day, setDay] = useState(() => dayOf(Date.now() + 86_400_000));
  const [from, setFrom] = useState('09:00');
  const [to, setTo] = useState('12:00');
  const [complaint, setComplaint] = useState('');
  const [pickup, setPickup] = useState(false);
  const items = workshop ? (inForce(workshop.menus)?.items ?? []) : [];
  const vehicle = vehicles.data?.find((each) => each.id === vehicleId);

  const submit = async (): Promise<void> => {
    if (!workshop || !vehicle) return;
    const accepted = await send({
      reservationId,
      workshopId: workshop.id,
      vehicleId,
      requester: { kind: vehicle.owner.kind === 'org' ? 'fleet' : 'owner', id: vehicle.owner.id },
      wanted: [{ from: fromLocalMoment(`${day}T${from}`), to: fromLocalMoment(`${day}T${to}`) }],
      services: [{ code: service }],
      complaint,
      pickupWanted: pickup,
      returnWanted: pickup,
    });
    if (!accepted) return;
    toast('done', t('requestedDone'));
    onDone(accepted);
  };
  return (
    <FormFrame
      name="RequestReservation"
      label={t('request')}
      busy={busy}
      refusal={refusal}
      disabled={!vehicle || !service}
      onSubmit={() => void submit()}
    >
      <Field label={f('vehicle')} hint={vehicles.data?.length === 0 ? t('noVehicles') : undefined}>
        {(ids) => (
          <Select {...ids} value={vehicleId} onChange={(event) => setVehicleId(event.target.value)}>
            <option value="">{c('choose')}</option>
            {vehicles.data?.map((each) => (
              <option key={each.id} value={each.id}>
                {each.plate} · {each.model}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={f('services')}>
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
      <div className="grid grid-cols-3 gap-3">
        <Field label={f('day')}>
          {(ids) => <Input {...ids} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}
        </Field>
        <Field label={f('from')}>
          {(ids) => <Input {...ids} type="time" value={from} onChange={(event) => setFrom(event.target.value)} />}
        </Field>
        <Field label={f('to')}>
          {(ids) => <Input {...ids} type="time" value={to} onChange={(event) => setTo(event.target.value)} />}
        </Field>
      </div>
      <Field label={f('complaint')}>
        {(ids) => <Textarea {...ids} value={complaint} onChange={(event) => setComplaint(event.target.value)} />}
      </Field>
      <Checkbox label={f('pickupWanted')} checked={pickup} onChange={(event) => setPickup(event.target.checked)} />
    </FormFrame>
  );
};
