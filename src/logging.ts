import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import type { Config } from './config';

export type { Logger };

/** Names of fields that hold secrets wherever they appear, in a logged object or one level inside it. */
const SECRET_FIELDS = [
  'password',
  'apiKey',
  'api_key',
  'secret',
  'token',
  'authorization',
  'cookie',
  '["set-cookie"]',
  '["x-api-key"]',
];

const paths = SECRET_FIELDS.flatMap((field) => {
  const dotted = field.startsWith('[') ? field : `.${field}`;
  return [field, `*${dotted}`, `*.*${dotted}`];
});

/** JSON lines on standard output (or `destination`), secrets blotted out, with the component's name in `name`. */
export function createLogger(config: Pick<Config, 'log'>, name: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    name,
    level: config.log.level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths, censor: '[secret]' },
  };
  return destination ? pino(options, destination) : pino(options);
}
