import { definePart } from '../part';
import { ledgerContracts } from './contract';
import { ledgerRoutes } from './routes';

export const ledger = definePart(ledgerContracts, ledgerRoutes);
