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

/** What the standing of a record comes from, as a sentence with its kind and date. */
export function certificateReason(
  kind: CertificateKind,
  status: CertificateStatus,
  expires: string | null,
  kinds: ReadonlyMap<string, CertificateKind>,
): Localized {
  const { ja, en } = kind.label;
  const until = expires === null ? null : inWords(expires);
  switch (status) {
    case 'valid':
      return until === null
        ? { ja: `${ja}は有効である。`, en: `${en} is valid.` }
        : { ja: `${ja}は${until.ja}まで有効である。`, en: `${en} is valid until ${until.en}.` };
    case 'expiring':
      return {
        ja: `${ja}はまもなく有効期限（${until?.ja ?? ''}）を迎える。`,
        en: `${en} expires soon, on ${until?.en ?? ''}.`,
      };
    case 'expired':
      return { ja: `${ja}の有効期限（${until?.ja ?? ''}）が切れている。`, en: `${en} expired on ${until?.en ?? ''}.` };
    case 'superseded':
      return {
        ja: `${ja}は旧版の規格によるもので、移行期限を過ぎている。`,
        en: `${en} is of an edition whose transition period has ended.`,
      };
    case 'scope_mismatch':
      return {
        ja: `${ja}の登録範囲に本サービスが含まれていない。`,
        en: `The scope of ${en} does not include this service.`,
      };
    case 'unverified':
      return {
        ja: `${ja}の証跡または有効期限を確認できない。`,
        en: `The evidence or the expiry of ${en} could not be confirmed.`,
      };
    case 'pending':
      return { ja: `${ja}は評価基準日の時点で未取得である。`, en: `${en} was not yet held on the evaluation date.` };
    case 'rejected':
      return {
        ja: `${ja}の証跡が回答と矛盾すると確認された。`,
        en: `The evidence of ${en} was found to contradict the answer.`,
      };
    case 'without_base': {
      const base = kinds.get(kind.extends ?? '')?.label ?? kind.label;
      return {
        ja: `${ja}の前提となる${base.ja}が有効でない。`,
        en: `${en} rests on ${base.en}, which is not in force.`,
      };
    }
  }
}

/** 2026年6月30日 / 30 June 2026 */
function inWords(date: string): Localized {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  return { ja: `${year}年${month}月${day}日`, en: `${day} ${MONTHS[month - 1]} ${year}` };
}
