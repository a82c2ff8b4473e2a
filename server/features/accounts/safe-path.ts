/** Where to go after signing in: a path of this site, never another one (`//evil`, `/\evil`, `https:`), else the list of assessments. */
export function safePath(to: string): string {
  return /^\/(?![/\\])[\w\-./~%?=&#:]*$/.test(to) && !to.startsWith('/sign-') ? to : '/assessments';
}
