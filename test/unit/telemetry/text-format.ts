/** A strict reader of Prometheus' text format, for tests without `promtool`. */

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const SAMPLE = new RegExp(
  `^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)?\\})? ([-+]?[0-9.eE+-]+|Nan|NaN|[+-]?Inf)( \\d+)?$`,
);
const COMMENT = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`);
const UNITS =
  /_(seconds|bytes|entries|ratio|info|total|up|gaps|deliveries|consumers|pollers|runs|orders|slots)(_total)?$/;

/** Finds faults in the text, in words; none if Prometheus would take it. */
export function problemsOf(text: string): string[] {
  const problems: string[] = [];
  const types = new Map<string, string>();
  const helps = new Set<string>();
  const seen = new Set<string>();
  if (!text.endsWith('\n')) problems.push('does not end with a line feed');
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const comment = COMMENT.exec(line);
    if (comment) {
      const [, kind = '', name = '', rest = ''] = comment;
      if (kind === 'HELP') helps.add(name);
      else if (types.has(name)) problems.push(`${name} has two types`);
      else types.set(name, rest);
      continue;
    }
    const sample = SAMPLE.exec(line);
    if (!sample) {
      problems.push(`is no sample: ${line}`);
      continue;
    }
    const [, name = '', labels = ''] = sample;
    const family = types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '');
    if (!types.has(family)) problems.push(`${name} has no type`);
    if (!helps.has(family)) problems.push(`${name} has no help`);
    if (types.get(family) === 'counter' && !name.endsWith('_total')) problems.push(`${name} counts and is no _total`);
    if (types.get(family) !== 'counter' && name.endsWith('_total'))
      problems.push(`${name} is _total and does not count`);
    if (family.startsWith('awe_') && !UNITS.test(family)) problems.push(`${family} says no unit`);
    if (seen.has(`${name}{${labels}}`)) problems.push(`${name}{${labels}} is there twice`);
    seen.add(`${name}{${labels}}`);
  }
  return problems;
}

/** The value of a sample, by its name and labels as in the text. */
export function valueOf(text: string, sample: string): string | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${sample} `));
  return line?.slice(sample.length + 1);
}
