import { definePart } from '../part';
import { scheduleContracts } from './contract';
import { scheduleRoutes } from './routes';

export const schedules = definePart(scheduleContracts, scheduleRoutes);
