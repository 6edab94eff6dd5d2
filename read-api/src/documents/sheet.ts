import { showable } from './fonts.ts';

export const edge = 48;
const pad = 5;
export const size = { title: 20, text: 9, small: 7.5 } as const;
export const ink = { text: '#17202a', soft: '#51606e', line: '#aab4be', frame: '#3b4a58', shade: '#eef2f5' } as const;

/** Widths are shares of the line. */
export type Column = {
  readonly title: string;
  readonly width: number;
  readonly align?: 'right' | 'center';
  readonly shade?: boolean;
};
type Pairs = readonly (readonly [label: string, value: string])[];
/** A4 pages to write on from above to below. */
export type Sheet = {
  title(text: string, beside: string): void;
  heading(text: string): void;
  /** Labels and values, `across` pairs a line. */
  facts(pairs: Pairs, across?: number): void;
  /** The head of the table is repeated on each page it reaches. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void;
  /** Sums below a table, the last of them the one that counts; they stay on one page. */
  sums(pairs: Pairs): void;
  gap(): void;
  note(text: string): void;
  /** Lines for the names and seals of those who sign. */
  signatures(labels: readonly string[]): void;
};
/** What writes on the pages of a document, beginning where it stands. */
export const sheetOn = (document: PDFKit.PDFDocument): Sheet => {
  const width = document.page.width - 2 * edge;
  const bottom = document.page.height - edge;
  const font = (name: 'regular' | 'bold', points: number, color: string = ink.text) =>
    document.font(name).fontSize(points).fillColor(color);
  /** The font's own table of glyphs; pdfkit keeps it to itself. */
  const has = (codePoint: number): boolean =>
    (
      document as unknown as { _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } } }
    )._font.font.hasGlyphForCodePoint(codePoint);
  const shown = (text: string): string => showable(text, has) || ' ';
  const rule = (y: number, color: string = ink.line, thickness = 0.5, from = 0) =>
    document
      .moveTo(edge + from * width, y)
      .lineTo(edge + width, y)
      .lineWidth(thickness)
      .strokeColor(color)
      .stroke();
  const at = (y: number): void => {
    document.x = edge;
    document.y = y;
  };
  const room = (height: number): boolean => {
    if (document.y + height <= bottom) return false;
    document.addPage();
    at(edge);
    return true;
  };
  const inner = (column: Column) => column.width * width - 2 * pad;
  const heightOf = (texts: readonly string[], columns: readonly Column[]): number =>
    Math.max(...columns.map((column, n) => document.heightOfString(shown(texts[n] ?? ''), { width: inner(column) }))) +
    2 * pad;
  /** One line of cells, as high as its highest. */
  const cells = (texts: readonly string[], columns: readonly Column[], ruledFrom = 0): void => {
    const height = heightOf(texts, columns);
    const top = document.y;
    let x = edge;
    for (const [n, column] of columns.entries()) {
      const across = column.width * width;
      if (column.shade)
        document
          .rect(x, top + 0.5, across, height - 0.75)
          .fill(ink.shade)
          .fillColor(ink.text);
      document.text(shown(texts[n] ?? ''), x + pad, top + pad, {
        width: inner(column),
        align: column.align ?? 'left',
      });
      x += across;
    }
    at(top + height);
    rule(document.y, ink.line, 0.5, ruledFrom);
  };

  return {
    title: (text, beside) => {
      font('bold', size.title).text(shown(text), edge, document.y, { width, align: 'center', characterSpacing: 1 });
      font('regular', size.text, ink.soft).text(shown(beside), edge, document.y + 4, { width, align: 'center' });
      at(document.y + 6);
    },
    heading: (text) => {
      room(70);
      at(document.y + 12);
      font('bold', size.text + 1).text(shown(text), edge, document.y, { width });
      at(document.y + 4);
      rule(document.y, ink.frame, 1);
    },
    facts: (pairs, across = 2) => {
      const label: Column = { title: '', width: Math.min(0.16, 0.32 / across), shade: true };
      const value: Column = { title: '', width: 1 / across - label.width };
      font('regular', size.text);
      for (let n = 0; n < pairs.length; n += across) {
        const line = Array.from({ length: across }, (_, i) => pairs[n + i] ?? (['', ''] as const)).flat();
        const columns = Array.from({ length: across }, () => [label, value]).flat();
        room(heightOf(line, columns));
        cells(line, columns);
      }
    },
    table: (columns, rows) => {
      const head = () => {
        font('bold', size.text);
        cells(
          columns.map(({ title }) => title),
          columns.map((column) => ({ ...column, shade: true })),
        );
        font('regular', size.text);
      };
      head();
      for (const row of rows) {
        if (room(heightOf(row, columns))) {
          rule(document.y, ink.frame, 1);
          head();
        }
        cells(row, columns);
      }
    },
    sums: (pairs) => {
      const columns: readonly Column[] = [
        { title: '', width: 0.6 },
        { title: '', width: 0.18, shade: true },
        { title: '', width: 0.22, align: 'right' },
      ];
      room(24 * pairs.length);
      for (const [n, [label, value]] of pairs.entries()) {
        const isLast = n === pairs.length - 1;
        font(isLast ? 'bold' : 'regular', isLast ? size.text + 1.5 : size.text);
        cells(['', label, value], columns, 0.6);
      }
      rule(document.y, ink.frame, 1, 0.6);
    },
    gap: () => at(document.y + 12),
    note: (text) => {
      font('regular', size.small, ink.soft);
      room(document.heightOfString(shown(text), { width }) + 6);
      document.text(shown(text), edge, document.y + 6, { width });
    },
    signatures: (labels) => {
      room(56);
      const top = document.y + 34;
      const across = width / labels.length;
      font('regular', size.text);
      for (const [n, label] of labels.entries()) {
        const x = edge + n * across;
        document.text(shown(label), x, top, { width: across - 16, lineBreak: false });
        const end = x + across - 16;
        const line = document
          .moveTo(x + 90, top + 11)
          .lineTo(end, top + 11)
          .lineWidth(0.5);
        line.strokeColor(ink.frame).stroke();
      }
      at(top + 18);
    },
  };
};
