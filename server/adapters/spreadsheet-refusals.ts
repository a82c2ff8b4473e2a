import { AppError, type Message } from '../errors.ts';
import type { Refusal } from './spreadsheet-archive.ts';

/** 422 (413 for size): why the workbook is not read, and what to do instead. */
export function refusedWorkbook(reason: Refusal): AppError {
  return new AppError(reason === 'tooLarge' ? 413 : 422, `workbook_${reason}`, words[reason]);
}

const words: Record<Refusal, Message> = {
  tooLarge: {
    ja: 'ファイルが10 MBを超えているため、読み込めません。貼り付けた画像などを取り除いて保存し直してください。資料は証跡として画面から添付できます。',
    en: 'The file is larger than 10 MB. Remove pasted pictures and the like and save it again; documents can be attached as evidence on the web pages.',
  },
  notAWorkbook: {
    ja: 'Excelブック（.xlsx）として読み取れません。「名前を付けて保存」で「Excelブック（*.xlsx）」を選んで保存し、そのファイルを選んでください。CSVやPDFは読み込めません。',
    en: 'This is not an Excel workbook (.xlsx). Use “Save as”, choose “Excel Workbook (*.xlsx)” and select that file. CSV and PDF cannot be read.',
  },
  oldFormat: {
    ja: '古い形式のExcelファイル（.xlsなど）です。「名前を付けて保存」で「Excelブック（*.xlsx）」を選んで保存し、そのファイルを選んでください。',
    en: 'This is a file of an older Excel format (.xls). Use “Save as”, choose “Excel Workbook (*.xlsx)” and select that file.',
  },
  openDocument: {
    ja: 'OpenDocument形式（.ods）のファイルです。「名前を付けて保存」で「Excel 2007-365（.xlsx）」を選んで保存し、そのファイルを選んでください。',
    en: 'This is an OpenDocument file (.ods). Use “Save as”, choose “Excel 2007–365 (.xlsx)” and select that file.',
  },
  protected: {
    ja: 'パスワードまたは秘密度ラベル（IRM）で暗号化されているため、読み込めません。Excelで開き、「ファイル」→「情報」→「ブックの保護」でパスワードや制限を解除して保存し直してください。解除できない場合は、画面から直接回答してください。',
    en: 'The file is encrypted by a password or a sensitivity label (IRM). Open it in Excel, lift the password or restriction under File, Info, Protect Workbook, and save it again. If you may not lift it, please answer on the web pages.',
  },
  macros: {
    ja: 'マクロが含まれているため、読み込めません。「名前を付けて保存」で「Excelブック（*.xlsx）」（マクロなし）を選んで保存し、そのファイルを選んでください。',
    en: 'The file contains macros. Use “Save as”, choose “Excel Workbook (*.xlsx)”, which has none, and select that file.',
  },
  links: {
    ja: '他のファイルや外部データへのリンクが含まれているため、読み込めません。Excelの「データ」→「リンクの編集」でリンクを解除して保存し直してください。',
    en: 'The file contains links to other files or outside data. Break them in Excel under Data, Edit Links, and save it again.',
  },
  bomb: {
    ja: 'ファイルの内部の大きさまたは構造が通常と異なるため、安全のため読み込みません。ダウンロードしたExcelファイルに回答を写して保存し、そのファイルを選んでください。',
    en: 'The inside of the file is far larger than its size, or is built in an unusual way, so for safety it is not read. Copy your answers into a freshly downloaded workbook and select that one.',
  },
  slow: {
    ja: '読み取りに時間がかかりすぎるため、中止しました。書式や結合したセル、余分なシートが多すぎる可能性があります。新しくダウンロードしたExcelファイルに値だけを貼り付けて保存し、そのファイルを選んでください。',
    en: 'Reading the file took too long and was stopped; it may hold too much formatting, too many merged cells or sheets. Paste only the values into a freshly downloaded workbook, save it and select that one.',
  },
  unreadable: {
    ja: 'ファイルが壊れているか、途中で切れているため、読み取れません。Excelで開けることを確かめ、保存し直してから選んでください。',
    en: 'The file is damaged or incomplete. Check that Excel opens it, save it again, and select it.',
  },
};
