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
  for (const plan of form.querySelectorAll('[data-plan]')) showPlan(plan, plan.hasAttribute('data-offered'));

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
    showPlan(plan, offersPlan);
    plan.querySelector('[data-plan-understood]').textContent = planUnderstood
      ? words.replace('{day}', planUnderstood[locale])
      : '';
  }

  return { waits, saved, isWaiting: () => waiting.size > 0 };
}

function showPlan(plan, isOffered) {
  const filled = [...plan.querySelectorAll('[data-half]')].some(isFilled);
  plan.hidden = !isOffered && !filled;
  plan.querySelector('[data-plan-idle]').hidden = isOffered || !filled;
}

function isFilled(half) {
  return [...half.querySelectorAll('input, textarea')].some((control) =>
    ['radio', 'checkbox'].includes(control.type)
      ? control.checked && control.value !== ''
      : control.value.trim() !== '',
  );
}
