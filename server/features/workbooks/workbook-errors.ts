import { AppError, type Message } from '../../errors.ts';

function refused(code: string, message: Message): AppError {
  return new AppError(422, `workbook_${code}`, message);
}

/** The file has none of our hidden sheets. */
export function foreignWorkbook(): AppError {
  return refused('foreign', {
    ja: 'この画面からダウンロードした回答用のExcelではないか、非表示のシート（_meta）が削除されています。この画面からダウンロードし直し、そのファイルに回答を写して保存してください。',
    en: 'This is not a workbook downloaded from this page, or its hidden sheet (_meta) is gone. Download it again, copy your answers into it and select that file.',
  });
}

/** What the hidden sheet says is not what we wrote. */
export function tamperedWorkbook(): AppError {
  return refused('tampered', {
    ja: '非表示のシート（_meta）の内容が書き換えられているため、読み込めません。この画面からダウンロードし直し、そのファイルに回答を写して保存してください。',
    en: 'The hidden sheet (_meta) has been changed, so the file is not read. Download the workbook again, copy your answers into it and select that file.',
  });
}

/** `reference` is that of the request the workbook was made for. */
export function otherRequest(reference: string): AppError {
  return refused('other_request', {
    ja: `別の回答依頼（${reference}）のExcelです。${reference} の依頼メールのリンクから開いた画面で読み込むか、この依頼のExcelをダウンロードしてください。`,
    en: `This workbook belongs to another request (${reference}). Upload it where you open ${reference}, or download the workbook of this request.`,
  });
}

export function otherVersion(): AppError {
  return refused('other_version', {
    ja: '質問票の内容がダウンロードの後に変わったため、このExcelは読み込めません。この画面からダウンロードし直し、そのファイルに回答を写して保存してください。',
    en: 'The questionnaire has changed since this workbook was downloaded. Download it again, copy your answers into it and select that file.',
  });
}

export function noFile(): AppError {
  return refused('no_file', {
    ja: '読み込むExcelファイルを選んでください。',
    en: 'Choose the Excel file to read.',
  });
}

/** 404: an import that is gone, or another person's. */
export function importGone(): AppError {
  return new AppError(404, 'workbook_expired', {
    ja: '読み込んだ内容の保存期間（24時間）が過ぎたか、新しいファイルが読み込まれています。もう一度Excelを読み込んでください。',
    en: 'What was read is kept for 24 hours and until a newer file is read. Please upload the workbook again.',
  });
}
