-- The drill application's roles. 1st script: run once as a superuser, in database postgres.
-- Placeholders: ${app_password} (an SQL string's content; no quotes in it).
-- All scripts here are plain SQL without psql's commands, for one simple query each.

CREATE ROLE cloudtolocalllm_owner NOLOGIN;
CREATE ROLE cloudtolocalllm_readonly NOLOGIN;
CREATE ROLE cloudtolocalllm_app LOGIN PASSWORD '${app_password}' CONNECTION LIMIT 120;
CREATE ROLE cloudtolocalllm_support LOGIN NOINHERIT PASSWORD '${app_password}' CONNECTION LIMIT 5;

GRANT cloudtolocalllm_readonly TO cloudtolocalllm_app;
GRANT cloudtolocalllm_readonly TO cloudtolocalllm_support WITH ADMIN OPTION;

ALTER ROLE cloudtolocalllm_app SET statement_timeout = '30s';
ALTER ROLE cloudtolocalllm_support SET default_transaction_read_only = on;

COMMENT ON ROLE cloudtolocalllm_owner IS 'Owns every object of CloudToLocalLLM; nobody logs in as it';
COMMENT ON ROLE cloudtolocalllm_app IS 'What the API logs in as';
COMMENT ON ROLE cloudtolocalllm_readonly IS 'May read what is not personal';
COMMENT ON ROLE cloudtolocalllm_support IS 'People, reading only';
