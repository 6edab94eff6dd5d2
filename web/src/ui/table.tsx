'use client';
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFns,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useMemo, useRef } from 'react';
import { moveFocus, useKeys } from '../kit/keyboard.ts';
import { cn } from './cn.ts';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns });

export type Column<Row> = {
  readonly id: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** What sorting compares; without it the column cannot be sorted. */
  readonly sort?: (row: Row) => string | number;
  readonly align?: 'right';
  /** Left out on phones, where a row has two lines. */
  readonly desk?: boolean;
  readonly className?: string;
};

type Props<Row> = {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
  readonly label: string;
  readonly onOpen?: (row: Row) => void;
  readonly onAct?: (row: Row) => void;
  readonly chosen?: string | undefined;
  readonly changed?: ReadonlySet<string>;
};

/** A table that scrolls inside itself, sorts by its heads and moves by `j`/`k`; a row opens with enter or a click. */
export const DataTable = <Row extends object>({
  rows,
  columns,
  rowId,
  label,
  onOpen,
  onAct,
  chosen,
  changed,
}: Props<Row>) => {
  const body = useRef<HTMLTableSectionElement>(null);
  const defs = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return helper.columns(
      columns.map((column) =>
        helper.accessor((row: Row) => column.sort?.(row) ?? '', {
          id: column.id,
          header: column.head,
          enableSorting: Boolean(column.sort),
        }),
      ),
    );
  }, [columns]);
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({ features, columns: defs, data, getRowId: rowId });
  const byId = new Map(columns.map((column) => [column.id, column]));
  const focused = (): Row | undefined =>
    rows.find((row) => rowId(row) === (document.activeElement as HTMLElement | null)?.dataset.item);
  useKeys({
    j: () => moveFocus(body.current, 1),
    k: () => moveFocus(body.current, -1),
    e: () => {
      const row = focused();
      if (row) onAct?.(row);
    },
  });

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="scroll-thin overflow-x-auto rounded-md" aria-label={label} tabIndex={0}>
      <table className="w-full border-separate border-spacing-0 text-sm" data-slot="table">
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} className="h-9 text-left text-ink-soft text-xs">
              {group.headers.map((header, index) => {
                const column = byId.get(header.column.id);
                const sorted = header.column.getIsSorted();
                return (
                  <th
                    key={header.id}
                    scope="col"
                    aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
                    className={cn(
                      'whitespace-nowrap border-line border-b px-3 font-medium first:pl-4 last:pr-4',
                      index === 0 && 'sticky left-0 z-1 bg-surface',
                      column?.align === 'right' && 'text-right',
                      column?.desk && 'max-desk:hidden',
                    )}
                  >
                    {header.column.getCanSort() ? (
                      <button
                        type="button"
                        className="inline-flex items-center gap-1 rounded-sm hover:text-ink"
                        onClick={header.column.getToggleSortingHandler()}
                      >
                        {column?.head}
                        {sorted === 'asc' ? (
                          <ArrowUp className="size-3" aria-hidden />
                        ) : sorted === 'desc' ? (
                          <ArrowDown className="size-3" aria-hidden />
                        ) : null}
                      </button>
                    ) : (
                      column?.head
                    )}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody ref={body}>
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              data-item={row.id}
              tabIndex={onOpen ? 0 : undefined}
              aria-selected={chosen ? chosen === row.id : undefined}
              onClick={() => onOpen?.(row.original)}
              onKeyDown={(event) =>
                event.key === 'Enter' && event.target === event.currentTarget && onOpen?.(row.original)
              }
              className={cn(
                'group h-(--row)',
                onOpen && 'cursor-pointer -outline-offset-2 hover:bg-sunken',
                chosen === row.id && 'bg-accent-soft hover:bg-accent-soft',
                changed?.has(row.id) && 'animate-changed',
              )}
            >
              {columns.map((column, index) => (
                <td
                  key={column.id}
                  className={cn(
                    'border-line border-b px-3 py-1.5 group-last:border-b-0 first:pl-4 last:pr-4',
                    index === 0 && 'sticky left-0 z-1 bg-surface group-hover:bg-sunken',
                    index === 0 && chosen === row.id && 'bg-accent-soft group-hover:bg-accent-soft',
                    column.align === 'right' && 'text-right',
                    column.desk && 'max-desk:hidden',
                    column.className,
                  )}
                >
                  {column.cell(row.original)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
