import { ApiProblem } from '../../api/client';
import type { FaultsAt } from './SchemaForm';

/** Faults of what was sent, for the fields that they are about. */
export function faultsOf(error: unknown): FaultsAt {
  const errors = error instanceof ApiProblem ? error.errors : [];
  return (pointer) => errors.find((one) => one.pointer === pointer)?.detail;
}
