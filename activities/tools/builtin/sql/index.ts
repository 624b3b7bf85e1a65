import type { Tool } from '../../tool';
import { sqlExecute } from './execute';
import { sqlInsert } from './insert';
import { sqlQuery } from './query';

/** Tools on the databases that the operator has opened. */
export const sqlTools: readonly Tool[] = [sqlQuery, sqlExecute, sqlInsert];
