const { PGHOST, PGPORT, PGUSER, PGPASSWORD, MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_PASSWORD } = process.env;

/** Where the servers are. Defaults to a trusted superuser on this machine; the environment can override it. */
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

/** The database of these tests, on each server. */
export const DATABASE = 'smart_enrolments_test_drivers';
