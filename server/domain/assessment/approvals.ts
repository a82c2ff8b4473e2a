/** 回答者 → 確認者 → 承認者: how far the chain has come, for the answers as they are now. */

/** Step 0: the respondent asked; 1: 確認; 2: 承認. `fingerprint` is that of the answers and files that were looked at. */
export type ApprovalRecord = {
  readonly step: number;
  readonly linkId: string;
  readonly decision: 'approved' | 'sentBack';
  readonly remark: string;
  readonly fingerprint: string;
  readonly at: Date;
};

export type Standing = {
  /** `none`: no approval is wanted; `open`: to be asked for; `waiting`: for step `waitsFor`; `complete`: may be submitted. */
  readonly phase: 'none' | 'open' | 'waiting' | 'complete';
  readonly waitsFor: number | null;
  /** Who asked; null before, and again once the answers changed or were sent back. */
  readonly asked: ApprovalRecord | null;
  /** What holds, by step from 1. */
  readonly given: ReadonlyMap<number, ApprovalRecord>;
  /** Why the respondent has to look again, until it asks anew. */
  readonly sentBack: ApprovalRecord | null;
  /** Something was asked for or given, and an answer or a file changed since. */
  readonly isVoid: boolean;
};

type Chain = {
  /** 0 to 2. */
  steps: number;
  /** Of this round, oldest first. */
  records: readonly ApprovalRecord[];
  /** Fingerprint of the answers and files as they are now. */
  present: string;
  /** Whether the person who approved may still do so: an approval ends with the access of whoever gave it. */
  counts: (record: ApprovalRecord) => boolean;
};

export function approvalStanding({ steps, records, present, counts }: Chain): Standing {
  const { asked, given, sentBack } = replayed(records, counts);
  const isVoid = asked !== null && asked.fingerprint !== present;
  const valid = isVoid || asked === null ? new Map<number, ApprovalRecord>() : given;
  const missing = [1, 2].find((step) => step <= steps && valid.get(step)?.fingerprint !== present) ?? null;
  const waits = asked !== null && !isVoid;
  const phase = steps === 0 ? 'none' : !waits ? 'open' : missing === null ? 'complete' : 'waiting';
  return {
    phase,
    waitsFor: phase === 'waiting' ? missing : null,
    asked: waits ? asked : null,
    given: valid,
    sentBack,
    isVoid: isVoid && steps > 0,
  };
}

/** Asking begins anew; sending back ends what was asked. */
function replayed(records: readonly ApprovalRecord[], counts: (record: ApprovalRecord) => boolean) {
  let asked: ApprovalRecord | null = null;
  let sentBack: ApprovalRecord | null = null;
  let given = new Map<number, ApprovalRecord>();
  for (const record of records) {
    if (record.step === 0) [asked, sentBack, given] = [record, null, new Map()];
    else if (record.decision === 'sentBack') [asked, sentBack, given] = [null, record, new Map()];
    else if (counts(record)) given.set(record.step, record);
  }
  return { asked, sentBack, given };
}
