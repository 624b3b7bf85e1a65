import { definePart } from '../part';
import { serviceContracts } from './contract';
import { serviceRoutes } from './routes';

export const service = definePart(serviceContracts, serviceRoutes);
