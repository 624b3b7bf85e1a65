import { DatabaseError } from 'pg';
import type { JsonObject } from '../../schemas/json';
import type { RecordedFault } from '../../schemas/recordings/recording';
import type { ErrorClass } from '../../schemas/tool';
import { DatabaseFault } from '../../src/databases/errors';
import { DocumentError } from '../../src/documents/errors';
import { EgressError } from '../../src/egress/errors';
import { MeaningError } from '../../src/meaning/errors';
import { MemoryError } from '../../src/memory/errors';
import { StateError } from '../../src/state/errors';
import { WorkspaceError } from '../../src/workspaces/errors';
import { ToolError } from '../tools/errors';

/** A failure of an exchange, so that a replay can throw the same one. */
export function faultOf(error: unknown): RecordedFault {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), facts: {} };
  return { name: error.name, message: error.message, facts: JSON.parse(JSON.stringify(factsOf(error))) as JsonObject };
}

function factsOf(error: Error): object {
  if (error instanceof ToolError) {
    const { class: errorClass, type, retryAfterMs, details } = error;
    return { class: errorClass, type, retryAfterMs, details };
  }
  if (error instanceof EgressError) return { code: error.code, stage: error.stage };
  if (error instanceof DatabaseError) return { ...error, length: error.length };
  return 'code' in error && Object.hasOwn(CODED, error.name) ? { code: error.code } : {};
}

/** Errors that are told apart by their code alone. */
const CODED: { [name: string]: new (code: never, message: string) => Error } = {
  DatabaseFault,
  DocumentError,
  MeaningError,
  MemoryError,
  StateError,
  WorkspaceError,
};

/** The error that was recorded; of a class that nobody tells apart, a plain one of its name. */
export function errorOf({ name, message, facts }: RecordedFault): Error {
  const of = <T>(fact: string): T => facts[fact] as T;
  switch (name) {
    case 'ToolError':
      return new ToolError({
        class: of<ErrorClass>('class'),
        type: of('type'),
        message,
        retryAfterMs: of('retryAfterMs'),
        details: facts['details'],
      });
    case 'EgressError':
      return new EgressError(of('code'), of('stage'), message);
    case 'error': // the name that pg gives to what a server says
      return Object.assign(new DatabaseError(message, of('length'), 'error'), facts);
    default: {
      const Coded = Object.hasOwn(CODED, name) ? CODED[name] : undefined;
      return Coded ? new Coded(of<never>('code'), message) : Object.assign(new Error(message), { name });
    }
  }
}
