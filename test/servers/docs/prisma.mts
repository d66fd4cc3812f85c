import { double } from '../drivers/prisma-double.js';
import { peer } from '../peer.js';

const pool = new (peer('pg').Pool)({ connectionString: process.env.DATABASE_URL });

/** Replaces the application's own PrismaClient of the guide. */
export const prisma = { ...double(pool), $disconnect: (): Promise<void> => pool.end() };
