import { AppError, conflict, type Message } from '../../../errors.ts';

/** What is accepted, in the order people are told. */
const accepted = {
  ja: 'PDF、PNG、JPEG、Word（docx）、Excel（xlsx）、PowerPoint（pptx）、CSV、テキスト（txt）',
  en: 'PDF, PNG, JPEG, Word (docx), Excel (xlsx), PowerPoint (pptx), CSV and text (txt)',
};

const refusals = {
  empty_file: {
    ja: 'ファイルの中身が空です。保存し直したファイルを選んでください。',
    en: 'The file is empty. Save it again and choose it once more.',
  },
  unsupported_file: {
    ja: `この形式のファイルは受け付けていません。${accepted.ja}のいずれかに変換してください。`,
    en: `Files of this kind are not accepted. Convert it to one of ${accepted.en}.`,
  },
  lying_file: {
    ja: 'ファイルの中身が拡張子と一致しません。元のアプリケーションで正しい形式に保存し直してください。',
    en: 'The content of the file does not match its extension. Save it again from its application in the right format.',
  },
  macro_file: {
    ja: 'マクロを含むファイルは受け付けていません。マクロなしの形式（docx、xlsx、pptx）かPDFで保存し直してください。',
    en: 'Files with macros are not accepted. Save it without macros (docx, xlsx, pptx) or as PDF.',
  },
  protected_file: {
    ja: 'パスワードで保護されたファイルは審査で開けないため、受け付けていません。保護を外したファイルを選んでください。',
    en: 'The file is protected by a password, so a reviewer could not open it. Remove the protection and choose it again.',
  },
  unsafe_archive: {
    ja: 'ファイルの内部構造が安全な範囲を超えています（展開後の容量、部品の数、部品の名前のいずれか）。元のアプリケーションで保存し直すか、PDFにしてください。',
    en: 'The inside of the file goes beyond what is safe (unpacked size, number or names of its parts). Save it again from its application or as PDF.',
  },
  external_parts: {
    ja: '開いたときに外部のファイルやひな形を読み込む設定が含まれています。リンクを解除して（ファイル＞情報＞ファイルへのリンクの編集）保存し直すか、PDFにしてください。',
    en: 'Opening the file would load parts or a template from outside. Break those links (File > Info > Edit Links to Files) and save it again, or save it as PDF.',
  },
  foreign_markup: {
    ja: 'ファイルの内部に、Officeが使わない定義（DTD）が含まれています。元のアプリケーションで保存し直すか、PDFにしてください。',
    en: 'The inside of the file holds definitions (a DTD) that Office never writes. Save it again from its application or as PDF.',
  },
} satisfies Record<string, Message>;
export type Refusal = keyof typeof refusals;

/** 422, one code a reason. */
export function refused(reason: Refusal): AppError {
  return new AppError(422, reason, refusals[reason]);
}

export function uploadTooLarge(bytes: number): AppError {
  const limit = Math.floor(bytes / 1024 ** 2);
  return new AppError(413, 'file_too_large', {
    ja: `ファイルが大きすぎます。1回に送れるのは${limit} MBまでです。小さくするか、分割して添付してください。`,
    en: `This is too large: at most ${limit} MB can be sent at a time. Make the file smaller, or attach it in parts.`,
  });
}

export function quotaReached(files: number, bytes: number): AppError {
  const total = Math.floor(bytes / 1024 ** 2);
  return new AppError(413, 'evidence_quota', {
    ja: `この評価依頼に添付できる証跡は、合計${files}件、${total} MBまでです。不要な証跡を取り除くか、ファイルをまとめてから添付してください。`,
    en: `At most ${files} files and ${total} MB of evidence can be attached to one request. Remove files you no longer need, or combine them.`,
  });
}

export function tooManyReplaced(bytes: number): AppError {
  const total = Math.floor(bytes / 1024 ** 2).toLocaleString('en');
  return new AppError(413, 'evidence_quota', {
    ja: `差し替えや取り除きを含め、この評価依頼で受け付けられる証跡は合計${total} MBまでです。さらに必要な場合は、依頼元にご連絡ください。`,
    en: `At most ${total} MB of evidence, replaced and removed files included, are taken for one request. If you need more, contact the requester.`,
  });
}

export function unknownSubject(): AppError {
  return new AppError(422, 'unknown_subject', {
    ja: 'この設問には証跡を添付できません。画面を読み込み直し、設問（認証の場合は保存済みの記録）を選び直してください。',
    en: 'Evidence cannot be attached here. Reload the page and choose the question again (for certificates, a saved record).',
  });
}

export function tooManyAtOnce(files: number): AppError {
  return new AppError(413, 'too_many_files', {
    ja: `一度に添付できるのは${files}件までです。残りのファイルは、もう一度選んで添付してください。`,
    en: `At most ${files} files can be attached at a time. Choose the rest once more and attach them.`,
  });
}

/** The button "replace" without a file to put there. */
export function noReplacement(name: string): Message {
  return {
    ja: `「${name}」の代わりにするファイルが選ばれていません。「ファイルを選ぶ」で選んでから、もう一度「差し替える」を押してください。`,
    en: `No file was chosen to replace "${name}". Choose it under "Choose files", then press "Replace" again.`,
  };
}

export function notSubmittedYet(): AppError {
  return conflict('not_submitted', {
    ja: 'この証跡はまだ提出されていません。委託先が回答を提出した後に開けるようになります。',
    en: 'This evidence has not been submitted yet. It can be opened once the vendor has submitted its answers.',
  });
}

export function inQuarantine(): AppError {
  return conflict('in_quarantine', {
    ja: 'このファイルはウイルス検査が終わっていないため、まだ開けません。しばらくしてから、もう一度お試しください。',
    en: 'This file has not passed the virus scan yet, so it cannot be opened. Try again in a while.',
  });
}

export function infectedFile(): AppError {
  return new AppError(410, 'infected_file', {
    ja: 'このファイルからはウイルスが検出されたため、削除されています。別のファイルの提出を求めてください。',
    en: 'A virus was found in this file, so it was deleted. Another file has to be submitted instead.',
  });
}

export function nothingPosted(): AppError {
  return new AppError(400, 'no_file', {
    ja: 'ファイルが選ばれていません。添付するファイルを選んでください。',
    en: 'No file was chosen. Choose the file to attach.',
  });
}
