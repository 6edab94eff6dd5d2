import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { fonts } from './fonts.ts';
import { edge, ink, type Sheet, sheetOn, size } from './sheet.ts';

export type Sheets = {
  readonly title: string;
  readonly language: 'ko-KR' | 'en';
  /** The document's own moment. */
  readonly at: string;
};

/**
 * A PDF of what `write` puts on the sheet. The same words give the same bytes, on every machine and in every process: its
 * date is the document's, not the clock's, its id follows from that and the title, and nothing is compressed, as
 * compressors differ from version to version.
 */
export const pdfOf = async ({ title, language, at }: Sheets, write: (sheet: Sheet) => void): Promise<Buffer> => {
  const moment = new Date(at);
  const document = new PDFDocument({
    ...{ size: 'A4', margin: edge, compress: false, autoFirstPage: false, bufferPages: true },
    ...{ lang: language, displayTitle: true, pdfVersion: '1.7' },
    info: { Title: title, Author: 'CarGoro', Producer: 'CarGoro', CreationDate: moment, ModDate: moment },
  });
  const { regular, bold } = fonts();
  document.registerFont('regular', regular).registerFont('bold', bold);
  document.addPage();
  const bytes = buffer(document as unknown as NodeJS.ReadableStream);
  write(sheetOn(document));
  number(document, title);
  document.end();
  return bytes;
};

const number = (document: PDFKit.PDFDocument, title: string): void => {
  const { count } = document.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    document.switchToPage(page);
    const { width, height, margins } = document.page;
    // Within the margin, where text would otherwise begin a new page.
    margins.bottom = 0;
    const place = { width: width - 2 * edge, lineBreak: false };
    document.font('regular').fontSize(size.small).fillColor(ink.soft);
    document.text(title, edge, height - edge + 14, { ...place, align: 'left' });
    document.text(`${page + 1} / ${count}`, edge, height - edge + 14, { ...place, align: 'right' });
  }
};
