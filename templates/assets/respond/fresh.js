/** Parts of the page that come new: a question as the server has it now, and one more record to fill in. */

const latest = new WeakMap();
const waiting = new WeakSet();

/** `part` limits it to one element of the question, so that nothing being typed beside it is touched. */
export async function refresh(fieldset, part = null) {
  const turn = {};
  latest.set(fieldset, turn);
  const page = await load(location.pathname + location.search);
  const fresh = page?.getElementById(fieldset.id);
  // A reply that a newer request has overtaken would show what was.
  if (!fresh || latest.get(fieldset) !== turn) return;
  hideScriptless(fresh);
  const focused = fieldset.contains(document.activeElement) ? document.activeElement : null;
  if (part) renewPart(fieldset, fresh, part);
  else renewAll(fieldset, fresh);
  // Whoever stood in what was replaced stands in the new one, or at the question: never nowhere.
  if (focused && !focused.isConnected) (document.getElementById(focused.id) ?? fieldset).focus();
}

function renewPart(fieldset, fresh, part) {
  const renewed = fresh.querySelector(part);
  if (renewed) fieldset.querySelector(part)?.replaceWith(document.importNode(renewed, true));
  else fieldset.querySelector(part)?.remove();
}

function renewAll(fieldset, fresh) {
  const opened = [...fieldset.querySelectorAll('details')].map(({ open }) => open);
  fieldset.replaceChildren(...document.importNode(fresh, true).childNodes);
  fieldset.querySelectorAll('details').forEach((details, index) => {
    details.open ||= opened[index] ?? false;
  });
}

/** The browser's own way from a response to a document; parsing text is what the security policy forbids (Trusted Types). */
function load(address) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.responseType = 'document';
    request.open('GET', address);
    request.addEventListener('load', () => resolve(request.status === 200 ? request.response : null));
    request.addEventListener('error', () => resolve(null));
    request.send();
  });
}

/** Buttons that only pages without scripts need. */
export function hideScriptless(part) {
  for (const button of part.querySelectorAll('[data-no-script]')) button.hidden = true;
}

/** A record saved for the first time can take evidence; the form for that comes once nobody is typing in the question. */
export function refreshWhenLeft(fieldset, isClean, then) {
  if (waiting.has(fieldset) || !fieldset.querySelector('[data-record] [data-not-stored]')) return;
  if (!isClean(fieldset)) return;
  if (!fieldset.contains(document.activeElement)) {
    void refresh(fieldset).then(then);
    return;
  }
  waiting.add(fieldset);
  const left = () =>
    setTimeout(() => {
      waiting.delete(fieldset);
      refreshWhenLeft(fieldset, isClean, then);
    });
  fieldset.addEventListener('focusout', left, { once: true });
}

/** Copies the blank record under the next number. */
export function addRecord(records) {
  const number = records.querySelectorAll(':scope > [data-record]').length;
  const blank = records.querySelector('[data-blank-record]');
  const copy = blank.content.cloneNode(true);
  for (const element of copy.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes('__n__')) element.setAttribute(name, value.replaceAll('__n__', String(number)));
    }
  }
  const record = copy.querySelector('[data-record]');
  const legend = record.querySelector('legend');
  legend.textContent = legend.textContent.replace('__n__', String(number + 1));
  blank.before(copy);
  record.querySelector('select, input').focus();
}
