/** The section page with scripts: saves as you go, shows and hides questions, takes files, settles conflicts. */
import { takeAddOns } from './add-ons.js';
import { createAdvice } from './advice.js';
import { createConditions } from './conditions.js';
import { showConflict } from './conflict.js';
import { takeFiles } from './evidence.js';
import { addRecord, hideScriptless, refresh, refreshWhenLeft } from './fresh.js';
import { takePrefills } from './prefill.js';
import { showPresence } from './presence.js';
import { createSaver } from './saver.js';
import { createStatus } from './status.js';
import { answerIn, fitKind, isBlank, keepApart, touchedIn } from './values.js';

const form = document.querySelector('[data-respond]');
const config = JSON.parse(form.dataset.respond);
const { locale } = config;
const status = createStatus(form, config);
const showAdvice = createAdvice(form, locale);
const shownBy = createConditions(config.rules);
const conditional = new Set(config.rules.questions.map(({ questionId }) => questionId));
const settled = new Set(config.settled);
let leaving = false;

const saver = createSaver({
  saving: status.saving,
  saved,
  refused: status.refused,
  conflict: settle,
  waiting: (fieldset) => status.trouble(fieldset, form.dataset.waiting),
  signIn: (fieldset) => status.trouble(fieldset, form.dataset.signIn),
  closed: (fieldset, problem) => status.trouble(fieldset, problem?.message?.[locale] ?? form.dataset.refused),
});

const addOns = takeAddOns(form, saver.changed);

for (const name of ['input', 'change'])
  form.addEventListener(name, (event) => onChange(event.target, name === 'change'));
form.addEventListener('click', onClick);
form.addEventListener('submit', () => {
  leaving = true;
});
form.addEventListener('keydown', (event) => {
  const fieldset = event.target.closest('[data-question]');
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && fieldset) saver.changed(fieldset, true);
});
addEventListener('beforeunload', (event) => {
  if (!leaving && (saver.isBusy() || files.isBusy() || addOns.isWaiting())) event.preventDefault();
});
addEventListener('online', saver.retryAll);
document.querySelector('[data-next-open]')?.addEventListener('click', goToOpen);
const files = takeFiles(form, { flush: saver.flush, refresh, status, locale });
takePrefills(form, { flush: saver.flush, refresh, saved, status, locale });
hideScriptless(form);
showPresence(form);
// On a slow connection people type before this script is there.
const early = touchedIn(form);
updatePage();
for (const control of early) onChange(control, true);

function saved(fieldset, reply) {
  status.saved(fieldset, reply);
  addOns.saved(fieldset, reply, { locale, words: form.dataset.understood });
  refreshWhenLeft(fieldset, saver.isClean, updatePage);
  if (!saver.isBusy()) showOnly(new Set(reply.shown));
  showAdvice(reply);
}

function onChange(control, isDone) {
  const fieldset = control.closest('[data-question]');
  if (!fieldset || control.closest('[data-evidence]')) return;
  keepApart(fieldset, control);
  if (control.matches('[data-kind]')) fitKind(control.closest('[data-record]'));
  updateConditions();
  if (!addOns.waits(control)) saver.changed(fieldset, isDone);
}

function onClick(event) {
  const add = event.target.closest('[data-add-record]');
  if (!add) return;
  event.preventDefault();
  addRecord(add.closest('[data-records]'));
}

/** The link knows what was open when the page was made; what is open here now comes first. */
function goToOpen(event) {
  const open = [...form.querySelectorAll('[data-question]')].find((fieldset) => !fieldset.hidden && isBlank(fieldset));
  if (!open) {
    const onThisPage = new URL(event.currentTarget.href).pathname === location.pathname;
    const next = document.querySelector('.respond-neighbours [rel="next"]');
    if (onThisPage) event.currentTarget.href = next?.href ?? '/respond/sections';
    return;
  }
  event.preventDefault();
  history.replaceState(null, '', `#${open.id}`);
  open.scrollIntoView();
  open.focus();
}

/** Nothing is overwritten unasked: the respondent sees both texts and chooses. */
function settle(fieldset, problem) {
  status.trouble(fieldset, form.dataset.clash);
  showConflict(fieldset, problem, {
    words: form.dataset,
    locale,
    keepMine: () => {
      fieldset.querySelector('[data-revision]').value = problem.current.revision;
      saver.changed(fieldset, true);
    },
    keepTheirs: () => refresh(fieldset).then(updatePage),
  });
}

function updatePage() {
  for (const record of form.querySelectorAll('[data-record]')) fitKind(record);
  addOns.place();
  updateConditions();
}

function updateConditions() {
  const answers = { ...config.answers };
  for (const fieldset of form.querySelectorAll('[data-question]'))
    answers[fieldset.dataset.question] = answerIn(fieldset);
  const shown = shownBy(answers, (id) => config.answers[id]?.shown ?? isOpen(id));
  showOnly(new Set([...shown, ...[...settled].filter(isOpen)]));
}

/** What the server settled stays as it is until a save tells otherwise. */
function isOpen(id) {
  return document.getElementById(`q-${id}`)?.hidden !== true;
}

function showOnly(shown) {
  for (const fieldset of form.querySelectorAll('[data-question], [data-locked]')) {
    const id = fieldset.dataset.question ?? fieldset.dataset.locked;
    if (!conditional.has(id) && !settled.has(id)) continue;
    fieldset.hidden = !shown.has(id);
    fieldset.disabled = fieldset.hidden;
  }
}
