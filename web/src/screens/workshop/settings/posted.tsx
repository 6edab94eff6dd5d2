'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Actions } from '../../../kit/actions.tsx';
import { dayOf } from '../../../kit/format.ts';
import { newId } from '../../../kit/ids.ts';
import { useMembers } from '../../../kit/names.ts';
import { Money } from '../../../ui/figures.tsx';
import { Card, CardHeader, Facts } from '../../../ui/layout.tsx';
import { Person } from '../../../ui/person.tsx';
import { ToneBadge } from '../../../ui/tone.tsx';
import { inForce, openBays, ratesOn, useTechnicians, type Workshop } from '../workshop.ts';
import { HoursForm } from './hours-form.tsx';
import { MenuForm } from './menu-form.tsx';

const Section = ({ title, action, children }: { title: string; action: ReactNode; children: ReactNode }) => (
  <Card>
    <CardHeader title={title} aside={action} />
    <div className="p-4">{children}</div>
  </Card>
);

/** What is in force now, section by section, with the commands allowed. */
export const Posted = ({ workshop }: { workshop: Workshop }) => {
  const t = useTranslations('settings');
  const f = useTranslations('fields');
  const e = useTranslations('enums');
  const category = useTranslations('rateCategory');
  const technicians = useTechnicians(workshop.id);
  const members = useMembers();
  const today = dayOf(Date.now());
  const given = { workshopId: workshop.id };
  const hours = inForce(workshop.hours);
  const menu = inForce(workshop.menus);
  const only = (...names: string[]) => workshop.allowedCommands.filter(({ name }) => names.includes(name));
  const labelOf = (name: string): string => workshop.allowedCommands.find((each) => each.name === name)?.label ?? '';
  const nextMenu = Math.max(0, ...workshop.menus.map((each) => each.menuVersion)) + 1;
  return (
    <div className="grid gap-4 desk:grid-cols-2 desk:items-start">
      <Section title={t('business')} action={null}>
        <Facts
          items={[
            [f('class'), e(workshop.class)],
            [f('repairRegNo'), workshop.repairRegNo],
            [f('address'), workshop.address],
            [f('phone'), workshop.phone],
          ]}
        />
      </Section>
      <Section
        title={t('hours')}
        action={
          <Actions
            plain
            size="sm"
            allowed={only('SetHours')}
            order={['SetHours']}
            asks={{
              SetHours: { form: (done) => <HoursForm label={labelOf('SetHours')} workshop={workshop} onDone={done} /> },
            }}
          />
        }
      >
        {hours ? (
          <Facts
            items={[1, 2, 3, 4, 5, 6, 0].map(
              (weekday) =>
                [
                  t(`weekdays.${weekday}`),
                  hours.weekly
                    .filter((span) => span.weekday === weekday)
                    .map((span) => `${span.opens}–${span.closes}`)
                    .join(', ') || t('closed'),
                ] as const,
            )}
          />
        ) : (
          <p className="text-ink-soft text-sm">{t('noHours')}</p>
        )}
        {hours && hours.holidays.length > 0 ? (
          <p className="mt-3 text-ink-soft text-sm">
            {t('holidays', {
              days:
                hours.holidays
                  .filter((day) => day >= today)
                  .slice(0, 6)
                  .join(', ') || '–',
            })}
          </p>
        ) : null}
      </Section>
      <Section
        title={t('bays')}
        action={
          <Actions
            plain
            size="sm"
            allowed={only('AddBay', 'RetireBay')}
            order={['AddBay']}
            asks={{
              AddBay: { given: { ...given, bayId: newId() } },
              RetireBay: {
                given,
                start: { on: today },
                options: { bayId: openBays(workshop).map((bay) => ({ value: bay.bayId, label: bay.name })) },
              },
            }}
          />
        }
      >
        <ul className="grid gap-1.5 text-sm">
          {workshop.bays.map((bay) => (
            <li key={bay.bayId} className="flex items-center gap-2">
              <span className="font-medium">{bay.name}</span>
              <ToneBadge tone="idle" icon={false}>
                {e(bay.kind)}
              </ToneBadge>
              {bay.retiredOn ? <span className="text-ink-soft">{t('retired', { day: bay.retiredOn })}</span> : null}
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title={t('rates')}
        action={
          <Actions
            plain
            size="sm"
            allowed={only('PostLaborRate')}
            order={['PostLaborRate']}
            asks={{
              PostLaborRate: {
                given,
                start: { category: workshop.rates[0]?.category ?? 'standard', effectiveFrom: today },
              },
            }}
          />
        }
      >
        <ul className="grid gap-1.5 text-sm">
          {ratesOn(workshop.rates).map((rate) => (
            <li key={rate.category} className="flex items-baseline gap-3">
              <span className="font-medium">
                {category.has(rate.category) ? category(rate.category) : rate.category}
              </span>
              <span className="text-ink-soft text-xs">{t('since', { day: rate.effectiveFrom })}</span>
              <Money krw={rate.ratePerHourKrw} className="ml-auto" strong />
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title={t('menu', { version: menu?.menuVersion ?? 0 })}
        action={
          <Actions
            plain
            size="sm"
            allowed={only('PublishServiceMenu')}
            order={['PublishServiceMenu']}
            asks={{
              PublishServiceMenu: {
                wide: true,
                form: (done) => (
                  <MenuForm
                    label={labelOf('PublishServiceMenu')}
                    workshopId={workshop.id}
                    version={nextMenu}
                    start={menu?.items ?? []}
                    onDone={done}
                  />
                ),
              },
            }}
          />
        }
      >
        <ul className="divide-y divide-line text-sm">
          {menu?.items.map((item) => (
            <li key={item.serviceCode} className="flex items-center gap-3 py-1.5">
              <span className="min-w-0 flex-1">{item.name}</span>
              {item.estimateExempt ? (
                <ToneBadge tone="idle" icon={false}>
                  {f('estimateExempt')}
                </ToneBadge>
              ) : null}
              <span className="text-ink-soft">{t('stdHours', { hours: item.standardHours })}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title={t('technicians')}
        action={
          <Actions
            plain
            size="sm"
            allowed={only('EnrolTechnician', 'ReleaseTechnician')}
            order={['EnrolTechnician']}
            asks={{
              EnrolTechnician: {
                given,
                options: {
                  userId: members
                    .filter((member) => member.status === 'active')
                    .map((member) => ({ value: member.userId, label: member.userName ?? '' })),
                },
                leave: ['skills'],
              },
              ReleaseTechnician: {
                given,
                options: { userId: technicians.map((each) => ({ value: each.userId, label: each.name ?? '' })) },
              },
            }}
          />
        }
      >
        <ul className="grid gap-2 text-sm">
          {technicians.map((each) => (
            <li key={each.id} className="flex items-center gap-2">
              <Person name={each.name ?? each.grade} role={each.grade} />
              {each.evCertified ? <ToneBadge tone="done">{f('evCertified')}</ToneBadge> : null}
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
};
