/** The words for every code a report contains, so that page, PDF, Excel and JSON say the same. */
import type { ScanCode } from '../assessment/evidence-file.ts';
import type {
  CertificateStatus,
  EvidenceState,
  FindingStatus,
  Judgement,
  Localized,
  Severity,
} from '../questionnaire/questionnaire.ts';
import type { Mode } from '../scoring/evaluation.ts';
import type { Correction, DutyAnswer, PartyRole } from './input.ts';

/** A code for machines, its name for people, and a mark that tells it apart without colour. */
export type Term<Code extends string = string> = {
  readonly code: Code;
  readonly label: Localized;
  readonly mark: string;
};

type Words<Code extends string> = Readonly<Record<Code, readonly [mark: string, ja: string, en: string]>>;

const JUDGEMENTS: Words<Judgement> = {
  conform: ['○', '適合', 'Conforming'],
  conditional: ['△', '条件付適合', 'Conditionally conforming'],
  nonconform: ['×', '不適合', 'Non-conforming'],
  pending: ['？', '判定保留', 'Judgement withheld'],
};
const FINDING_STATUSES: Words<FindingStatus | 'observed' | 'clear' | 'notRecorded'> = {
  fail: ['×', '不適合', 'Fail'],
  unknown: ['？', '情報不足', 'Insufficient information'],
  partial: ['△', '一部不備', 'Partial'],
  unverified: ['▽', '証跡未確認', 'Evidence not verified'],
  managed: ['◎', '委託として管理', 'Managed as entrustment'],
  pass: ['○', '適合', 'Pass'],
  not_applicable: ['－', '対象外', 'Not applicable'],
  observed: ['△', '該当（観察）', 'Observed'],
  clear: ['○', '該当なし', 'Not observed'],
  notRecorded: ['－', '未記入', 'Not recorded'],
};
const SEVERITIES: Words<Severity> = {
  major: ['■', '重大', 'Major'],
  minor: ['▲', '軽微', 'Minor'],
  observation: ['○', '観察', 'Observation'],
  toConfirm: ['？', '要確認', 'To confirm'],
};
export type Urgency = 'immediate' | 'high' | 'medium' | 'low';
const URGENCIES: Words<Urgency> = {
  immediate: ['◆', '緊急', 'Immediate'],
  high: ['▲', '高', 'High'],
  medium: ['○', '中', 'Medium'],
  low: ['－', '低', 'Low'],
};
export type EvidenceCode = EvidenceState | 'missing' | 'noAnswer';
const EVIDENCE: Words<EvidenceCode> = {
  verified: ['●', '確認済', 'Verified'],
  attached: ['▲', '提出・未確認', 'Submitted, not verified'],
  rejected: ['×', '不採用', 'Rejected'],
  missing: ['□', '未提出（必須）', 'Missing (required)'],
  none: ['○', '自己申告', 'Self-declared'],
  noAnswer: ['－', '回答なし', 'No answer'],
};
const SCANS: Words<ScanCode> = {
  clean: ['○', 'ウイルス検査済', 'Scanned, no virus'],
  notScanned: ['－', 'ウイルス検査なし', 'Not scanned'],
  waiting: ['△', 'ウイルス検査中', 'Being scanned'],
  failed: ['△', 'ウイルス検査未完了', 'Scan not completed'],
  infected: ['×', 'ウイルス検出・削除', 'Virus found, deleted'],
};
const CERTIFICATE_STATUSES: Words<CertificateStatus> = {
  valid: ['○', '有効', 'Valid'],
  expiring: ['△', '期限間近', 'Expiring soon'],
  scope_mismatch: ['△', '登録範囲外', 'Service out of scope'],
  unverified: ['▽', '未確認', 'Not verified'],
  without_base: ['△', '基礎となる認証なし', 'Base certificate lacking'],
  expired: ['×', '期限切れ', 'Expired'],
  superseded: ['×', '旧版で失効', 'Superseded edition'],
  pending: ['－', '審査中・未発効', 'Pending'],
  rejected: ['×', '不採用', 'Rejected'],
};
const MODES: Words<Mode> = {
  final: ['●', '確定評価', 'Final evaluation'],
  provisional: ['○', '暫定評価', 'Provisional evaluation'],
};
const LEGAL: Words<string> = {
  ENTRUSTMENT: ['◎', '委託に該当（見込み）', 'Entrustment (likely)'],
  EXCEPTION_LIKELY: ['○', 'クラウド例外に該当（見込み）', 'Cloud exception (likely)'],
  INSUFFICIENT: ['？', '情報不足', 'Insufficient information'],
  OUT_OF_SCOPE_USE: ['×', '目的外利用のおそれ', 'Use beyond the entrustment (suspected)'],
  NO_PERSONAL_DATA: ['－', '個人データなし', 'No personal data'],
};
const CONFIDENCES: Words<'high' | 'medium'> = { high: ['●', '高', 'High'], medium: ['△', '中', 'Medium'] };
const DUTY_ANSWERS: Words<DutyAnswer | 'notRecorded'> = {
  yes: ['○', '実施', 'Yes'],
  no: ['×', '未実施', 'No'],
  notYet: ['△', '未了', 'Not yet'],
  notRecorded: ['－', '未記入', 'Not recorded'],
};
const CORRECTION_STATES: Words<NonNullable<Correction['state']>> = {
  open: ['□', '未着手', 'Not started'],
  inProgress: ['△', '対応中', 'In progress'],
  done: ['○', '完了', 'Done'],
  verified: ['●', '検証済', 'Verified'],
};
export type SettledCode = 'holds' | 'notHeld' | 'unsettled';
const SETTLED: Words<SettledCode> = {
  holds: ['○', '条件を満たすと判定', 'Condition found to hold'],
  notHeld: ['×', '条件を満たさないと判定', 'Condition found not to hold'],
  unsettled: ['？', '条件は未判定', 'Condition not settled'],
};
const ROLES: Words<PartyRole> = {
  firstEntrustor: ['', '最初の委託元', 'First entrustor'],
  customer: ['', '委託元', 'Customer (entrustor)'],
  vendor: ['', '委託先', 'Vendor (entrustee)'],
  subEntrustee: ['', '再委託先', 'Sub-entrustee'],
};

export const judgementTerm = termIn(JUDGEMENTS);
export const findingTerm = termIn(FINDING_STATUSES);
export const severityTerm = termIn(SEVERITIES);
export const urgencyTerm = termIn(URGENCIES);
export const evidenceTerm = termIn(EVIDENCE);
export const scanTerm = termIn(SCANS);
export const certificateTerm = termIn(CERTIFICATE_STATUSES);
export const modeTerm = termIn(MODES);
export const legalTerm = termIn(LEGAL);
export const confidenceTerm = termIn(CONFIDENCES);
export const dutyTerm = termIn(DUTY_ANSWERS);
export const correctionTerm = termIn(CORRECTION_STATES);
export const settledTerm = termIn(SETTLED);
export const roleTerm = termIn(ROLES);

/** A code a later questionnaire brings along stands for itself. */
function termIn<Code extends string>(words: Words<Code>): (code: Code) => Term<Code> {
  return (code) => {
    const [mark, ja, en] = words[code] ?? ['', code, code];
    return { code, label: { ja, en }, mark };
  };
}
