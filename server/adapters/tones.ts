/** Which look (templates/assets/components.css, `tag--…`) a state, judgement or severity has. Data, so that templates decide nothing. */

export type Tone = 'neutral' | 'info' | 'progress' | 'action' | 'good' | 'warning' | 'bad' | 'unknown' | 'off';

const tones: Readonly<Record<string, Tone>> = {
  'state.draft': 'neutral',
  'state.sent': 'info',
  'state.inProgress': 'progress',
  'state.submitted': 'action',
  'state.finalised': 'good',
  'state.expired': 'bad',
  'state.returned': 'warning',
  'state.declined': 'off',
  'state.revoked': 'off',
  'judgement.conform': 'good',
  'judgement.conditional': 'warning',
  'judgement.nonconform': 'bad',
  'judgement.pending': 'unknown',
  'severity.major': 'bad',
  'severity.minor': 'warning',
  'severity.observation': 'info',
  'severity.toConfirm': 'unknown',
  'evidence.none': 'off',
  'evidence.attached': 'progress',
  'evidence.verified': 'good',
  'evidence.rejected': 'bad',
  'scan.waiting': 'progress',
  'scan.failed': 'warning',
  'scan.clean': 'good',
  'scan.infected': 'bad',
  'scan.notScanned': 'neutral',
  'finding.fail': 'bad',
  'finding.partial': 'warning',
  'finding.unverified': 'progress',
  'finding.unknown': 'unknown',
  'finding.managed': 'info',
  'finding.pass': 'good',
  'finding.not_applicable': 'off',
  'criticality.high': 'warning',
  'criticality.medium': 'info',
  'criticality.low': 'neutral',
  'progress.notStarted': 'neutral',
  'progress.inProgress': 'progress',
  'progress.done': 'good',
};

/** Throws for a value that nobody gave a look, so that a new state cannot appear without one. */
export function toneOf(group: string, value: string): Tone {
  const tone = tones[`${group}.${value}`];
  if (!tone) throw new Error(`tones: there is no look for ${group} "${value}"`);
  return tone;
}
