/** The audit trail in people's words: on the assessment's page and in the history of the report. */
import type { Localized } from '../questionnaire/questionnaire.ts';
import { withDetails } from './detailed-event-words.ts';

/** Done dozens of times in a row: told once a person and day, because ninety lines would hide the rest. */
export const oftenRepeated: readonly string[] = [
  'answer.saved',
  'answer.adopted',
  'prefill.dismissed',
  'prefill.restored',
];

type Details = Readonly<Record<string, unknown>>;

/**
 * What happened, without who, when and to what (`subject` is printed beside it). An action nobody gave words to is shown by
 * its name: a record is never left out because its words are missing.
 */
export function eventWords(action: string, _subject: string, details: Details): Localized {
  if (Object.hasOwn(plain, action)) return plain[action] as Localized;
  const words = Object.hasOwn(withDetails, action) ? withDetails[action]?.(details) : undefined;
  return words ?? { ja: `その他の操作（${action}）`, en: `Other action (${action})` };
}

const plain: Readonly<Record<string, Localized>> = {
  'assessment.created': { ja: '評価依頼の下書きを作成', en: 'Draft created' },
  'assessment.edited': { ja: '下書きを変更', en: 'Draft changed' },
  'assessment.deleted': { ja: '下書きを削除', en: 'Draft deleted' },
  'assessment.opened': { ja: '回答を開始', en: 'Answering began' },
  'assessment.reminded': { ja: '回答依頼の再案内を送信', en: 'Reminder sent' },
  'assessment.overdueTold': { ja: '期限超過を依頼の担当者に通知', en: 'Requester told that the date has passed' },
  'invitation.resent': { ja: '案内メールを再送', en: 'Invitation sent again' },
  'contact.changed': { ja: '回答担当者を変更し、新しいリンクを発行', en: 'Contact changed and a new link issued' },
  'link.shown': { ja: '回答用リンクを画面に表示', en: 'Answer link displayed' },
  'link.revoked': { ja: '回答用リンクを無効化', en: 'Answer link revoked' },
  'link.opened': { ja: '回答用リンクからアクセス', en: 'Signed in with the answer link' },
  'link.codeExhausted': {
    ja: '確認コードの入力を5回誤り、コードを無効化',
    en: 'Five wrong codes; the code was closed',
  },
  'link.resent': { ja: '委託先の求めにより回答用リンクを再送', en: 'Answer link sent again at the vendor’s request' },
  'settings.changed': { ja: '委託先向けの設定を変更', en: 'Settings for the vendor changed' },
  'duties.saved': { ja: '委託元の対応状況を記録', en: "Customer's own duties recorded" },
  'prefill.dismissed': { ja: '過去の回答を使わないと判断', en: 'Earlier answer put aside' },
  'prefill.restored': { ja: '使わないとした過去の回答を再表示', en: 'Earlier answer offered again' },
  'master.downloaded': { ja: '回答マスタをダウンロード', en: 'Answer master downloaded' },
  'master.uploaded': { ja: '回答マスタを読み込み', en: 'Answer master uploaded' },
  'answerSheet.downloaded': { ja: '回答の控え・下書きをダウンロード', en: 'Copy or draft of the answers downloaded' },
  'workbook.downloaded': { ja: '回答用Excelをダウンロード', en: 'Workbook downloaded' },
  'workbook.uploaded': { ja: '回答用Excelを読み込み', en: 'Workbook uploaded' },
  'workbook.applied': { ja: 'Excelの回答を反映', en: 'Answers taken over from a workbook' },
  'answer.saved': { ja: '回答を保存', en: 'Answer saved' },
  'evidence.attached': { ja: '証跡を添付', en: 'Evidence attached' },
  'evidence.uploaded': { ja: '証跡を添付', en: 'Evidence attached' },
  'evidence.removed': { ja: '証跡を取り下げ', en: 'Evidence withdrawn' },
  'evidence.moved': { ja: '証跡を、繰り上がった記録に付け替え', en: 'Evidence moved along with its record' },
  'evidence.replaced': { ja: '証跡を差し替え', en: 'Evidence replaced' },
  'evidence.reused': { ja: '添付済みの証跡を、この設問にも使用', en: 'Evidence used here too' },
  'evidence.dated': { ja: '証跡の日付・有効期限を記録', en: 'Dates of evidence recorded' },
  'evidence.scanned': { ja: '証跡のウイルス検査を完了（検出なし）', en: 'Evidence scanned for viruses: none found' },
  'evidence.infected': {
    ja: '証跡からウイルスを検出し、ファイルを削除',
    en: 'Virus found in evidence; the file was deleted',
  },
  'evidence.scanFailed': {
    ja: '証跡のウイルス検査を完了できず、開けない状態を継続',
    en: 'Evidence could not be scanned; it stays closed',
  },
  'evidence.scanRepeated': { ja: '証跡のウイルス検査をやり直し', en: 'Virus scan of evidence repeated' },
  'evidence.verified': { ja: '証跡を確認済みと判定', en: 'Evidence verified' },
  'evidence.rejected': { ja: '証跡を不採用と判定', en: 'Evidence rejected' },
  'evidence.reopened': { ja: '証跡の判定を取消し', en: 'Evidence mark withdrawn' },
  'evidence.read': { ja: '証跡を閲覧', en: 'Evidence opened' },
  'evidence.downloaded': { ja: '証跡を取得', en: 'Evidence downloaded' },
  'na.rejected': { ja: '「該当なし」を不採用と判定', en: '“Not applicable” refused' },
  'na.accepted': { ja: '「該当なし」の不採用を取消し', en: '“Not applicable” accepted again' },
  'return.marked': { ja: '差し戻す設問に登録', en: 'Question marked for return' },
  'return.unmarked': { ja: '差し戻す設問から除外', en: 'Question no longer marked for return' },
  'review.reopened': {
    ja: '再提出で回答または証跡が変わり、判定を取消し',
    en: 'Mark withdrawn: answer or evidence changed on resubmission',
  },
  'answer.restored': {
    ja: '差戻しの取下げにより、提出時の回答に復元',
    en: 'Answer put back as submitted: return withdrawn',
  },
  'evidence.restored': {
    ja: '差戻しの取下げにより、提出時の証跡に復元',
    en: 'Evidence put back as submitted: return withdrawn',
  },
  'condition.held': { ja: '条件付き回答の条件を「満たす」と判定', en: 'Condition of an answer found to hold' },
  'condition.notHeld': {
    ja: '条件付き回答の条件を「満たさない」と判定',
    en: 'Condition of an answer found not to hold',
  },
  'condition.reopened': { ja: '条件付き回答の判定を取消し', en: 'Mark on the condition of an answer withdrawn' },
  'review.remarked': { ja: '監査人コメントを記録', en: "Auditor's remark recorded" },
  'assessment.declined': { ja: '委託先が回答を辞退', en: 'The vendor declined to answer' },
  'assessment.resumed': { ja: '辞退された依頼の回答再開を依頼', en: 'The vendor was asked to go on' },
  'message.sent': { ja: '質問・連絡を送信', en: 'Message sent' },
  'message.settled': { ja: '質問・連絡を対応済みに変更', en: 'Thread settled' },
  'question.flagged': { ja: 'わかりにくい設問として連絡', en: 'Question called unclear' },
  'request.redirected': { ja: '別の担当窓口を案内', en: 'Another contact named' },
  'report.issued': { ja: '報告書を発行', en: 'Report issued' },
  'report.rendered': { ja: '報告書のPDFを作成', en: 'Report PDF produced' },
  'report.failed': { ja: '報告書のPDFの作成に失敗', en: 'Report PDF could not be produced' },
  'report.requeued': { ja: '報告書のPDFの再作成を開始', en: 'Report PDF to be produced again' },
  'report.damaged': { ja: '保存された報告書PDFの不一致を検知', en: 'Stored report PDF found not to match' },
  'report.downloaded': { ja: '報告書を取得', en: 'Report downloaded' },
};
