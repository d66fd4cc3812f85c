import { CONFLICT_CODES, reportsOne } from '../../errors/retryable.js';

/** The most attempts of one transaction. */
const ATTEMPTS = 10;

/** Runs work again, a little later each time, while the database reports that it rolled back in favour of another transaction. */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || !reportsOne(error, CONFLICT_CODES)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** attempt));
    }
  }
}
