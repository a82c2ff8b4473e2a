import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/**
 * One private folder for one browser: its profile, its fonts and its font configuration. The fonts are copied, because
 * the account the browser runs under may not be able to read the project.
 */
export type Workspace = { readonly profile: string; readonly fontConfig: string; remove(): void };

/** BIZ UDPGothic prints everything; Noto Sans JP steps in for characters it lacks, such as 𠮷. */
const FONTS: readonly string[] = [
  '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
];
const FALLBACK_FONTS: readonly string[] = [
  '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
];
const PREFIX = 'kantoku-pdf-';

/** `owner`: the numeric account that has to be able to write here; undefined: ours. */
export function createWorkspace(owner: number | undefined): Workspace {
  removeAbandoned();
  const root = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const profile = join(root, 'profile');
  const fontConfig = join(root, 'fonts.conf');
  for (const folder of ['profile', 'fonts', 'cache']) mkdirSync(join(root, folder), { mode: 0o700 });
  for (const font of FONTS) copyFont(font, join(root, 'fonts'));
  for (const font of FALLBACK_FONTS.filter(isInstalled)) copyFont(font, join(root, 'fonts'));
  writeFileSync(fontConfig, fontConfigOf(root));
  if (owner !== undefined) {
    for (const entry of ['', 'profile', 'fonts', 'cache']) chownSync(join(root, entry), owner, owner);
  }
  return {
    profile,
    fontConfig,
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

/** Without it ordinary reports still print; a rare character would be a box. */
function isInstalled(font: string): boolean {
  try {
    createRequire(import.meta.url).resolve(font);
    return true;
  } catch {
    return false;
  }
}

function copyFont(font: string, folder: string): void {
  const target = join(folder, basename(font));
  copyFileSync(createRequire(import.meta.url).resolve(font), target);
  chmodSync(target, 0o644);
}

/** No system font is listed, so that every machine prints the same pages. */
function fontConfigOf(root: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${join(root, 'fonts')}</dir>
  <cachedir>${join(root, 'cache')}</cachedir>
</fontconfig>
`;
}

/** A process that was killed could not tidy up; the next one does. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`) && existsSync('/proc/self')) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
}
