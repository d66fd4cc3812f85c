const { PGHOST, PGPORT, PGUSER, PGPASSWORD, MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_PASSWORD } = process.env;

/** Where the servers are; a trusted superuser on this machine unless the environment says otherwise. */
export const POSTGRES = {
  host: PGHOST ?? '127.0.0.1',
  port: Number(PGPORT ?? 5432),
  user: PGUSER ?? 'postgres',
  password: PGPASSWORD ?? '',
};
export const MARIADB = {
  host: MYSQL_HOST ?? '127.0.0.1',
  port: Number(MYSQL_PORT ?? 3306),
  user: MYSQL_USER ?? 'root',
  password: MYSQL_PASSWORD ?? '',
};

/** The database that belongs to these tests, on either. */
export const DATABASE = 'smart_enrolments_test_drivers';
