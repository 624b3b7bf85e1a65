import type { Finding } from '../../../schemas/tool';

/** Function to which checks report their findings. */
export type Report = (code: string, message: string, pointer?: string) => void;

/** Collects findings up to a number that can travel; the last one counts the rest. */
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

/** Extends a JSON Pointer (RFC 6901) by one step. */
export function pointer(base: string, step: string | number): string {
  return `${base}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
