/** Runs in pages: what can be operated there, and where the focus is. Each thing keeps its mark. */
globalThis.focusWalk = (() => {
  const { document, getComputedStyle } = globalThis;

  /** How an element, and what is around it, is drawn: whatever has the focus looks different. */
  const lookOf = (one) =>
    [one, one.parentElement, one.parentElement?.parentElement, one.firstElementChild, one.nextElementSibling]
      .map((part) => getComputedStyle(part ?? one))
      .map(({ outline, boxShadow, borderColor, backgroundColor }) => [outline, boxShadow, borderColor, backgroundColor])
      .join();

  const isSeen = (one) => one.dataset.mark !== undefined && lookOf(one) !== one.dataset.look;

  return {
    /** Marks what is shown, in the dialog above the page if there is one, and begins before it: `[{ id, html }]`. */
    mark(selector) {
      const place = document.querySelector('[aria-modal=true]') ?? document.querySelector(selector);
      place.tabIndex = -1;
      place.focus();
      const found = place.querySelectorAll('a[href], button, input, select, textarea, [tabindex="0"]');
      return [...found].flatMap((one, i) => {
        const isOneOfSeveral = one.matches('[role=tab], [role=radio], input[type=radio]');
        const isOff = one.matches(':disabled, [tabindex="-1"]') || one.closest('[inert], [aria-hidden=true]') !== null;
        if (isOneOfSeveral || isOff || !one.checkVisibility({ visibilityProperty: true })) return [];
        one.dataset.mark = String(i);
        one.dataset.look = lookOf(one);
        return [{ id: String(i), html: one.outerHTML.slice(0, 200) }];
      });
    },

    /** The mark of what has the focus, if it can be seen that it has it. */
    async at() {
      const one = document.activeElement ?? document.body;
      // colours change in a moment
      if (!isSeen(one)) await new Promise((resolve) => setTimeout(resolve, 250));
      return isSeen(one) ? one.dataset.mark : undefined;
    },

    /** The marks of what is still there. */
    left: () => [...document.querySelectorAll('[data-mark]')].map((one) => one.dataset.mark),
  };
})();
