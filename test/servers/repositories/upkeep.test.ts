import { describeUpkeep } from '../../sql/upkeep/describe-upkeep.js';
import { clientStores } from './client-stores.js';
import { describeStores, opened, stores } from './stores.js';

describeStores([...stores(), ...clientStores()], (store) => describeUpkeep(() => opened(store)));
