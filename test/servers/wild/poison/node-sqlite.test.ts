import { nodeSqliteStore } from '../sqlite-clients.js';
import { describePoison } from './describe-poison.js';

describePoison(nodeSqliteStore(), 'sqlite');
