CREATE TABLE old_text_users (id VARBINARY(200) PRIMARY KEY, site VARCHAR(20), grade INTEGER);

CREATE TABLE old_text_courses (id VARCHAR(20) PRIMARY KEY, method VARCHAR(30));

INSERT INTO old_text_users (id, site, grade) VALUES
  ('ü-00', 'Leeds', 0),
  ('ü-01', 'York', 1),
  ('ü-02', 'Leeds', 2),
  ('ü-03', 'York', 3),
  ('ü-04', 'Leeds', 4),
  ('ü-05', 'York', 0),
  ('ü-06', 'Leeds', 1),
  ('ü-07', 'York', 2),
  ('ü-08', 'Leeds', 3),
  ('ü-09', 'York', 4),
  ('ü-10', 'Leeds', 0),
  ('ü-11', 'York', 1),
  ('ü-12', 'Leeds', 2),
  ('ü-13', 'York', 3),
  ('ü-14', 'Leeds', 4),
  ('ü-15', 'York', 0),
  ('ü-16', 'Leeds', 1),
  ('ü-17', 'York', 2),
  ('ü-18', 'Leeds', 3),
  ('ü-19', 'York', 4);

INSERT INTO old_text_courses (id, method) VALUES ('c1', 'by-assignment-only'), ('c2', 'by-assignment-only'), ('c3', 'by-assignment-only');

CREATE TABLE IF NOT EXISTS `old_text_se_schema` (
  one INTEGER PRIMARY KEY,
  description LONGTEXT CHARACTER SET utf8mb4 NOT NULL
);

CREATE TABLE IF NOT EXISTS `old_text_se_catalog` (
  tenant VARBINARY(64) PRIMARY KEY,
  revision BIGINT NOT NULL,
  stamp VARCHAR(64) CHARACTER SET ascii NOT NULL
);

