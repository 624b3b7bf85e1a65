import { definePart } from '../part';
import { auditContracts } from './contract';
import { auditRoutes } from './routes';

export const audit = definePart(auditContracts, auditRoutes);
