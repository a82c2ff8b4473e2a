import { AppError, type Message } from '../../../errors.ts';

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
} satisfies Record<string, Message>;
export type Refusal = keyof typeof refusals;

/** 422, one code a reason. */
export function refused(reason: Refusal): AppError {
  return new AppError(422, reason, refusals[reason]);
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
