import type { Finding } from '../../../schemas/tool';

/** Where checks write what they find. */
export type Report = (code: string, message: string, pointer?: string) => void;

/** A list of findings that stays short enough to travel; the last one says how many more there are. */
export function collector(most = 50): { report: Report; findings(): Finding[] } {
  const found: Finding[] = [];
  let more = 0;
  return {
    report(code, message, pointer) {
      if (found.length < most) found.push({ code, message, ...(pointer === undefined ? {} : { pointer }) });
      else more += 1;
    },
    findings: () => (more === 0 ? found : [...found, { code: 'more', message: `${more} more findings` }]),
  };
}

/** A JSON Pointer (RFC 6901) of one more step. */
export function pointer(base: string, step: string | number): string {
  return `${base}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
