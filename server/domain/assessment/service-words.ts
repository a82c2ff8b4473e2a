/** How a service is delivered, how critical it is, and how risky by nature, in words. */
import type { Localized } from '../questionnaire/questionnaire.ts';
import type { Criticality, RiskTier } from './inherent-risk.ts';

export const deliveryModels = ['saas', 'paas', 'iaas', 'asp', 'maintenance'] as const;
export type DeliveryModel = (typeof deliveryModels)[number];
export const criticalities = ['high', 'medium', 'low'] as const;

export const deliveryWords: Record<DeliveryModel, Localized> = {
  saas: { ja: 'SaaS（アプリケーションの提供）', en: 'SaaS (application)' },
  paas: { ja: 'PaaS（実行環境の提供）', en: 'PaaS (platform)' },
  iaas: { ja: 'IaaS（サーバー等の提供）', en: 'IaaS (infrastructure)' },
  asp: { ja: 'ASP（個別契約のアプリケーション提供）', en: 'ASP (application under an individual contract)' },
  maintenance: { ja: '保守・運用の受託', en: 'Maintenance or operation' },
};

/** `tolerance`: how long an outage the customer can bear. */
export const criticalityWords: Record<Criticality, { label: Localized; tolerance: Localized }> = {
  high: {
    label: { ja: '高', en: 'High' },
    tolerance: { ja: '停止が許されるのは1日未満', en: 'less than a day of outage can be tolerated' },
  },
  medium: {
    label: { ja: '中', en: 'Medium' },
    tolerance: { ja: '数日の停止までは業務を続けられる', en: 'work can go on through an outage of some days' },
  },
  low: {
    label: { ja: '低', en: 'Low' },
    tolerance: { ja: '1週間以上の停止でも代わりの手段がある', en: 'there is a substitute even for a week or more' },
  },
};

export const tierWords: Record<RiskTier, Localized> = {
  high: { ja: '固有リスク 高', en: 'High inherent risk' },
  medium: { ja: '固有リスク 中', en: 'Medium inherent risk' },
  low: { ja: '固有リスク 低', en: 'Low inherent risk' },
};
