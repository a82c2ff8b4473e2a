/**
 * The two parts under the options: what holds under a condition, and what is planned. One that is only half filled in waits until
 * the person leaves it, or it would be refused while they type.
 */
export function takeAddOns(form, changed) {
  const waiting = new Set();

  form.addEventListener('focusout', ({ target, relatedTarget }) => {
    const part = target.closest('[data-add-on]');
    if (!part || part.contains(relatedTarget) || !waiting.delete(part)) return;
    changed(part.closest('[data-question]'), true);
  });

  /** True while the part of the control is half filled in: its question is saved once it is left. */
  function waits(control) {
    const part = control.closest('[data-add-on]');
    if (!part) return false;
    const halves = [...part.querySelectorAll('[data-half]')].map(isFilled);
    const isHalf = halves.includes(true) && halves.includes(false);
    waiting[isHalf ? 'add' : 'delete'](part);
    return isHalf;
  }

  /** After a save: whether there is something left to plan for, and how the date was read. */
  function saved(fieldset, { offersPlan, planUnderstood }, { locale, words }) {
    const plan = fieldset.querySelector('[data-plan]');
    if (!plan || offersPlan === undefined) return;
    plan.toggleAttribute('data-offered', offersPlan);
    plan.querySelector('[data-plan-idle]').hidden = offersPlan || !isWritten(plan);
    showPlan(plan);
    plan.querySelector('[data-plan-understood]').textContent = planUnderstood
      ? words.replace('{day}', planUnderstood[locale])
      : '';
  }

  /** Without scripts a plan can be written beside a question that is not answered yet; with them it comes with the answer. */
  function place() {
    for (const plan of form.querySelectorAll('[data-plan]')) showPlan(plan);
  }

  return { waits, saved, place, isWaiting: () => waiting.size > 0 };
}

function showPlan(plan) {
  plan.hidden = !plan.hasAttribute('data-offered') && !isWritten(plan);
}

function isWritten(plan) {
  return [...plan.querySelectorAll('[data-half]')].some(isFilled);
}

function isFilled(half) {
  return [...half.querySelectorAll('input, textarea')].some((control) =>
    ['radio', 'checkbox'].includes(control.type)
      ? control.checked && control.value !== ''
      : control.value.trim() !== '',
  );
}
