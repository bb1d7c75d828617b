-- What belongs to the drill application's database by name: settings, limits, ACL, comment, owner. None of it is in the
-- database itself, so a restore that forgets it goes unnoticed until somebody is refused.
-- 2nd script: run once as a superuser, in database postgres, after roles.sql.
-- Placeholders: ${database} (its name, with no quotation mark in it).

ALTER DATABASE "${database}" OWNER TO cloudtolocalllm_owner;
ALTER DATABASE "${database}" CONNECTION LIMIT 150;

ALTER DATABASE "${database}" SET timezone = 'UTC';
ALTER DATABASE "${database}" SET search_path = public, audit;
ALTER DATABASE "${database}" SET work_mem = '16MB';
ALTER DATABASE "${database}" SET idle_in_transaction_session_timeout = '5min';
ALTER DATABASE "${database}" SET app.environment = 'it''s a drill: \ "quoted", with commas';
ALTER ROLE cloudtolocalllm_app IN DATABASE "${database}" SET lock_timeout = '5s';

REVOKE ALL ON DATABASE "${database}" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE "${database}" TO cloudtolocalllm_app;
GRANT CONNECT ON DATABASE "${database}" TO cloudtolocalllm_readonly WITH GRANT OPTION;
GRANT CONNECT ON DATABASE "${database}" TO cloudtolocalllm_support;

COMMENT ON DATABASE "${database}" IS 'CloudToLocalLLM: users, conversations, messages. Owner''s note: "do not drop".';
