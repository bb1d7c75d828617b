-- One write of the application that never stops writing: run again and again as cloudtolocalllm_app, autocommit on.
-- Returns the time of the write; what has such a row later than the backup's snapshot is what a recovery has lost:
--   SELECT count(*), max(created_at) FROM messages WHERE metadata @> '{"writer": "drill"}'
-- Placeholders: none.

INSERT INTO public.messages (conversation_id, role, content, tokens, metadata, created_at)
VALUES (pg_catalog.md5('conversation 1')::uuid, 'user', 'Are you still there?', 5, '{"writer": "drill"}',
        pg_catalog.clock_timestamp())
RETURNING created_at