CREATE TABLE IF NOT EXISTS `old_text_se_segments` (
  tenant VARBINARY(64) NOT NULL,
  id VARBINARY(1024) NOT NULL,
  title LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  rule LONGTEXT CHARACTER SET utf8mb4,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE IF NOT EXISTS `old_text_se_links` (
  tenant VARBINARY(64) NOT NULL,
  id VARBINARY(1024) NOT NULL,
  segment_id VARBINARY(1024) NOT NULL,
  course_id VARBINARY(1024) NOT NULL,
  profile LONGTEXT CHARACTER SET utf8mb4,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE IF NOT EXISTS `old_text_se_unsettled` (
  tenant VARBINARY(64) NOT NULL,
  revision BIGINT NOT NULL,
  stamp VARCHAR(64) CHARACTER SET ascii NOT NULL,
  links LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  courses LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  pass VARCHAR(64) CHARACTER SET ascii NOT NULL,
  after_id LONGTEXT CHARACTER SET utf8mb4,
  PRIMARY KEY (tenant, revision)
);

CREATE TABLE IF NOT EXISTS `old_text_se_learners` (
  tenant VARBINARY(64) NOT NULL,
  learner_id VARBINARY(1024) NOT NULL,
  held LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  PRIMARY KEY (tenant, learner_id)
);

CREATE TABLE IF NOT EXISTS `old_text_se_pairs` (
  no BIGINT AUTO_INCREMENT PRIMARY KEY,
  tenant VARBINARY(64) NOT NULL,
  course_id VARBINARY(1024) NOT NULL,
  link_id VARBINARY(1024) NOT NULL,
  hash BINARY(32) AS (UNHEX(SHA2(CONCAT(LENGTH(course_id), ':', course_id, link_id), 256))) STORED,
  UNIQUE (tenant, hash),
  INDEX (tenant, link_id(255))
);

INSERT INTO `old_text_se_schema` (one, description) VALUES (1, '{"version":1,"learnerIds":"text"}') ON DUPLICATE KEY UPDATE one = 1;

INSERT INTO old_text_se_catalog (tenant, revision, stamp) VALUES
  ('', 2, 'aae60f89-3e73-4247-9f30-c6777d54c241'),
  ('one', 3, '55a1083b-ce45-4639-ab75-8556aafef704'),
  ('three', 3, '580a05ec-8b5b-40bc-b9cf-bd749e8cc552'),
  ('two', 3, 'd9c3812b-881c-4d5c-86ed-9f855ccd32c3');

INSERT INTO old_text_se_segments (tenant, id, title, rule) VALUES
  ('', 'all', 'Title of "all"', '{"everyone":true}'),
  ('', 'Leeds', 'Title of "Leeds"', '{"field":"site","op":"equals","value":"Leeds"}'),
  ('', 'York', 'Title of "York"', '{"field":"site","op":"equals","value":"York"}'),
  ('one', 'all', 'Title of "all"', '{"everyone":true}'),
  ('one', 'Leeds', 'Title of "Leeds"', '{"field":"site","op":"equals","value":"Leeds"}'),
  ('one', 'York', 'Title of "York"', '{"field":"site","op":"equals","value":"York"}'),
  ('three', 'all', 'Title of "all"', '{"everyone":true}'),
  ('three', 'Leeds', 'Title of "Leeds"', '{"field":"site","op":"equals","value":"Leeds"}'),
  ('three', 'York', 'Title of "York"', '{"field":"site","op":"equals","value":"York"}'),
  ('two', 'all', 'Title of "all"', '{"everyone":true}'),
  ('two', 'Leeds', 'Title of "Leeds"', '{"field":"site","op":"equals","value":"Leeds"}'),
  ('two', 'York', 'Title of "York"', '{"field":"site","op":"equals","value":"York"}');

INSERT INTO old_text_se_links (tenant, id, segment_id, course_id, profile) VALUES
  ('', '["all","c3"]', 'all', 'c3', NULL),
  ('', '["Leeds","c1"]', 'Leeds', 'c1', NULL),
  ('', '["York","c2"]', 'York', 'c2', '{"field":"grade","op":"gte","value":2}'),
  ('one', '["Leeds","c1"]', 'Leeds', 'c1', NULL),
  ('one', '["York","c2"]', 'York', 'c2', '{"field":"grade","op":"gte","value":2}'),
  ('three', '["Leeds","c1"]', 'Leeds', 'c1', NULL),
  ('three', '["York","c2"]', 'York', 'c2', '{"field":"grade","op":"gte","value":2}'),
  ('two', '["all","c1"]', 'all', 'c1', NULL),
  ('two', '["all","c3"]', 'all', 'c3', NULL),
  ('two', '["Leeds","c1"]', 'Leeds', 'c1', NULL),
  ('two', '["York","c2"]', 'York', 'c2', '{"field":"grade","op":"gte","value":2}');

INSERT INTO old_text_se_unsettled (tenant, revision, stamp, links, courses, pass, after_id) VALUES
  ('one', 3, 'f5724efe-e692-411c-a0f6-ab58a5a3c9a0', '["[\\"all\\",\\"c3\\"]"]', '["c3"]', 'holders', 'ü-07'),
  ('three', 3, 'ad051ee6-629e-4e45-9792-b768844a9494', '["[\\"all\\",\\"c3\\"]"]', '["c3"]', 'holders', NULL),
  ('two', 3, '4bf49654-80e9-4e05-8a6e-1bb62a473163', '["[\\"all\\",\\"c1\\"]"]', '["c1"]', 'audience', 'ü-11');

INSERT INTO old_text_se_learners (tenant, learner_id, held) VALUES
  ('', 'ü-00', '1,3'),
  ('', 'ü-01', '3'),
  ('', 'ü-02', '1,3'),
  ('', 'ü-03', '2,3'),
  ('', 'ü-04', '1,3'),
  ('', 'ü-05', '3'),
  ('', 'ü-06', '1,3'),
  ('', 'ü-07', '2,3'),
  ('', 'ü-08', '1,3'),
  ('', 'ü-09', '2,3'),
  ('', 'ü-10', '1,3'),
  ('', 'ü-11', '3'),
  ('', 'ü-12', '1,3'),
  ('', 'ü-13', '2,3'),
  ('', 'ü-14', '1,3'),
  ('', 'ü-15', '3'),
  ('', 'ü-16', '1,3'),
  ('', 'ü-17', '2,3'),
  ('', 'ü-18', '1,3'),
  ('', 'ü-19', '2,3'),
  ('one', 'ü-00', '4'),
  ('one', 'ü-01', ''),
  ('one', 'ü-02', '4'),
  ('one', 'ü-03', '5'),
  ('one', 'ü-04', '4'),
  ('one', 'ü-05', ''),
  ('one', 'ü-06', '4'),
  ('one', 'ü-07', '5'),
  ('one', 'ü-08', '4,6'),
  ('one', 'ü-09', '5,6'),
  ('one', 'ü-10', '4,6'),
  ('one', 'ü-11', '6'),
  ('one', 'ü-12', '4,6'),
  ('one', 'ü-13', '5,6'),
  ('one', 'ü-14', '4,6'),
  ('one', 'ü-15', '6'),
  ('one', 'ü-16', '4,6'),
  ('one', 'ü-17', '5,6'),
  ('one', 'ü-18', '4,6'),
  ('one', 'ü-19', '5,6'),
  ('three', 'ü-00', '11,13'),
  ('three', 'ü-01', '13'),
  ('three', 'ü-02', '11,13'),
  ('three', 'ü-03', '12,13'),
  ('three', 'ü-04', '11,13'),
  ('three', 'ü-05', '13'),
  ('three', 'ü-06', '11,13'),
  ('three', 'ü-07', '12,13'),
  ('three', 'ü-08', '11,13'),
  ('three', 'ü-09', '12,13'),
  ('three', 'ü-10', '11,13'),
  ('three', 'ü-11', '13'),
  ('three', 'ü-12', '11,13'),
  ('three', 'ü-13', '12,13'),
  ('three', 'ü-14', '11,13'),
  ('three', 'ü-15', '13'),
  ('three', 'ü-16', '11,13'),
  ('three', 'ü-17', '12,13'),
  ('three', 'ü-18', '11,13'),
  ('three', 'ü-19', '12,13'),
  ('two', 'ü-00', '7,10,9'),
  ('two', 'ü-01', '10,9'),
  ('two', 'ü-02', '7,10,9'),
  ('two', 'ü-03', '10,8,9'),
  ('two', 'ü-04', '7,10,9'),
  ('two', 'ü-05', '10,9'),
  ('two', 'ü-06', '7,10,9'),
  ('two', 'ü-07', '10,8,9'),
  ('two', 'ü-08', '7,10,9'),
  ('two', 'ü-09', '10,8,9'),
  ('two', 'ü-10', '7,10,9'),
  ('two', 'ü-11', '10,9'),
  ('two', 'ü-12', '7,9'),
  ('two', 'ü-13', '8,9'),
  ('two', 'ü-14', '7,9'),
  ('two', 'ü-15', '9'),
  ('two', 'ü-16', '7,9'),
  ('two', 'ü-17', '8,9'),
  ('two', 'ü-18', '7,9'),
  ('two', 'ü-19', '8,9');

INSERT INTO old_text_se_pairs (no, tenant, course_id, link_id) VALUES
  (1, '', 'c1', '["Leeds","c1"]'),
  (2, '', 'c2', '["York","c2"]'),
  (3, '', 'c3', '["all","c3"]'),
  (4, 'one', 'c1', '["Leeds","c1"]'),
  (5, 'one', 'c2', '["York","c2"]'),
  (6, 'one', 'c3', '["all","c3"]'),
  (7, 'two', 'c1', '["Leeds","c1"]'),
  (8, 'two', 'c2', '["York","c2"]'),
  (9, 'two', 'c3', '["all","c3"]'),
  (10, 'two', 'c1', '["all","c1"]'),
  (11, 'three', 'c1', '["Leeds","c1"]'),
  (12, 'three', 'c2', '["York","c2"]'),
  (13, 'three', 'c3', '["all","c3"]');

CREATE TABLE old_integer_users (id BIGINT PRIMARY KEY, site VARCHAR(20), grade INTEGER);

CREATE TABLE old_integer_courses (id VARCHAR(20) PRIMARY KEY, method VARCHAR(30));

INSERT INTO old_integer_users (id, site, grade) VALUES
  ('0', 'Leeds', 0),
  ('1', 'York', 1),
  ('2', 'Leeds', 2),
  ('3', 'York', 3),
  ('4', 'Leeds', 4),
  ('5', 'York', 0),
  ('6', 'Leeds', 1),
  ('7', 'York', 2),
  ('8', 'Leeds', 3),
  ('9', 'York', 4),
  ('10', 'Leeds', 0),
  ('11', 'York', 1),
  ('12', 'Leeds', 2),
  ('13', 'York', 3),
  ('14', 'Leeds', 4),
  ('15', 'York', 0),
  ('16', 'Leeds', 1),
  ('17', 'York', 2),
  ('18', 'Leeds', 3),
  ('19', 'York', 4);

INSERT INTO old_integer_courses (id, method) VALUES ('c1', 'by-assignment-only'), ('c2', 'by-assignment-only'), ('c3', 'by-assignment-only');

CREATE TABLE IF NOT EXISTS `old_integer_se_schema` (
  one INTEGER PRIMARY KEY,
  description LONGTEXT CHARACTER SET utf8mb4 NOT NULL
);

CREATE TABLE IF NOT EXISTS `old_integer_se_catalog` (
  tenant VARBINARY(64) PRIMARY KEY,
  revision BIGINT NOT NULL,
  stamp VARCHAR(64) CHARACTER SET ascii NOT NULL
);

CREATE TABLE IF NOT EXISTS `old_integer_se_segments` (
  tenant VARBINARY(64) NOT NULL,
  id VARBINARY(1024) NOT NULL,
  title LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  rule LONGTEXT CHARACTER SET utf8mb4,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE IF NOT EXISTS `old_integer_se_links` (
  tenant VARBINARY(64) NOT NULL,
  id VARBINARY(1024) NOT NULL,
  segment_id VARBINARY(1024) NOT NULL,
  course_id VARBINARY(1024) NOT NULL,
  profile LONGTEXT CHARACTER SET utf8mb4,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE IF NOT EXISTS `old_integer_se_unsettled` (
  tenant VARBINARY(64) NOT NULL,
  revision BIGINT NOT NULL,
  stamp VARCHAR(64) CHARACTER SET ascii NOT NULL,
  links LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  courses LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  pass VARCHAR(64) CHARACTER SET ascii NOT NULL,
  after_id LONGTEXT CHARACTER SET utf8mb4,
  PRIMARY KEY (tenant, revision)
);

CREATE TABLE IF NOT EXISTS `old_integer_se_learners` (
  tenant VARBINARY(64) NOT NULL,
  learner_id BIGINT NOT NULL,
  held LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  PRIMARY KEY (tenant, learner_id)
);

CREATE TABLE IF NOT EXISTS `old_integer_se_pairs` (
  no BIGINT AUTO_INCREMENT PRIMARY KEY,
  tenant VARBINARY(64) NOT NULL,
  course_id VARBINARY(1024) NOT NULL,
  link_id VARBINARY(1024) NOT NULL,
  hash BINARY(32) AS (UNHEX(SHA2(CONCAT(LENGTH(course_id), ':', course_id, link_id), 256))) STORED,
  UNIQUE (tenant, hash),
  INDEX (tenant, link_id(255))
);

INSERT INTO `old_integer_se_schema` (one, description) VALUES (1, '{"version":1,"learnerIds":"integer"}') ON DUPLICATE KEY UPDATE one = 1;

INSERT INTO old_integer_se_catalog (tenant, revision, stamp) VALUES
  ('', 2, '54f5e438-a20c-44a2-b942-f6a7b8bbc7aa'),
  ('one', 3, '1dfaaac6-92d3-42b7-ad2a-97d8ff808564'),
  ('three', 3, '4dd06ee2-17d3-4242-a735-4ae3a6420fa3'),
  ('two', 3, '06df7161-10da-429e-9975-0785f3396451');

INSERT INTO old_integer_se_segments (tenant, id, title, rule) VALUES
  ('', 'all', 'Title of "all"', '{"everyone":true}'),
  ('', 'Leeds', 'Title of "Leeds"', '{"field":"site","op":"equals","value":"Leeds"}'),
  ('', 'York', 'Title of "York"', '{"field":"site","op":"equals","value":"York"}'),
  ('one', 'all', 'Title of "all"', '{"everyone":true}'),
  ('one', 'Leeds', 'Title of "Leeds"', '{"field":"site","op":"equals","value":"Leeds"}'),
  ('one', 'York', 'Title of "York"', '{"field":"site","op":"equals","value":"York"}'),
  ('three', 'all', 'Title of "all"', '{"everyone":true}'),
  ('three', 'Leeds', 'Title of "Leeds"', '{"field":"site","op":"equals","value":"Leeds"}'),
  ('three', 'York', 'Title of "York"', '{"field":"site","op":"equals","value":"York"}'),
  ('two', 'all', 'Title of "all"', '{"everyone":true}'),
  ('two', 'Leeds', 'Title of "Leeds"', '{"field":"site","op":"equals","value":"Leeds"}'),
  ('two', 'York', 'Title of "York"', '{"field":"site","op":"equals","value":"York"}');

INSERT INTO old_integer_se_links (tenant, id, segment_id, course_id, profile) VALUES
  ('', '["all","c3"]', 'all', 'c3', NULL),
  ('', '["Leeds","c1"]', 'Leeds', 'c1', NULL),
  ('', '["York","c2"]', 'York', 'c2', '{"field":"grade","op":"gte","value":2}'),
  ('one', '["Leeds","c1"]', 'Leeds', 'c1', NULL),
  ('one', '["York","c2"]', 'York', 'c2', '{"field":"grade","op":"gte","value":2}'),
  ('three', '["Leeds","c1"]', 'Leeds', 'c1', NULL),
  ('three', '["York","c2"]', 'York', 'c2', '{"field":"grade","op":"gte","value":2}'),
  ('two', '["all","c1"]', 'all', 'c1', NULL),
  ('two', '["all","c3"]', 'all', 'c3', NULL),
  ('two', '["Leeds","c1"]', 'Leeds', 'c1', NULL),
  ('two', '["York","c2"]', 'York', 'c2', '{"field":"grade","op":"gte","value":2}');

INSERT INTO old_integer_se_unsettled (tenant, revision, stamp, links, courses, pass, after_id) VALUES
  ('one', 3, '59d0acba-f111-4224-b865-4479345c1e44', '["[\\"all\\",\\"c3\\"]"]', '["c3"]', 'holders', '7'),
  ('three', 3, '27a605ff-5599-41fc-9452-b1429870987f', '["[\\"all\\",\\"c3\\"]"]', '["c3"]', 'holders', NULL),
  ('two', 3, '078ddadb-6398-48a8-bc5a-1bede95a2e16', '["[\\"all\\",\\"c1\\"]"]', '["c1"]', 'audience', '11');

INSERT INTO old_integer_se_learners (tenant, learner_id, held) VALUES
  ('', '0', '1,3'),
  ('', '1', '3'),
  ('', '10', '1,3'),
  ('', '11', '3'),
  ('', '12', '1,3'),
  ('', '13', '2,3'),
  ('', '14', '1,3'),
  ('', '15', '3'),
  ('', '16', '1,3'),
  ('', '17', '2,3'),
  ('', '18', '1,3'),
  ('', '19', '2,3'),
  ('', '2', '1,3'),
  ('', '3', '2,3'),
  ('', '4', '1,3'),
  ('', '5', '3'),
  ('', '6', '1,3'),
  ('', '7', '2,3'),
  ('', '8', '1,3'),
  ('', '9', '2,3'),
  ('one', '0', '4'),
  ('one', '1', ''),
  ('one', '10', '4,6'),
  ('one', '11', '6'),
  ('one', '12', '4,6'),
  ('one', '13', '5,6'),
  ('one', '14', '4,6'),
  ('one', '15', '6'),
  ('one', '16', '4,6'),
  ('one', '17', '5,6'),
  ('one', '18', '4,6'),
  ('one', '19', '5,6'),
  ('one', '2', '4'),
  ('one', '3', '5'),
  ('one', '4', '4'),
  ('one', '5', ''),
  ('one', '6', '4'),
  ('one', '7', '5'),
  ('one', '8', '4,6'),
  ('one', '9', '5,6'),
  ('three', '0', '11,13'),
  ('three', '1', '13'),
  ('three', '10', '11,13'),
  ('three', '11', '13'),
  ('three', '12', '11,13'),
  ('three', '13', '12,13'),
  ('three', '14', '11,13'),
  ('three', '15', '13'),
  ('three', '16', '11,13'),
  ('three', '17', '12,13'),
  ('three', '18', '11,13'),
  ('three', '19', '12,13'),
  ('three', '2', '11,13'),
  ('three', '3', '12,13'),
  ('three', '4', '11,13'),
  ('three', '5', '13'),
  ('three', '6', '11,13'),
  ('three', '7', '12,13'),
  ('three', '8', '11,13'),
  ('three', '9', '12,13'),
  ('two', '0', '7,10,9'),
  ('two', '1', '10,9'),
  ('two', '10', '7,10,9'),
  ('two', '11', '10,9'),
  ('two', '12', '7,9'),
  ('two', '13', '8,9'),
  ('two', '14', '7,9'),
  ('two', '15', '9'),
  ('two', '16', '7,9'),
  ('two', '17', '8,9'),
  ('two', '18', '7,9'),
  ('two', '19', '8,9'),
  ('two', '2', '7,10,9'),
  ('two', '3', '10,8,9'),
  ('two', '4', '7,10,9'),
  ('two', '5', '10,9'),
  ('two', '6', '7,10,9'),
  ('two', '7', '10,8,9'),
  ('two', '8', '7,10,9'),
  ('two', '9', '10,8,9');

INSERT INTO old_integer_se_pairs (no, tenant, course_id, link_id) VALUES
  (1, '', 'c1', '["Leeds","c1"]'),
  (2, '', 'c2', '["York","c2"]'),
  (3, '', 'c3', '["all","c3"]'),
  (4, 'one', 'c1', '["Leeds","c1"]'),
  (5, 'one', 'c2', '["York","c2"]'),
  (6, 'one', 'c3', '["all","c3"]'),
  (7, 'two', 'c1', '["Leeds","c1"]'),
  (8, 'two', 'c2', '["York","c2"]'),
  (9, 'two', 'c3', '["all","c3"]'),
  (10, 'two', 'c1', '["all","c1"]'),
  (11, 'three', 'c1', '["Leeds","c1"]'),
  (12, 'three', 'c2', '["York","c2"]'),
  (13, 'three', 'c3', '["all","c3"]');

CREATE TABLE old_uuid_users (id CHAR(36) CHARACTER SET ascii PRIMARY KEY, site VARCHAR(20), grade INTEGER);

CREATE TABLE old_uuid_courses (id VARCHAR(20) PRIMARY KEY, method VARCHAR(30));

INSERT INTO old_uuid_users (id, site, grade) VALUES
  ('00000000-0000-4000-8000-000000000000', 'Leeds', 0),
  ('00000000-0000-4000-8000-000000000001', 'York', 1),
  ('00000000-0000-4000-8000-000000000002', 'Leeds', 2),
  ('00000000-0000-4000-8000-000000000003', 'York', 3),
  ('00000000-0000-4000-8000-000000000004', 'Leeds', 4),
  ('00000000-0000-4000-8000-000000000005', 'York', 0),
  ('00000000-0000-4000-8000-000000000006', 'Leeds', 1),
  ('00000000-0000-4000-8000-000000000007', 'York', 2),
  ('00000000-0000-4000-8000-000000000008', 'Leeds', 3),
  ('00000000-0000-4000-8000-000000000009', 'York', 4),
  ('00000000-0000-4000-8000-000000000010', 'Leeds', 0),
  ('00000000-0000-4000-8000-000000000011', 'York', 1),
  ('00000000-0000-4000-8000-000000000012', 'Leeds', 2),
  ('00000000-0000-4000-8000-000000000013', 'York', 3),
  ('00000000-0000-4000-8000-000000000014', 'Leeds', 4),
  ('00000000-0000-4000-8000-000000000015', 'York', 0),
  ('00000000-0000-4000-8000-000000000016', 'Leeds', 1),
  ('00000000-0000-4000-8000-000000000017', 'York', 2),
  ('00000000-0000-4000-8000-000000000018', 'Leeds', 3),
  ('00000000-0000-4000-8000-000000000019', 'York', 4);

INSERT INTO old_uuid_courses (id, method) VALUES ('c1', 'by-assignment-only'), ('c2', 'by-assignment-only'), ('c3', 'by-assignment-only');

CREATE TABLE IF NOT EXISTS `old_uuid_se_schema` (
  one INTEGER PRIMARY KEY,
  description LONGTEXT CHARACTER SET utf8mb4 NOT NULL
);

CREATE TABLE IF NOT EXISTS `old_uuid_se_catalog` (
  tenant VARBINARY(64) PRIMARY KEY,
  revision BIGINT NOT NULL,
  stamp VARCHAR(64) CHARACTER SET ascii NOT NULL
);

CREATE TABLE IF NOT EXISTS `old_uuid_se_segments` (
  tenant VARBINARY(64) NOT NULL,
  id VARBINARY(1024) NOT NULL,
  title LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  rule LONGTEXT CHARACTER SET utf8mb4,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE IF NOT EXISTS `old_uuid_se_links` (
  tenant VARBINARY(64) NOT NULL,
  id VARBINARY(1024) NOT NULL,
  segment_id VARBINARY(1024) NOT NULL,
  course_id VARBINARY(1024) NOT NULL,
  profile LONGTEXT CHARACTER SET utf8mb4,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE IF NOT EXISTS `old_uuid_se_unsettled` (
  tenant VARBINARY(64) NOT NULL,
  revision BIGINT NOT NULL,
  stamp VARCHAR(64) CHARACTER SET ascii NOT NULL,
  links LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  courses LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  pass VARCHAR(64) CHARACTER SET ascii NOT NULL,
  after_id LONGTEXT CHARACTER SET utf8mb4,
  PRIMARY KEY (tenant, revision)
);

CREATE TABLE IF NOT EXISTS `old_uuid_se_learners` (
  tenant VARBINARY(64) NOT NULL,
  learner_id CHAR(36) CHARACTER SET ascii NOT NULL,
  held LONGTEXT CHARACTER SET utf8mb4 NOT NULL,
  PRIMARY KEY (tenant, learner_id)
);

CREATE TABLE IF NOT EXISTS `old_uuid_se_pairs` (
  no BIGINT AUTO_INCREMENT PRIMARY KEY,
  tenant VARBINARY(64) NOT NULL,
  course_id VARBINARY(1024) NOT NULL,
  link_id VARBINARY(1024) NOT NULL,
  hash BINARY(32) AS (UNHEX(SHA2(CONCAT(LENGTH(course_id), ':', course_id, link_id), 256))) STORED,
  UNIQUE (tenant, hash),
  INDEX (tenant, link_id(255))
);

INSERT INTO `old_uuid_se_schema` (one, description) VALUES (1, '{"version":1,"learnerIds":"uuid"}') ON DUPLICATE KEY UPDATE one = 1;

INSERT INTO old_uuid_se_catalog (tenant, revision, stamp) VALUES
  ('', 2, '4365c2b3-6d20-4a31-a649-9009029fdd72'),
  ('one', 3, '5664d0aa-03af-4e25-ad89-4e2c85ccf88b'),
  ('three', 3, '5fe0476f-b7fa-4f33-81a4-a36844cfa64e'),
  ('two', 3, 'cbc45850-e2fb-44e2-b014-d82a82d2e515');

INSERT INTO old_uuid_se_segments (tenant, id, title, rule) VALUES
  ('', 'all', 'Title of "all"', '{"everyone":true}'),
  ('', 'Leeds', 'Title of "Leeds"', '{"field":"site","op":"equals","value":"Leeds"}'),
  ('', 'York', 'Title of "York"', '{"field":"site","op":"equals","value":"York"}'),
  ('one', 'all', 'Title of "all"', '{"everyone":true}'),
  ('one', 'Leeds', 'Title of "Leeds"', '{"field":"site","op":"equals","value":"Leeds"}'),
  ('one', 'York', 'Title of "York"', '{"field":"site","op":"equals","value":"York"}'),
  ('three', 'all', 'Title of "all"', '{"everyone":true}'),
  ('three', 'Leeds', 'Title of "Leeds"', '{"field":"site","op":"equals","value":"Leeds"}'),
  ('three', 'York', 'Title of "York"', '{"field":"site","op":"equals","value":"York"}'),
  ('two', 'all', 'Title of "all"', '{"everyone":true}'),
  ('two', 'Leeds', 'Title of "Leeds"', '{"field":"site","op":"equals","value":"Leeds"}'),
  ('two', 'York', 'Title of "York"', '{"field":"site","op":"equals","value":"York"}');

INSERT INTO old_uuid_se_links (tenant, id, segment_id, course_id, profile) VALUES
  ('', '["all","c3"]', 'all', 'c3', NULL),
  ('', '["Leeds","c1"]', 'Leeds', 'c1', NULL),
  ('', '["York","c2"]', 'York', 'c2', '{"field":"grade","op":"gte","value":2}'),
  ('one', '["Leeds","c1"]', 'Leeds', 'c1', NULL),
  ('one', '["York","c2"]', 'York', 'c2', '{"field":"grade","op":"gte","value":2}'),
  ('three', '["Leeds","c1"]', 'Leeds', 'c1', NULL),
  ('three', '["York","c2"]', 'York', 'c2', '{"field":"grade","op":"gte","value":2}'),
  ('two', '["all","c1"]', 'all', 'c1', NULL),
  ('two', '["all","c3"]', 'all', 'c3', NULL),
  ('two', '["Leeds","c1"]', 'Leeds', 'c1', NULL),
  ('two', '["York","c2"]', 'York', 'c2', '{"field":"grade","op":"gte","value":2}');

INSERT INTO old_uuid_se_unsettled (tenant, revision, stamp, links, courses, pass, after_id) VALUES
  ('one', 3, '6c3ec632-927d-4c3e-a23e-9bd4569e40ff', '["[\\"all\\",\\"c3\\"]"]', '["c3"]', 'holders', '00000000-0000-4000-8000-000000000007'),
  ('three', 3, '8568a22f-7e4a-442d-811d-a123936f1759', '["[\\"all\\",\\"c3\\"]"]', '["c3"]', 'holders', NULL),
  ('two', 3, 'd7b1d26f-97bb-4eda-a822-0d47ff04998f', '["[\\"all\\",\\"c1\\"]"]', '["c1"]', 'audience', '00000000-0000-4000-8000-000000000011');

INSERT INTO old_uuid_se_learners (tenant, learner_id, held) VALUES
  ('', '00000000-0000-4000-8000-000000000000', '1,3'),
  ('', '00000000-0000-4000-8000-000000000001', '3'),
  ('', '00000000-0000-4000-8000-000000000002', '1,3'),
  ('', '00000000-0000-4000-8000-000000000003', '2,3'),
  ('', '00000000-0000-4000-8000-000000000004', '1,3'),
  ('', '00000000-0000-4000-8000-000000000005', '3'),
  ('', '00000000-0000-4000-8000-000000000006', '1,3'),
  ('', '00000000-0000-4000-8000-000000000007', '2,3'),
  ('', '00000000-0000-4000-8000-000000000008', '1,3'),
  ('', '00000000-0000-4000-8000-000000000009', '2,3'),
  ('', '00000000-0000-4000-8000-000000000010', '1,3'),
  ('', '00000000-0000-4000-8000-000000000011', '3'),
  ('', '00000000-0000-4000-8000-000000000012', '1,3'),
  ('', '00000000-0000-4000-8000-000000000013', '2,3'),
  ('', '00000000-0000-4000-8000-000000000014', '1,3'),
  ('', '00000000-0000-4000-8000-000000000015', '3'),
  ('', '00000000-0000-4000-8000-000000000016', '1,3'),
  ('', '00000000-0000-4000-8000-000000000017', '2,3'),
  ('', '00000000-0000-4000-8000-000000000018', '1,3'),
  ('', '00000000-0000-4000-8000-000000000019', '2,3'),
  ('one', '00000000-0000-4000-8000-000000000000', '4'),
  ('one', '00000000-0000-4000-8000-000000000001', ''),
  ('one', '00000000-0000-4000-8000-000000000002', '4'),
  ('one', '00000000-0000-4000-8000-000000000003', '5'),
  ('one', '00000000-0000-4000-8000-000000000004', '4'),
  ('one', '00000000-0000-4000-8000-000000000005', ''),
  ('one', '00000000-0000-4000-8000-000000000006', '4'),
  ('one', '00000000-0000-4000-8000-000000000007', '5'),
  ('one', '00000000-0000-4000-8000-000000000008', '4,6'),
  ('one', '00000000-0000-4000-8000-000000000009', '5,6'),
  ('one', '00000000-0000-4000-8000-000000000010', '4,6'),
  ('one', '00000000-0000-4000-8000-000000000011', '6'),
  ('one', '00000000-0000-4000-8000-000000000012', '4,6'),
  ('one', '00000000-0000-4000-8000-000000000013', '5,6'),
  ('one', '00000000-0000-4000-8000-000000000014', '4,6'),
  ('one', '00000000-0000-4000-8000-000000000015', '6'),
  ('one', '00000000-0000-4000-8000-000000000016', '4,6'),
  ('one', '00000000-0000-4000-8000-000000000017', '5,6'),
  ('one', '00000000-0000-4000-8000-000000000018', '4,6'),
  ('one', '00000000-0000-4000-8000-000000000019', '5,6'),
  ('three', '00000000-0000-4000-8000-000000000000', '11,13'),
  ('three', '00000000-0000-4000-8000-000000000001', '13'),
  ('three', '00000000-0000-4000-8000-000000000002', '11,13'),
  ('three', '00000000-0000-4000-8000-000000000003', '12,13'),
  ('three', '00000000-0000-4000-8000-000000000004', '11,13'),
  ('three', '00000000-0000-4000-8000-000000000005', '13'),
  ('three', '00000000-0000-4000-8000-000000000006', '11,13'),
  ('three', '00000000-0000-4000-8000-000000000007', '12,13'),
  ('three', '00000000-0000-4000-8000-000000000008', '11,13'),
  ('three', '00000000-0000-4000-8000-000000000009', '12,13'),
  ('three', '00000000-0000-4000-8000-000000000010', '11,13'),
  ('three', '00000000-0000-4000-8000-000000000011', '13'),
  ('three', '00000000-0000-4000-8000-000000000012', '11,13'),
  ('three', '00000000-0000-4000-8000-000000000013', '12,13'),
  ('three', '00000000-0000-4000-8000-000000000014', '11,13'),
  ('three', '00000000-0000-4000-8000-000000000015', '13'),
  ('three', '00000000-0000-4000-8000-000000000016', '11,13'),
  ('three', '00000000-0000-4000-8000-000000000017', '12,13'),
  ('three', '00000000-0000-4000-8000-000000000018', '11,13'),
  ('three', '00000000-0000-4000-8000-000000000019', '12,13'),
  ('two', '00000000-0000-4000-8000-000000000000', '7,10,9'),
  ('two', '00000000-0000-4000-8000-000000000001', '10,9'),
  ('two', '00000000-0000-4000-8000-000000000002', '7,10,9'),
  ('two', '00000000-0000-4000-8000-000000000003', '10,8,9'),
  ('two', '00000000-0000-4000-8000-000000000004', '7,10,9'),
  ('two', '00000000-0000-4000-8000-000000000005', '10,9'),
  ('two', '00000000-0000-4000-8000-000000000006', '7,10,9'),
  ('two', '00000000-0000-4000-8000-000000000007', '10,8,9'),
  ('two', '00000000-0000-4000-8000-000000000008', '7,10,9'),
  ('two', '00000000-0000-4000-8000-000000000009', '10,8,9'),
  ('two', '00000000-0000-4000-8000-000000000010', '7,10,9'),
  ('two', '00000000-0000-4000-8000-000000000011', '10,9'),
  ('two', '00000000-0000-4000-8000-000000000012', '7,9'),
  ('two', '00000000-0000-4000-8000-000000000013', '8,9'),
  ('two', '00000000-0000-4000-8000-000000000014', '7,9'),
  ('two', '00000000-0000-4000-8000-000000000015', '9'),
  ('two', '00000000-0000-4000-8000-000000000016', '7,9'),
  ('two', '00000000-0000-4000-8000-000000000017', '8,9'),
  ('two', '00000000-0000-4000-8000-000000000018', '7,9'),
  ('two', '00000000-0000-4000-8000-000000000019', '8,9');

INSERT INTO old_uuid_se_pairs (no, tenant, course_id, link_id) VALUES
  (1, '', 'c1', '["Leeds","c1"]'),
  (2, '', 'c2', '["York","c2"]'),
  (3, '', 'c3', '["all","c3"]'),
  (4, 'one', 'c1', '["Leeds","c1"]'),
  (5, 'one', 'c2', '["York","c2"]'),
  (6, 'one', 'c3', '["all","c3"]'),
  (7, 'two', 'c1', '["Leeds","c1"]'),
  (8, 'two', 'c2', '["York","c2"]'),
  (9, 'two', 'c3', '["all","c3"]'),
  (10, 'two', 'c1', '["all","c1"]'),
  (11, 'three', 'c1', '["Leeds","c1"]'),
  (12, 'three', 'c2', '["York","c2"]'),
  (13, 'three', 'c3', '["all","c3"]');
