import { postgresStore } from '../wild-store.js';
import { describePoison } from './describe-poison.js';

describePoison(postgresStore('poison'), 'postgres');
