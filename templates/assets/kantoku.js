/* Comforts only: every page works without them. No words live here; they come with the page in data attributes. */

copyButtons();
focusErrors();
openForPrint();
sendOnce();
countCharacters();
takeFragment();

/** <button data-copy="input-id" data-copied="コピーしました" hidden> */
function copyButtons() {
  for (const button of document.querySelectorAll('button[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const source = document.getElementById(button.dataset.copy);
      source.select();
      await navigator.clipboard?.writeText(source.value).catch(() => {});
      const words = button.textContent;
      button.textContent = button.dataset.copied;
      setTimeout(() => {
        button.textContent = words;
      }, 2000);
    });
  }
}

/** After a refused form, the list of what to mend is read first. */
function focusErrors() {
  document.querySelector('.error-summary')?.focus();
}

function openForPrint() {
  const opened = new Set();
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details:not([open])')) {
      details.open = true;
      opened.add(details);
    }
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    opened.clear();
  });
}

/** A second press while the first is on its way is dropped; coming back by the history frees the form again. */
function sendOnce() {
  const sent = new WeakSet();
  addEventListener('submit', (event) => {
    if (event.target.method !== 'post' || event.defaultPrevented) return;
    if (sent.has(event.target)) event.preventDefault();
    sent.add(event.target);
    const form = event.target;
    setTimeout(() => sent.delete(form), 8000);
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}

/** <p class="count" data-count-for="id" data-count-max="2000" data-count-words="残り{n}文字"> counts code points as the server does. */
function countCharacters() {
  for (const line of document.querySelectorAll('[data-count-for]')) {
    const control = document.getElementById(line.dataset.countFor);
    const show = () => {
      const left = Number(line.dataset.countMax) - [...control.value].length;
      line.textContent = line.dataset.countWords.replace('{n}', String(left));
      line.classList.toggle('error-message', left < 0);
    };
    control.addEventListener('input', show);
    show();
  }
}

/** <input data-fragment>: takes the secret behind the # of the address, then removes it from the address bar. Nothing is sent. */
function takeFragment() {
  const target = document.querySelector('input[data-fragment]');
  if (!target || location.hash.length < 2) return;
  target.value = location.hash.slice(1);
  history.replaceState(null, '', location.pathname + location.search);
  target.closest('form').dataset.filled = '';
  for (const element of document.querySelectorAll('[data-when="no-fragment"]')) element.hidden = true;
  for (const element of document.querySelectorAll('[data-when="fragment"]')) element.hidden = false;
}
