package dev.lifeboat.pgrestore;

/** The tables in database {@code postgres} that outlive a process: who owns a target, what is built, what was swapped. */
final class RestoreTables {
    private static final String WHAT = "Creating schema lifeboat in database " + Sessions.ADMINISTRATION;
    private static final String DEFINITIONS = """
            CREATE SCHEMA IF NOT EXISTS lifeboat;
            COMMENT ON SCHEMA lifeboat IS 'Disaster recovery: fencing tokens and swaps of databases';
            -- token: the newest owner's; closed_database: the live database, while it admits nobody on our account
            CREATE TABLE IF NOT EXISTS lifeboat.fence (
                target text PRIMARY KEY, token bigint NOT NULL, closed_database text);
            -- written after the database and its progress table exist, deleted before it is dropped
            CREATE TABLE IF NOT EXISTS lifeboat.restore (
                target text PRIMARY KEY, restore_database text NOT NULL, archive_id text NOT NULL,
                finished boolean NOT NULL DEFAULT false, rolled_back text[] NOT NULL DEFAULT '{}');
            -- the roles that are left out of it
            ALTER TABLE lifeboat.restore ADD COLUMN IF NOT EXISTS missing_roles text[] NOT NULL DEFAULT '{}';
            -- written in the transaction that renames
            CREATE TABLE IF NOT EXISTS lifeboat.swap (
                target text, incident text, live_database text NOT NULL, quarantine text,
                rolled_back text[] NOT NULL, cut_over_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                set_aside text, undone_at timestamptz, PRIMARY KEY (target, incident));
            """;

    private static final String IN_USE =
            "SELECT EXISTS (SELECT FROM lifeboat.fence) OR EXISTS (SELECT FROM lifeboat.restore)"
                    + " OR EXISTS (SELECT FROM lifeboat.swap)";

    /** The youngest of the definitions, and the last table of the oldest. */
    private static final String COMPLETE = "SELECT to_regclass('lifeboat.swap') IS NOT NULL AND EXISTS (SELECT FROM"
            + " pg_attribute WHERE attrelid = to_regclass('lifeboat.restore') AND attname = 'missing_roles')";

    private RestoreTables() {}

    static void create(Session session) {
        if (session.asks(WHAT, COMPLETE)) {
            return;
        }
        session.transaction(WHAT, () -> {
            // Two that create the same schema at once fail in spite of IF NOT EXISTS.
            session.execute(WHAT, "SELECT pg_advisory_xact_lock(" + Sessions.lockKey("lifeboat", "tables") + ")");
            session.execute(WHAT, DEFINITIONS);
        });
    }

    /**
     * Takes away, in the caller's transaction, what is noted of a target that nobody will come back to, and the tables too when they
     * hold nothing of anybody else.
     */
    static void forget(Session session, RestoreTarget target) {
        // First of all, and of all at once: nobody writes between the look and the end of the transaction.
        session.execute(WHAT, "LOCK TABLE lifeboat.fence, lifeboat.restore, lifeboat.swap IN ACCESS EXCLUSIVE MODE");
        FencingTable.lockAndCompare(session, target.targetName(), target.token());
        RestoreRow.delete(session, target);
        session.update(WHAT, "DELETE FROM lifeboat.fence WHERE target = ?", target.targetName());
        if (!session.asks(WHAT, IN_USE)) {
            session.execute(WHAT, "DROP SCHEMA lifeboat CASCADE");
        }
    }
}
