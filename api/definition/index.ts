import { definePart } from '../part';
import { definitionContracts } from './contract';
import { definitionRoutes } from './routes';

export const definition = definePart(definitionContracts, definitionRoutes);
