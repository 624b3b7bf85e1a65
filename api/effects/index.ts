import { definePart } from '../part';
import { effectContracts } from './contract';
import { effectRoutes } from './routes';

export const effects = definePart(effectContracts, effectRoutes);
