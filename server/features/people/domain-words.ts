import type { Localized } from '../../domain/questionnaire/questionnaire.ts';
import type { Message } from '../../errors.ts';

/** Says which domains are allowed, and whom to ask for another. */
export function notAllowedHere(
  domains: readonly string[],
  customer: Localized,
  sender: { name: string; email: string },
): Message {
  const list = domains.join('、');
  const ask = {
    ja: `ほかのドメインの方を招待するには、依頼元（${customer.ja}　${sender.name}、${sender.email}）に、ドメインの追加をご依頼ください。`,
    en: `To invite somebody of another domain, ask ${sender.name} of ${customer.en} (${sender.email}) to add it.`,
  };
  if (domains.length === 0) {
    return {
      ja: `この依頼では、招待できるメールアドレスのドメインがまだ設定されていません（フリーメールのドメインは、依頼元が許可した場合にだけ使えます）。${ask.ja}`,
      en: `No domain of e-mail addresses has been allowed for this request yet (those of free mail services only when the requester allows them). ${ask.en}`,
    };
  }
  return {
    ja: `招待できるのは、次のドメインのメールアドレスだけです：${list}（サブドメインを含みます）。${ask.ja}`,
    en: `Only addresses of these domains and their subdomains can be invited: ${domains.join(', ')}. ${ask.en}`,
  };
}
