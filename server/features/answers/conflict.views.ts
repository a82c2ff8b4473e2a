import type { Localized } from '../../domain/questionnaire/questionnaire.ts';

/** A save that was based on an older revision: what the respondent typed, and what is stored now. */
export type Conflict = {
  yours: ConflictSide;
  current: ConflictSide & { revision: number; updatedAt: string; updatedBy: string };
};
export type ConflictSide = {
  text: Localized;
  /** Condition and plan, a line each. */
  addOns?: readonly Localized[];
  naReason?: string;
  comment?: string;
  withheld?: string;
};

export function conflictView({ yours, current }: Conflict) {
  return { yours: sideView(yours), current: { ...sideView(current), at: current.updatedAt, by: current.updatedBy } };
}

function sideView({ text, addOns = [], naReason = '', comment = '', withheld = '' }: ConflictSide) {
  return { text, addOns, naReason, comment, withheld };
}
