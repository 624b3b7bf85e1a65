import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import type { Config } from './config';
import { withoutSecrets } from './redact';
import { reportLine, type LogLine } from './telemetry/error-reports';
import { logFields } from './telemetry/scope';

export type { Logger };

/** Names of fields that hold secrets. Counts (`tokens: 12`) and switches (`keys: true`) are not secrets. */
const SECRET_FIELD =
  /(^|[-_.])(pass(word|wd|phrase)?|secrets?|tokens?|(api|access|private)[-_]?keys?|authorization|credentials?|(set-)?cookies?)$|[a-z](Password|Secret|Token|ApiKey|AccessKey|PrivateKey|Credentials)$/i;

const BLOT = '[secret]';

type LogConfig = Pick<Config['log'], 'level'> & Partial<Pick<Config['log'], 'secrets'>>;

/**
 * Logs JSON lines to standard output (or `destination`), with the component's name in `name` and the ids of the work
 * under way (see `withLogFields`). Secrets are removed from every line as it leaves, whoever wrote it: values that the
 * configuration calls secret, fields named like secrets, and anything that looks like one in a text. Lines that tell
 * errors are reported, where that is configured.
 */
export function createLogger(config: { log: LogConfig }, name: string, destination?: DestinationStream): Logger {
  const clean = createCleaner(config.log.secrets ?? []);
  const options: LoggerOptions = {
    name,
    level: config.log.level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => ({ ...logFields() }),
    hooks: {
      streamWrite(line) {
        const safe = clean(JSON.parse(line)) as LogLine;
        reportLine(safe);
        return `${JSON.stringify(safe)}\n`;
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

function createCleaner(secrets: readonly string[]) {
  const text = (value: string): string => {
    let safe = value;
    for (const secret of secrets) safe = safe.replaceAll(secret, BLOT);
    return withoutSecrets(safe);
  };
  const isSecret = (name: string, value: unknown) =>
    value !== null && (typeof value === 'string' || typeof value === 'object') && SECRET_FIELD.test(name);
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(clean);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, isSecret(name, member) ? BLOT : clean(member)]),
    );
  };
  return clean;
}
