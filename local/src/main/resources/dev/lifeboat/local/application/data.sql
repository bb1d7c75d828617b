-- The drill application's rows, the same ones every time: everything follows from a row's number.
-- 4th script: run once as a superuser, in the application's database, after schema.sql.
-- Placeholders: ${rows} (the rows in all tables together, 1000 or more; 300000 take some seconds).

-- Neither triggers nor foreign keys while loading: the counts are right by construction, and the restore adds (and so
-- checks) every constraint anyway.
SET session_replication_role = replica;
SET synchronous_commit = off;
SET timezone = 'UTC';
SET search_path = public, audit;

-- One in 60 rows is a user's, one in 20 a session's, one in 15 a conversation's, one in 5 a log entry; the rest messages.
INSERT INTO public.users (id, customer_number, email, display_name, plan, settings, credit, avatar, created_at, updated_at)
SELECT md5('user ' || n)::uuid, nextval('public.customer_number'),
       (CASE WHEN n % 7 = 0 THEN 'User.' ELSE 'user.' END || n || '@example.org')::email_address,
       CASE n % 50 WHEN 0 THEN E'Zoë \t O''Neill \\ ' WHEN 1 THEN E'名前 "' || n || '"' WHEN 2 THEN '' WHEN 3 THEN E'\\N'
           ELSE initcap(substr(md5('name ' || n), 1, 8)) END,
       (enum_range(NULL::user_plan))[1 + n % 4],
       jsonb_build_object('state', CASE WHEN n % 5 = 0 THEN 'asleep' ELSE 'active' END, 'theme', n % 3, 'language',
           (ARRAY['en', 'de', 'ja', NULL])[1 + n % 4]),
       (n % 1000) * 0.0125,
       CASE WHEN n % 20 = 0 THEN decode(md5('avatar ' || n) || md5('more ' || n), 'hex') END,
       timestamptz '2025-01-01' + n * interval '7 minutes', timestamptz '2026-01-01' + n * interval '61.5 seconds'
FROM generate_series(1, ${rows} / 60) n;

INSERT INTO public.sessions (id, user_id, address, network, user_agent, created_at, valid)
SELECT md5('session ' || n)::uuid, md5('user ' || 1 + n % (${rows} / 60))::uuid,
       CASE WHEN n % 4 = 0 THEN ('2001:db8::' || to_hex(n % 65536))::inet
           ELSE '10.0.0.0'::inet + n % 16777216 END,
       CASE WHEN n % 3 = 0 THEN '10.20.0.0/16'::cidr END,
       CASE WHEN n % 11 > 0 THEN 'Mozilla/5.0 (X11; Linux x86_64) build/' || n % 97 END,
       timestamptz '2026-02-01' + n * interval '13 seconds',
       tstzrange(timestamptz '2026-02-01' + n * interval '13 seconds', timestamptz '2026-03-01' + n * interval '13 seconds')
FROM generate_series(1, ${rows} / 20) n;

INSERT INTO public.conversations (id, user_id, forked_from, title, model, labels, message_count, temperature, archived,
    created_at, updated_at)
SELECT md5('conversation ' || n)::uuid, md5('user ' || 1 + n % (${rows} / 60))::uuid,
       CASE WHEN n % 40 = 0 THEN md5('conversation ' || n / 2)::uuid END,
       'About ' || md5('title ' || n), (ARRAY['llama-3-8b', 'mistral-7b', 'qwen-2.5'])[1 + n % 3],
       CASE WHEN n % 6 = 0 THEN ARRAY['work', E'a "quoted", \\ label', NULL] ELSE '{}' END,
       -- Message m goes to conversation 1 + m % conversations.
       t.messages / t.conversations
           + CASE WHEN n - 1 BETWEEN 1 AND t.messages % t.conversations THEN 1 ELSE 0 END,
       (n % 20) / 10.0::float8, n % 9 = 0,
       timestamptz '2026-02-01' + n * interval '11 seconds', timestamptz '2026-06-01' + n * interval '3.25 seconds'
FROM (SELECT ${rows} - ${rows} / 60 - ${rows} / 20 - ${rows} / 15 - ${rows} / 5 AS messages,
             ${rows} / 15 AS conversations) t, generate_series(1, t.conversations) n;

INSERT INTO public.messages (id, conversation_id, role, content, tokens, metadata, created_at)
SELECT md5('message ' || n)::uuid, md5('conversation ' || 1 + n % (${rows} / 15))::uuid,
       (ARRAY['user', 'assistant', 'user', 'assistant', 'system', 'tool'])[1 + n % 6]::message_role,
       CASE n % 200 WHEN 0 THEN E'Code:\n\tif (a < b) {\r\n\t\treturn "\\\\n";\n\t}\n' WHEN 1 THEN 'Grüße, 你好, 👋 ' || n
           ELSE repeat(md5('content ' || n) || ' ', 1 + n % 9) END,
       n % 400,
       CASE WHEN n % 10 = 0 THEN jsonb_build_object('latency', n % 900 / 1000.0, 'finish', 'stop', 'trace', md5('t' || n))
           ELSE '{}' END,
       timestamptz '2026-06-01' + n * interval '1.000001 seconds'
FROM generate_series(1, ${rows} - ${rows} / 60 - ${rows} / 20 - ${rows} / 15 - ${rows} / 5) n;

INSERT INTO audit.audit_logs (id, at, user_id, action, address, origin, detail)
SELECT n, timestamptz '2026-01-01' + n * interval '17 seconds',
       CASE WHEN n % 13 > 0 THEN md5('user ' || 1 + n % (${rows} / 60))::uuid END,
       (ARRAY['login', 'logout', 'conversation created', 'key rotated', 'plan changed'])[1 + n % 5],
       CASE WHEN n % 3 > 0 THEN '192.168.0.0'::inet + n % 65536 END,
       CASE WHEN n % 2 = 0 THEN ROW('api, "v2"', NULL)::audit.origin END,
       jsonb_build_object('request', md5('request ' || n), 'ok', n % 17 > 0)
FROM generate_series(1, ${rows} / 5) n;

SELECT setval(pg_get_serial_sequence('audit.audit_logs', 'id'), ${rows} / 5);

RESET session_replication_role;
RESET synchronous_commit;
RESET timezone;
RESET search_path;

REFRESH MATERIALIZED VIEW public.user_activity;
ANALYZE public.users, public.sessions, public.conversations, public.messages, audit.audit_logs;
