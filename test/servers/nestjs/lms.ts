import 'reflect-metadata';
import { type DynamicModule, Inject, Injectable, Module, type OnModuleDestroy } from '@nestjs/common';
import { DataSource, type DataSourceOptions, EntityManager } from 'typeorm';
import { field, linkCourses, saveSegment } from '../../../src/index.js';
import { createSqlEnrolments, fromTypeOrm, migrate, type SqlEnrolments, sqlHost } from '../../../src/sql/index.js';
import { ambient, Transactional } from './transactions.js';

const ENROLMENTS = Symbol('enrolments');

const host = sqlHost({
  learners: { table: 'users', id: 'id', ids: 'integer', active: 'active', columns: { site: 'site' } },
  fields: [{ id: 'site', type: 'text' }],
  courses: { table: 'courses', id: 'id', enrolmentMethod: 'enrolment_method' },
  individual: { table: 'enrolments', learner: 'user_id', course: 'course_id' },
  training: { table: 'training', learner: 'user_id', course: 'course_id', status: 'status', archived: 'archived_at' },
});

/** What the people of a site have to learn. */
@Injectable()
export class SiteTraining {
  @Inject(EntityManager) readonly manager!: EntityManager;
  @Inject(ENROLMENTS) private readonly enrolments!: SqlEnrolments;

  /** Creates the course and requires it of the site, in one transaction; `check` can still refuse it. */
  @Transactional()
  async require(courseId: string, site: string, check: (enrolled: number) => Promise<void>): Promise<void> {
    await this.manager.query(`INSERT INTO courses VALUES ($1, 'by-assignment-only')`, [courseId]);
    const { summary } = await this.enrolments.apply([
      saveSegment({ id: site, title: `Everyone in ${site}`, rule: field('site').equals(site) }),
      ...linkCourses(site, [courseId]),
    ]);
    await check(summary.enrolled);
  }

  /** Moves a learner, and evaluates them in the same transaction. */
  @Transactional()
  async move(userId: number, site: string): Promise<void> {
    await this.manager.query('UPDATE users SET site = $1 WHERE id = $2', [site, userId]);
    await this.enrolments.learnersChanged([String(userId)]);
  }

  async isEnrolled(userId: number, courseId: string): Promise<boolean> {
    return (await this.enrolments.explain(String(userId), courseId)).enrolled;
  }
}

@Module({})
export class LmsModule implements OnModuleDestroy {
  @Inject(DataSource) private readonly dataSource!: DataSource;

  static over(options: DataSourceOptions): DynamicModule {
    return {
      module: LmsModule,
      providers: [
        { provide: DataSource, useFactory: () => new DataSource(options).initialize() },
        { provide: EntityManager, inject: [DataSource], useFactory: ({ manager }: DataSource) => ambient(manager) },
        {
          provide: ENROLMENTS,
          inject: [EntityManager],
          async useFactory(manager: EntityManager): Promise<SqlEnrolments> {
            const driver = fromTypeOrm(manager);
            await migrate(driver, { learnerIds: 'integer' });
            return createSqlEnrolments({ driver, host });
          },
        },
        SiteTraining,
      ],
    };
  }

  onModuleDestroy(): Promise<void> {
    return this.dataSource.destroy();
  }
}
