/** A workbook as a person has it open: cells by sheet heading, question and column. */
import { Workbook, type Worksheet } from '@cj-tech-master/excelts';

export type OpenWorkbook = {
  file: Workbook;
  /** Cell of a question (`AUTH-01`), an option (`AUTH-02:common`) or a record (`CRT-01#1`) under the heading. */
  cell(id: string, heading?: string): ReturnType<Worksheet['getCell']>;
  sheetOf(id: string): Worksheet;
  save(): Promise<Uint8Array<ArrayBuffer>>;
};

export async function openWorkbook(bytes: Uint8Array): Promise<OpenWorkbook> {
  const file = new Workbook();
  await file.xlsx.load(bytes);
  const find = (id: string) => {
    for (const sheet of file.worksheets) {
      const head = sheet.getRow(3);
      const columns = new Map<string, number>();
      head.eachCell((cell, column) => columns.set(cell.text, column));
      const ids = columns.get('_id');
      if (!ids) continue;
      for (let row = 4; row <= sheet.rowCount; row += 1) {
        if (sheet.getCell(row, ids).text === id) return { sheet, row, columns };
      }
    }
    throw new Error(`workbook: no row ${id}`);
  };
  return {
    file,
    sheetOf: (id) => find(id).sheet,
    cell: (id, heading = '回答') => {
      const { sheet, row, columns } = find(id);
      const column = columns.get(heading);
      if (!column) throw new Error(`workbook: no column ${heading}`);
      return sheet.getCell(row, column);
    },
    save: async () => new Uint8Array(await file.xlsx.writeBuffer()) as Uint8Array<ArrayBuffer>,
  };
}
