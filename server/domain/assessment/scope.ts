/** What one person at the vendor answers and reads: whole sections, single questions, or (null) everything. */
export type Scope = { readonly sections: readonly string[]; readonly questions: readonly string[] } | null;

export function isInScope(scope: Scope, { sectionId, questionId }: { sectionId: string; questionId: string }): boolean {
  return scope === null || scope.sections.includes(sectionId) || scope.questions.includes(questionId);
}
