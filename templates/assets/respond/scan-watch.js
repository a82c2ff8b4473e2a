/** Looks after files that wait for the virus scan, with growing pauses, for about five minutes. */
const PAUSE = 2000;
const LOOKS = 30;

/** Nothing somebody types into, or has opened to do so, is replaced under their hands. */
function isInUse(block) {
  return block.contains(document.activeElement) || block.querySelector('[data-file-dates][open]') !== null;
}

/** Returns what is to be called whenever a list of files came new. */
export function watchScans(form, { blockOf, renew, isBusy }) {
  const watched = new Set();
  return () => {
    // What only scripts can do shows itself.
    for (const hint of form.querySelectorAll('[data-script-only]')) hint.hidden = false;
    for (const file of form.querySelectorAll('[data-scan="waiting"]')) {
      const subject = file.closest('[data-evidence]').dataset.evidence;
      if (watched.has(subject)) continue;
      watched.add(subject);
      void watch(subject).finally(() => watched.delete(subject));
    }
  };

  async function watch(subject) {
    for (let look = 1; look <= LOOKS; look += 1) {
      await new Promise((next) => setTimeout(next, PAUSE * Math.ceil(look / 5)));
      const block = blockOf(subject);
      if (!block?.querySelector('[data-scan="waiting"]')) return;
      if (!isBusy(subject) && !isInUse(block)) await renew(subject);
    }
  }
}
