const UNTAXED =
  /[\s(]+(?:ex|excl|exkl|excluding|excl of|net of|before|hors|sans|ohne|sin|senza|zonder|bez|s|w\/o)\b[\s./]*(?:vat|gst|hst|tax|taxes|tva|mwst|ust|iva|btw|moms|dph|kdv)\b\.?\)?\s*$/iu;

const WITHOUT_TAX =
  /[\s_(]+(?:vat|gst|hst|tax|taxes|tva|mwst|ust|iva|btw|moms)[\s_]*(?:ex|excl|excluded|exclusive)\.?\)?\s*$/iu;

/** `Dealer excl.`, `RRP incl.`: with or without tax, which is not said. */
const SHORT = /\s(?:excl|exkl|incl|inkl)\.?\s*$/iu;

/**
 * What stands before the words of tax at the end of a heading: `LUC` of `LUC ex GST`, nothing of `Ex GST`. `isMoney`: only
 * money is with tax or without. Undefined where nothing is said of tax.
 */
export function taxedThing(text: string): { thing: string; isMoney: boolean } | undefined {
  const whole = ` ${text.trim()}`;
  if (UNTAXED.exec(whole)?.[0] === whole) return { thing: '', isMoney: true };
  const thing = text.replace(UNTAXED, '').replace(WITHOUT_TAX, '').replace(SHORT, '');
  return thing === text || thing === '' ? undefined : { thing, isMoney: SHORT.test(text) };
}
