'use client';
import { Ellipsis } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button, type ButtonProps } from '../ui/button.tsx';
import { Dialog, Menu, MenuContent, MenuItem, MenuTrigger, Tooltip } from '../ui/overlay.tsx';
import { toast } from '../ui/toast.tsx';
import { BlockedItems, type RecordName } from './blocked.tsx';
import { CommandForm, type FormPlan, RefusalText } from './command-form.tsx';
import type { Accepted } from './use-command.ts';
import { useCommand } from './use-command.ts';

/** What the server says this viewer may do now. */
export type Allowed = { readonly name: string; readonly label: string };

/** How a room asks for what a command needs. `direct` sends at once; `form` replaces the generated one. */
export type Ask = FormPlan & {
  readonly direct?: boolean;
  readonly wide?: boolean;
  readonly lead?: string;
  readonly form?: (done: (accepted?: Accepted) => void) => ReactNode;
  /** Goes to a page instead. */
  readonly go?: () => void;
};

type ActionsProps = {
  readonly allowed: readonly Allowed[];
  /** Commands in order of likelihood; the first allowed one is the primary button. */
  readonly order: readonly string[];
  readonly asks: Readonly<Record<string, Ask>>;
  /** With it the menu also tells what is not possible now, and when it would be. */
  readonly aggregate?: RecordName;
  readonly size?: ButtonProps['size'];
  readonly thumb?: boolean;
  /** For actions of rows: the page has its own one next action. */
  readonly plain?: boolean;
};

/** One next action; the others in a menu. Destructive and long ones ask first. */
export const Actions = ({ allowed, order, asks, aggregate, size, thumb = false, plain = false }: ActionsProps) => {
  const t = useTranslations('common');
  const [open, setOpen] = useState<Allowed>();
  const known = allowed.filter(({ name }) => asks[name]);
  const ranked = [...known].sort((a, b) => rank(order, a.name) - rank(order, b.name));
  const primary = ranked.find(({ name }) => order.includes(name));
  const others = ranked.filter((each) => each !== primary);
  const ask = open ? asks[open.name] : undefined;
  const start = (each: Allowed): void => {
    const plan = asks[each.name];
    if (plan?.go) plan.go();
    else setOpen(each);
  };

  return (
    <div className="flex items-center gap-2" data-slot="actions">
      {primary ? (
        asks[primary.name]?.direct ? (
          <DirectButton
            key={primary.name}
            action={primary}
            given={asks[primary.name]?.given ?? {}}
            size={thumb ? 'thumb' : size}
            plain={plain}
          />
        ) : (
          <Button
            tone={plain ? 'plain' : 'primary'}
            size={thumb ? 'thumb' : size}
            data-primary={plain ? undefined : true}
            data-action={primary.name}
            onClick={() => start(primary)}
          >
            {primary.label}
          </Button>
        )
      ) : null}
      {others.length > 0 || (aggregate && known.length > 0) ? (
        <Menu>
          <MenuTrigger asChild>
            <Button
              size={size === 'sm' ? 'iconSm' : 'icon'}
              aria-label={t('actions')}
              className={thumb ? 'size-14' : undefined}
            >
              <Ellipsis aria-hidden />
            </Button>
          </MenuTrigger>
          <MenuContent className="scroll-thin max-h-[70vh] overflow-y-auto">
            {others.map((each) => (
              <MenuItem key={each.name} data-action={each.name} onSelect={() => start(each)}>
                {each.label}
              </MenuItem>
            ))}
            {aggregate ? <BlockedItems aggregate={aggregate} allowed={allowed} /> : null}
          </MenuContent>
        </Menu>
      ) : null}
      {open && ask ? (
        <Dialog
          open
          onOpenChange={(next) => !next && setOpen(undefined)}
          title={open.label}
          lead={ask.lead}
          closeLabel={t('close')}
          className={ask.wide ? 'desk:w-[46rem]' : undefined}
        >
          {ask.form ? (
            ask.form((accepted) => {
              setOpen(undefined);
              if (accepted) toast('done', t('did', { label: open.label }));
            })
          ) : (
            <CommandForm command={open.name} {...ask} onDone={() => setOpen(undefined)} />
          )}
        </Dialog>
      ) : null}
    </div>
  );
};

const rank = (order: readonly string[], name: string): number => {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
};

/** Sends a command that asks nothing; its refusal hangs on the button. */
const DirectButton = ({
  action,
  given,
  size,
  plain,
}: {
  action: Allowed;
  given: Readonly<Record<string, unknown>>;
  size: ButtonProps['size'];
  plain: boolean;
}) => {
  const { send, busy, refusal, clear } = useCommand(action.name);
  const button = (
    <Button
      tone={plain ? 'plain' : 'primary'}
      size={size}
      busy={busy}
      data-primary={plain ? undefined : true}
      data-action={action.name}
      onClick={() => void send(given)}
      onBlur={clear}
    >
      {action.label}
    </Button>
  );
  if (!refusal) return button;
  return (
    <div className="relative">
      <Tooltip text={refusal.message}>{button}</Tooltip>
      <div className="absolute top-full right-0 z-20 mt-1.5 w-72 rounded-md border border-line bg-raised shadow-float">
        <RefusalText refusal={refusal} />
      </div>
    </div>
  );
};
