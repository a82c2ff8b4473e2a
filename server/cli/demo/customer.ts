import { randomUUID } from 'node:crypto';
import { addDays, tokyoDate } from '../../domain/assessment/calendar.ts';
import { createOrganisation } from '../../features/accounts/organisations.usecases.ts';
import { createAssessment, sendAssessment } from '../../features/assessments/assessments.usecases.ts';
import { createService } from '../../features/vendors/services.usecases.ts';
import { createVendor } from '../../features/vendors/vendors.usecases.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';

type Parties = {
  organisation: { name: string; nameEn: string };
  vendor: { name: string; nameEn: string };
  service: { name: string };
};

/** Creates the demo customer with a member, the vendor and its service, and sends the questionnaire. */
export async function sendAsCustomer(services: Services, parties: Parties) {
  const owner = {
    name: '監督 花子',
    title: '個人情報保護管理者',
    email: 'hanako.kantoku@minato.example',
    locale: 'ja' as const,
  };
  const ids = await createOrganisation(services, {
    organisation: { ...parties.organisation, isEntrustee: false },
    owner,
  });
  const principal: MemberPrincipal = { kind: 'member', sessionId: '', name: owner.name, role: 'owner', ...ids };
  const serviceId = await addVendor(services, principal, parties);
  const assessmentId = await sendQuestionnaire(services, principal, serviceId);
  return { principal, assessmentId };
}

async function addVendor(
  services: Services,
  principal: MemberPrincipal,
  { vendor, service }: Parties,
): Promise<string> {
  const vendorId = await createVendor(services, principal, randomUUID(), {
    ...vendor,
    corporateNumber: '',
    address: '',
    note: '2023年6月の事案について公表された事実と、令和6年3月25日の個人情報保護委員会の指摘から再現したデモです。公表されていない事項は未回答としています。',
  });
  return createService(services, principal, vendorId, randomUUID(), {
    name: service.name,
    version: '',
    deliveryModel: 'saas',
    entrustedWork: '社会保険・労働保険の手続、給与計算',
    dataItems: ['氏名', '生年月日', '性別', '住所', '基礎年金番号', '雇用保険被保険者番号', '個人番号（マイナンバー）'],
    dataSubjects: 1_850,
    criticality: 'high',
  });
}

async function sendQuestionnaire(services: Services, principal: MemberPrincipal, serviceId: string): Promise<string> {
  const id = await createAssessment(services, principal, randomUUID(), {
    serviceId,
    questionnaire: 'jp-cloud-ppc@1.0.0',
    contactName: '情報セキュリティご担当者',
    contactEmail: 'security@vendor.example',
    contactLocale: 'ja',
    purpose: '個人情報保護法25条に基づく委託先の監督のため、貴社サービスの安全管理措置を確認させてください。',
    dueOn: addDays(tokyoDate(services.clock.now()), 21),
    graceDays: 14,
  });
  await sendAssessment(services, principal, id);
  return id;
}
