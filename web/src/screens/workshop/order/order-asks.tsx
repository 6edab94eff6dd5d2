'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useRouter } from '../../../i18n/navigation.ts';
import type { Ask } from '../../../kit/actions.tsx';
import { useViewer } from '../../../kit/runtime.tsx';
import { useStaffOptions, useWorkshop } from '../workshop.ts';
import { CancelForm } from './cancel-form.tsx';
import { CompleteForm } from './complete-form.tsx';
import { DiagnosisForm } from './diagnosis-form.tsx';
import { HandOverForm } from './hand-over-form.tsx';
import { InspectionForm } from './inspection-form.tsx';
import { isWork } from './model.ts';
import { PhoneApprovalForm } from './phone-approval-form.tsx';
import type { Order } from './queries.ts';
import { SendAgain } from './send-again.tsx';
import { StartWorkForm } from './start-work-form.tsx';

const cancelReasons = ['customerDeclined', 'customerRequest', 'partsUnavailable', 'notRepairable', 'other'] as const;

/** How the workshop asks for what each command of an order needs. */
export const useOrderAsks = (order: Order | null | undefined): Readonly<Record<string, Ask>> => {
  const e = useTranslations('enums');
  const router = useRouter();
  const viewer = useViewer();
  const { workshop } = useWorkshop();
  const staff = useStaffOptions(workshop);
  return useMemo((): Readonly<Record<string, Ask>> => {
    if (!order) return {};
    const repairOrderId = order.id;
    const given = { repairOrderId };
    const labelOf = (name: string): string => order.allowedCommands.find((each) => each.name === name)?.label ?? name;
    const pending = order.lines.filter((line) => order.pendingLineIds.includes(line.lineId));
    const options = { technicianId: staff.technicians, bayId: staff.bays, inspectorId: staff.inspectors };
    const cancelling = { reasonCode: cancelReasons.map((value) => ({ value, label: e(value) })) };
    const latest = order.estimates.at(-1);
    const drafted = latest?.state === 'draft' ? latest : undefined;
    return {
      AssignTechnician: {
        given,
        options,
        start: {
          technicianId: order.technicianId ?? '',
          bayId: order.bayId ?? '',
          plannedHours: order.plannedHours ?? 1,
        },
      },
      RecordDiagnosis: {
        wide: true,
        form: (done) => (
          <DiagnosisForm label={labelOf('RecordDiagnosis')} repairOrderId={repairOrderId} onDone={done} />
        ),
      },
      ReportAdditionalWork: {
        wide: true,
        form: (done) => (
          <DiagnosisForm
            command="ReportAdditionalWork"
            label={labelOf('ReportAdditionalWork')}
            repairOrderId={repairOrderId}
            onDone={done}
          />
        ),
      },
      DraftEstimate: { go: () => router.push(`/workshop/orders/${repairOrderId}/estimate`) },
      ...(drafted && { SendEstimate: { given: { ...given, version: drafted.version }, start: { channel: 'app' } } }),
      ...(pending.length > 0 && {
        ApproveLines: {
          form: (done) => (
            <PhoneApprovalForm
              label={labelOf('ApproveLines')}
              repairOrderId={repairOrderId}
              version={latestSent(order)}
              lines={pending}
              approver={order.payer}
              again={<SendAgain order={order} />}
              onDone={done}
            />
          ),
        },
      }),
      StartWork: {
        form: (done) => (
          <StartWorkForm
            label={labelOf('StartWork')}
            repairOrderId={repairOrderId}
            lines={order.lines.filter((line) => line.state === 'approved' && isWork(line))}
            technicians={staff.technicians}
            bays={staff.bays}
            technicianId={order.technicianId}
            bayId={order.bayId}
            onDone={done}
          />
        ),
      },
      PauseWork: { given },
      ResumeWork: { given, direct: true },
      FinishWork: { given, direct: true },
      PassInspection: {
        wide: true,
        form: (done) => (
          <InspectionForm
            label={labelOf('PassInspection')}
            repairOrderId={repairOrderId}
            inspectors={staff.inspectors}
            inspectorId={viewer.userId}
            onDone={done}
          />
        ),
      },
      FailInspection: {
        given: { ...given, lineIds: order.lines.filter((line) => line.state === 'done').map((line) => line.lineId) },
      },
      CompleteOrder: {
        form: (done) => (
          <CompleteForm label={labelOf('CompleteOrder')} order={order} mechanics={staff.technicians} onDone={done} />
        ),
      },
      HandOver: {
        form: (done) => (
          <HandOverForm
            label={labelOf('HandOver')}
            repairOrderId={repairOrderId}
            receiver={order.customer}
            onDone={done}
          />
        ),
      },
      AddNote: { given: { ...given, photos: [] } },
      CancelOrder: isBegun(order)
        ? { form: (done) => <CancelForm repairOrderId={repairOrderId} options={cancelling} onDone={done} /> }
        : { given, options: cancelling },
    };
  }, [order, router, staff, viewer.userId, e]);
};

const isBegun = ({ status }: Order): boolean => status === 'inProgress' || status === 'onHold';
const latestSent = (order: Order): number =>
  order.estimates.filter((estimate) => estimate.sentAt !== null).at(-1)?.version ?? 1;
