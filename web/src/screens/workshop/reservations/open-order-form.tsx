'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { FileRef } from '../../../kit/files.ts';
import { newId } from '../../../kit/ids.ts';
import { fromLocalMoment, localMoment } from '../../../kit/schema-fields.ts';
import { type Accepted, useCommand } from '../../../kit/use-command.ts';
import { Field, Input, Textarea } from '../../../ui/field.tsx';
import { PhotoInput } from '../../../ui/photos.tsx';
import { numberOf } from '../order/estimate-draft.ts';
import { FormFrame } from '../order/form-frame.tsx';
import type { Reservation } from './queries.ts';

const twoHoursMs = 2 * 3_600_000;

/** Takes the car in: its state on arrival, and the repair order that belongs to the appointment. */
export const OpenOrderForm = ({
  label,
  reservation,
  onDone,
}: {
  label: string;
  reservation: Reservation;
  onDone: (accepted: Accepted, repairOrderId: string) => void;
}) => {
  const f = useTranslations('fields');
  const open = useCommand('OpenRepairOrder');
  const [repairOrderId] = useState(newId);
  const [odometer, setOdometer] = useState(String(reservation.odometerKm ?? ''));
  const [fuel, setFuel] = useState('50');
  const [complaint, setComplaint] = useState(reservation.complaint);
  const [promised, setPromised] = useState(() =>
    localMoment(new Date(Date.parse(reservation.slot?.end ?? new Date().toISOString()) + twoHoursMs).toISOString()),
  );
  const [photos, setPhotos] = useState<readonly FileRef[]>([]);
  const customer = { kind: reservation.requester.kind === 'fleet' ? 'fleet' : 'owner', id: reservation.requester.id };
  const submit = async (): Promise<void> => {
    const accepted = await open.send({
      repairOrderId,
      workshopId: reservation.workshopId,
      vehicleId: reservation.vehicleId,
      customer,
      payer: customer,
      reservationId: reservation.id,
      odometerInKm: Math.round(numberOf(odometer)),
      fuelPct: Math.round(numberOf(fuel)),
      complaint,
      conditionPhotos: photos,
      ...(promised && { promisedAt: fromLocalMoment(promised) }),
    });
    if (accepted) onDone(accepted, repairOrderId);
  };
  return (
    <FormFrame
      name="OpenRepairOrder"
      label={label}
      busy={open.busy}
      refusal={open.refusal}
      onSubmit={() => void submit()}
    >
      <Field label={f('promisedAt')}>
        {(ids) => (
          <Input
            {...ids}
            type="datetime-local"
            value={promised}
            onChange={(event) => setPromised(event.target.value)}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field label={f('odometerInKm')}>
          {(ids) => (
            <Input
              {...ids}
              inputMode="numeric"
              value={odometer}
              onChange={(event) => setOdometer(event.target.value)}
            />
          )}
        </Field>
        <Field label={f('fuelPct')}>
          {(ids) => (
            <Input {...ids} inputMode="numeric" value={fuel} onChange={(event) => setFuel(event.target.value)} />
          )}
        </Field>
      </div>
      <Field label={f('complaint')}>
        {(ids) => <Textarea {...ids} value={complaint} onChange={(event) => setComplaint(event.target.value)} />}
      </Field>
      <div className="grid gap-1">
        <span className="font-medium text-sm">{f('conditionPhotos')}</span>
        <PhotoInput photos={photos} onChange={setPhotos} />
      </div>
    </FormFrame>
  );
};
