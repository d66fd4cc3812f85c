import { describeTroubles } from './describe-troubles.js';

describeTroubles('smart_enrolments_test_trouble', (name) => !name.startsWith('mikro-orm'));
