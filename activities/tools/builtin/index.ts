import type { Tool } from '../tool';
import { dataEcho } from './data-echo';

/** The tools that come with the platform. */
export const builtinTools: readonly Tool[] = [dataEcho];
