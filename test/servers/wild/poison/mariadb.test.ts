import { mariadbStore } from '../wild-store.js';
import { describePoison } from './describe-poison.js';

describePoison(mariadbStore('poison'), 'mysql');
