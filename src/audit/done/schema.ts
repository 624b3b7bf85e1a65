import { Ajv, type ValidateFunction } from 'ajv';
import {
  type DeliverableDocument,
  type DeliverableKind,
  deliverableSchemas,
} from '../../../schemas/audit/deliverables';
import type { Report } from './finding';

const validators = new Map<DeliverableKind, ValidateFunction>();

function validatorOf(kind: DeliverableKind): ValidateFunction {
  const known = validators.get(kind);
  if (known) return known;
  const made = new Ajv({ allErrors: false, strict: false }).compile(deliverableSchemas[kind]);
  validators.set(kind, made);
  return made;
}

/** Whether the document has the shape of its kind. */
export function checkSchema(kind: DeliverableKind, document: unknown, report: Report): document is DeliverableDocument {
  const validate = validatorOf(kind);
  if (validate(document)) return true;
  for (const { instancePath, message } of validate.errors ?? [])
    report('schema.invalid', `the document does not fit the schema of ${kind}: ${message ?? 'invalid'}`, instancePath);
  return false;
}
