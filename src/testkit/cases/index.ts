import type { ContractCase } from '../contract-case.js';
import { catalogCommit } from './catalog-commit.js';
import { catalogLoad } from './catalog-load.js';
import { catalogSettled } from './catalog-settled.js';
import { catalogStill } from './catalog-still.js';
import { enrolmentsHolders } from './enrolments-holders.js';
import { enrolmentsRead } from './enrolments-read.js';
import { enrolmentsWrite } from './enrolments-write.js';
import { ids } from './ids.js';
import { learnersAsStored } from './learners-as-stored.js';
import { learnersGet } from './learners-get.js';
import { learnersMatching } from './learners-matching.js';
import { learnersPage } from './learners-page.js';
import { retakes } from './retakes.js';
import { training } from './training.js';
import { transactionAlone } from './transaction-alone.js';
import { transactionFresh } from './transaction-fresh.js';
import { transactionWhole } from './transaction-whole.js';
import { unreadable } from './unreadable.js';

/** Every case, by subject. */
export const CASES: readonly ContractCase[] = [
  ...catalogLoad,
  ...catalogCommit,
  ...catalogSettled,
  ...catalogStill,
  ...learnersGet,
  ...learnersAsStored,
  ...learnersPage,
  ...learnersMatching,
  ...enrolmentsRead,
  ...enrolmentsHolders,
  ...enrolmentsWrite,
  ...training,
  ...retakes,
  ...unreadable,
  ...transactionWhole,
  ...transactionAlone,
  ...transactionFresh,
  ...ids,
];
