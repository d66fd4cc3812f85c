import { endedConnections } from './describe-ended-connections.js';

endedConnections((name) => !name.startsWith('mikro-orm'));
