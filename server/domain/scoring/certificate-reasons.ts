import type { CertificateKind, CertificateStatus, Localized } from '../questionnaire/questionnaire.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Names in both languages: the kind, the kind it rests on, and its last day of validity. */
type Names = { readonly kind: Localized; readonly base: Localized; readonly until: Localized };

const SENTENCES: Record<CertificateStatus, (names: Names) => Localized> = {
  valid: ({ kind }) => ({ ja: `${kind.ja}は有効である。`, en: `${kind.en} is valid.` }),
  expiring: ({ kind, until }) => ({
    ja: `${kind.ja}はまもなく有効期限（${until.ja}）を迎える。`,
    en: `${kind.en} expires soon, on ${until.en}.`,
  }),
  expired: ({ kind, until }) => ({
    ja: `${kind.ja}の有効期限（${until.ja}）が切れている。`,
    en: `${kind.en} expired on ${until.en}.`,
  }),
  superseded: ({ kind }) => ({
    ja: `${kind.ja}は旧版の規格によるもので、移行期限を過ぎている。`,
    en: `${kind.en} is of an edition whose transition period has ended.`,
  }),
  scope_mismatch: ({ kind }) => ({
    ja: `${kind.ja}の登録範囲に本サービスが含まれていない。`,
    en: `The scope of ${kind.en} does not include this service.`,
  }),
  unverified: ({ kind }) => ({
    ja: `${kind.ja}の証跡または有効期限を確認できない。`,
    en: `The evidence or the expiry of ${kind.en} could not be confirmed.`,
  }),
  without_base: ({ kind, base }) => ({
    ja: `${kind.ja}の前提となる${base.ja}が有効でない。`,
    en: `${kind.en} rests on ${base.en}, which is not in force.`,
  }),
  pending: ({ kind }) => ({
    ja: `${kind.ja}は評価基準日の時点で未取得である。`,
    en: `${kind.en} was not yet held on the evaluation date.`,
  }),
  rejected: ({ kind }) => ({
    ja: `${kind.ja}の証跡が回答と矛盾すると確認された。`,
    en: `The evidence of ${kind.en} was found to contradict the answer.`,
  }),
};

/** What the standing of a record comes from, as a sentence with its kind and date. `expires` is known for expired and expiring. */
export function certificateReason(
  kind: CertificateKind,
  status: CertificateStatus,
  expires: string | null,
  kinds: ReadonlyMap<string, CertificateKind>,
): Localized {
  const base = kinds.get(kind.extends ?? '') ?? kind;
  const until = expires === null ? { ja: '', en: '' } : inWords(expires);
  return SENTENCES[status]({ kind: kind.label, base: base.label, until });
}

/** 2026年6月30日 / 30 June 2026 */
function inWords(date: string): Localized {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  return { ja: `${year}年${month}月${day}日`, en: `${day} ${MONTHS[month - 1]} ${year}` };
}
