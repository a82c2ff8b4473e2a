import { existsSync, renameSync, rmSync } from 'node:fs';

/** Renames a finished folder to its final name; when another process was faster, theirs stays. */
export function renameOnto(draft: string, home: string): void {
  try {
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
}
