/*
 * The link carries its token behind the #, which browsers send to nobody. It is read once, taken out of the address bar and kept
 * in memory; it leaves this page only inside the form, when the person presses the button. Opening the page does nothing.
 */
const form = document.getElementById('entry');
const paste = document.getElementById('entry-paste');
const ready = document.getElementById('entry-ready');
let token = '';

function readLink() {
  const shown = location.hash.slice(1);
  if (!/^[a-z0-9]+_[\w-]{43}$/.test(shown)) return;
  token = shown;
  history.replaceState(null, '', location.pathname + location.search);
  paste.hidden = true;
  ready.hidden = false;
}

readLink();
// Another link pasted into the address bar of this page changes only the part behind the #.
addEventListener('hashchange', readLink);

// Set while the browser gathers the fields, so the token never stands in the document or in its autofill.
form.addEventListener('formdata', ({ formData }) => {
  if (token !== '') formData.set('token', token);
});

// The same page in the other language has to know the link, too.
for (const link of document.querySelectorAll('.site-languages a')) {
  link.addEventListener('click', () => {
    if (token !== '') link.hash = token;
  });
}
