import '../../examples/unit-test/hr-feed.test.js';
