/** Longest name kept, in UTF-16 units; with its folder it fits every file system people save to. */
const LONGEST = 200;
/** What is looked at of a longer one: trimming costs the square of the length. */
const LONGEST_READ = 1_000;

/**
 * The name a person gave the file, safe to show and to offer for download: no folders, no control or invisible characters, no
 * direction overrides that make `fdp.exe` look like `exe.pdf`; NFC, because macOS sends か + ゛ apart.
 */
export function cleanFileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const read = last.length <= LONGEST_READ ? last : last.slice(0, LONGEST) + last.slice(-LONGEST);
  const base = read.toWellFormed().normalize('NFC');
  const visible = base.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').replace(/^[\s.]+|[\s.]+$/gu, '');
  return shortened(visible);
}

/** In lower case, without the dot; '' when there is none. */
export function extensionOf(name: string): string {
  return /\.([^.]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** Shortens the part before the extension. */
function shortened(name: string): string {
  if (name.length <= LONGEST) return name;
  const ending = extensionOf(name);
  const tail = ending === '' ? '' : `.${ending}`;
  return (
    name
      .slice(0, LONGEST - tail.length)
      .toWellFormed()
      .replace(/\uFFFD$/, '') + tail
  );
}
