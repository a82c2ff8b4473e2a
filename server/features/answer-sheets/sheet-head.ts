import type { Scope } from '../../domain/assessment/scope.ts';
import type { CompiledQuestionnaire } from '../../domain/questionnaire/compile.ts';
import type { SheetHead } from '../../domain/sheets/sheets.ts';
import type { Parties } from '../assessments/parties.ts';

/** Whose part of which request. `scope` null: all of it. */
export type SheetSource = { compiled: CompiledQuestionnaire; parties: Parties; scope: Scope; name: string };

/** Who asks whom about what, as every sheet begins. */
export function headOf({ compiled, parties, scope, name }: SheetSource): SheetHead {
  const { reference, customer, vendor, service } = parties;
  const { title, version } = compiled.questionnaire;
  return {
    ...{ reference, title, version, customer, vendor },
    service: [service.name, service.version].filter(Boolean).join(' '),
    part: scope === null ? '' : name,
  };
}
