import type { Tool } from '../tool';
import { checkThat } from './check-that';
import { dataEcho } from './data-echo';
import { fileTools } from './file';
import { httpRequest } from './http/request';
import { notifyWebhook } from './http/webhook';
import { memoryTools } from './memory';
import { meaningTools } from './memory/meaning';
import { pureTools } from './pure';
import { sqlTools } from './sql';

/** Tools that are of no group. */
const alone: readonly Tool[] = [checkThat, dataEcho, httpRequest, notifyWebhook];

/** The tools that come with the platform. */
export const builtinTools: readonly Tool[] = [
  ...alone,
  ...fileTools,
  ...memoryTools,
  ...meaningTools,
  ...pureTools,
  ...sqlTools,
];
