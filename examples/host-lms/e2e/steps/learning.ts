import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { OPEN_UNIVERSITY } from '../../store/open-university.js';
import { expectAccessible, picture, type Stage } from '../browser.js';
import { link } from './linking.js';
import { menu } from './segments.js';

const LEARNER = OPEN_UNIVERSITY.learner;
const COURSE = 'Module FFF, February 2014';

/** A learner's courses, and what an admin sees and does at the same time. */
export function learning(stage: () => Stage): void {
  describe('a learner', () => {
    let learner: Page;
    let admin: Page;
    beforeAll(async () => {
      learner = await stage().signedIn('learner', 'learner');
      admin = await stage().signedIn('admin', 'admin');
      await stage().lms.db.query(`UPDATE people SET profile = profile || '{"region": "Wales"}' WHERE id = ${LEARNER}`);
      await stage().lms.enrolments.learnersChanged([String(LEARNER)]);
      await link(admin, 'wales', [COURSE]);
    });

    test('starts a course, continues where they left off, and completes it', async () => {
      await learner.goto('/my');
      await learner.getByRole('link', { name: `Start ${COURSE}` }).click();
      await expectAccessible(learner);
      await learner.getByRole('button', { name: 'Finish section 1' }).click();
      await learner.getByText('1 section of 4 done').waitFor();
      await learner.getByRole('status').getByText('Section 1 of 4 is done.').waitFor();
      await learner.getByRole('navigation', { name: 'Main' }).getByText('My courses').click();
      await expectAccessible(learner);
      await picture(learner, 'my-courses', 820);
      await learner.getByRole('link', { name: `Continue with section 2 of 4 ${COURSE}` }).click();
      for (const section of [2, 3, 4]) await learner.getByRole('button', { name: `Finish section ${section}` }).click();
      await learner.getByText(`You have completed ${COURSE}.`).waitFor();
      await learner.getByRole('region', { name: 'Completed' }).getByText(COURSE).first().waitFor();
    });

    test('an admin sees why they are enrolled, with the rule that holds', async () => {
      await admin.goto(`/users/${LEARNER}`);
      await admin.getByRole('link', { name: `Why: ${COURSE}` }).click();
      await admin.getByText('is enrolled', { exact: true }).waitFor();
      const holds = admin.getByRole('region', { name: 'What holds them' });
      expect(await holds.textContent()).toContain('Yes Region is “Wales”');
      await expectAccessible(admin);
      await picture(admin, 'why', 760);

      await admin.goto(`/users/${LEARNER}/courses/DDD-2013J/why`);
      await admin.getByText('is not enrolled', { exact: true }).waitFor();
      await admin.getByText('What fails: Highest education starts with “Post Graduate”.').waitFor();
      await expectAccessible(admin);
    });

    test('is not unenrolled alone from a smart enrolment; the page says why, and leads to the remedies', async () => {
      await admin.goto(`/users/${LEARNER}`);
      await admin.getByRole('button', { name: `Unenrol from ${COURSE}` }).click();
      await admin.getByRole('alert').getByText('cannot be unenrolled alone').waitFor();
      await expectAccessible(admin);
      await picture(admin, 'unenrol-refused', 760);
      const leave = admin.getByRole('link', { name: /out of segment Wales/ });
      expect(await leave.getAttribute('href')).toBe(`/users/${LEARNER}#profile`);
      await admin.getByRole('link', { name: 'Remove the course from segment Wales' }).click();
      await admin.getByRole('heading', { name: 'SMART ENROLMENTS' }).waitFor();
    });

    test('is unenrolled from an individual enrolment; what else holds them stays', async () => {
      await admin.goto(`/users/${LEARNER}`);
      await admin.getByLabel('Enrol individually on').selectOption('Module AAA, October 2013');
      await admin.getByRole('button', { name: 'Enrol', exact: true }).click();
      await admin.getByText('on Module AAA, October 2013.').waitFor();
      await admin.getByRole('button', { name: 'Unenrol from Module AAA, October 2013' }).click();
      await admin.getByText('Their record is kept.').waitFor();
      await admin.getByRole('row', { name: /^Module AAA, October 2013 no longer/ }).waitFor();
      await learner.goto('/my');
      await learner.getByRole('region', { name: 'Earlier' }).getByText('Module AAA, October 2013').waitFor();

      // Held twice: the individual enrolment cannot be removed while a segment also holds the person.
      await admin.getByLabel('Enrol individually on').selectOption(COURSE);
      await admin.getByRole('button', { name: 'Enrol', exact: true }).click();
      await admin.getByRole('button', { name: `Unenrol from ${COURSE}` }).click();
      await admin.getByText('Their individual enrolment would still hold them.').waitFor();
    });

    test('keeps a completed course as archived when it is removed from their segment', async () => {
      await stage().lms.db.query('DELETE FROM individual_enrolments WHERE person = $1 AND course = $2', [
        LEARNER,
        'FFF-2014B',
      ]);
      await admin.goto('/settings/segments/wales');
      await menu(admin, COURSE, 'Remove');
      await admin.getByText(/\d+ completed courses? will be archived\./).waitFor();
      const whose = admin.getByRole('region', { name: 'Whose completed course will be archived' });
      await whose.getByRole('link', { name: `Learner ${LEARNER}` }).waitFor();
      await expectAccessible(admin);
      await picture(admin, 'archived', 760);
      const sentence = (await admin.getByText(/learners will be unenrolled\./).textContent()) ?? '';
      await admin.getByLabel('How many will be unenrolled?').fill(/[\d,]+/.exec(sentence)![0].replace(',', ''));
      await admin.getByRole('button', { name: 'OK', exact: true }).click();
      await admin.getByText(`Removed ${COURSE} from segment Wales`).waitFor();
      await learner.goto('/my');
      await learner.getByRole('region', { name: 'Archived' }).getByText(COURSE).waitFor();
      await expectAccessible(learner);
      expect((await learner.goto('/my/courses/FFF-2014B'))?.status()).toBe(404);
    });
  });
}
