import { definePart } from '../part';
import { changeContracts } from './contract';
import { changeRoutes } from './routes';

export const changes = definePart(changeContracts, changeRoutes);
