/** Control characters (C0 and C1) besides line ends and tabs, and characters that turn or hide text around them. */
// eslint-disable-next-line no-control-regex -- it looks for them
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A text as a terminal may show it: whoever wrote it controls neither the terminal nor the look of other text. */
export const printable = (text: string): string =>
  text.replaceAll(CONTROLS, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
