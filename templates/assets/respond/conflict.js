import { clock } from './status.js';

/** Shows both texts of a question that someone else has changed; nothing is overwritten before a button is pressed. */
export function showConflict(fieldset, { yours, current }, { words, locale, keepMine, keepTheirs }) {
  fieldset.querySelector('.conflict')?.remove();
  const panel = document.querySelector('[data-conflict-template]').content.cloneNode(true).firstElementChild;
  for (const [name, side] of Object.entries({ yours, theirs: current })) {
    panel.querySelector(`[data-${name}]`).replaceChildren(...linesOf(side, locale).flatMap(lineNodes));
  }
  panel.querySelector('[data-theirs-by]').textContent = words.theirs
    .replace('{by}', current.updatedBy)
    .replace('{time}', clock(current.updatedAt, locale));
  const choose = (name, then) =>
    panel.querySelector(name).addEventListener('click', () => {
      panel.remove();
      // The button that had the focus is gone.
      fieldset.focus();
      then();
    });
  choose('[data-keep-mine]', keepMine);
  choose('[data-keep-theirs]', keepTheirs);
  fieldset.querySelector('[data-errors]').after(panel);
  panel.focus();
}

/** Every line with its language where that is not the page's: Japanese stands in for English that is missing (WCAG 3.1.2). */
export function linesOf({ text, addOns = [], naReason, comment, withheld }, locale) {
  const told = [text, ...addOns].filter(Boolean).map((words) => {
    const isMissing = !words[locale] && words.ja;
    return { text: isMissing ? words.ja : words[locale], lang: isMissing ? 'ja' : null };
  });
  const typed = [naReason, comment, withheld].map((line) => ({ text: line, lang: null }));
  return [...told, ...typed].filter((line) => line.text);
}

function lineNodes({ text, lang }, index) {
  const line = document.createElement('span');
  line.textContent = text;
  if (lang) line.lang = lang;
  return index === 0 ? [line] : ['\n', line];
}
