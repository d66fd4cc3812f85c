import fc from 'fast-check';

// A mutant is killed by the first counterexample: none is shrunk.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
