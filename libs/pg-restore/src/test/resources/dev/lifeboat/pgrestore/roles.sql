CREATE ROLE harbour_owner LOGIN PASSWORD 'owner''s secret';
CREATE ROLE harbour_app LOGIN PASSWORD 'app secret' CONNECTION LIMIT 40 VALID UNTIL '2031-05-06 07:08:09+00';
CREATE ROLE harbour_readers NOLOGIN;
CREATE ROLE "Weird ""Role"" TO x" LOGIN INHERIT;
GRANT harbour_readers TO harbour_app WITH ADMIN OPTION;
GRANT harbour_readers TO "Weird ""Role"" TO x";
ALTER ROLE harbour_app SET search_path TO 'app', 'public';
ALTER ROLE harbour_app SET statement_timeout TO '30s';
COMMENT ON ROLE harbour_readers IS 'read only; "quoted" -- not a comment';
