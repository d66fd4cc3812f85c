import { betterSqlite3Store } from '../sqlite-clients.js';
import { describePoison } from './describe-poison.js';

describePoison(betterSqlite3Store(), 'sqlite');
