package dev.lifeboat.pgrestore;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is done of a restore: a schema of its own in the restore database. Each piece of work and its row here are committed
 * together, so that whoever comes next does neither too much nor too little. Dropped when the restore is finished.
 */
final class Progress {
    /** What the restore is at; later stages shut earlier ones out. */
    enum Stage {
        PRE_DATA,
        DATA,
        POST_DATA
    }

    private static final String WHAT = "Looking at the restore's progress";
    private static final String SCHEMA = "lifeboat_restore";
    private static final String DATA = "data";

    private final Session session;
    private final String archiveId;
    private final RestoreObserver observer;

    /** @param observer whom those who do the work tell of it, once it is committed */
    Progress(Session session, String archiveId, RestoreObserver observer) {
        this.session = session;
        this.archiveId = archiveId;
        this.observer = observer;
    }

    RestoreObserver observer() {
        return observer;
    }

    void create() {
        session.transaction(WHAT, () -> {
            // With keys: under a publication FOR ALL TABLES nobody may update a table that has none.
            session.execute(
                    WHAT,
                    "CREATE SCHEMA " + SCHEMA + " CREATE TABLE origin (archive_id text PRIMARY KEY, stage text,"
                            + " statements bigint NOT NULL DEFAULT 0, row_bytes bigint NOT NULL DEFAULT 0)"
                            + " CREATE TABLE done (work text, dump_id integer, part integer, parts integer, rows bigint,"
                            + " PRIMARY KEY (work, dump_id, part))");
            session.update(WHAT, "INSERT INTO lifeboat_restore.origin VALUES (?, ?)", archiveId, Stage.PRE_DATA.name());
        });
    }

    /** Dropped with the last of the work. */
    void drop() {
        session.execute(WHAT, "DROP SCHEMA " + SCHEMA + " CASCADE");
    }

    boolean exists() {
        return session.asks(WHAT, "SELECT to_regclass('lifeboat_restore.origin') IS NOT NULL");
    }

    Stage stage() {
        return session
                .query(
                        WHAT,
                        row -> Stage.valueOf(row.getString(1)),
                        "SELECT stage FROM lifeboat_restore.origin WHERE archive_id = ?",
                        archiveId)
                .stream()
                .findFirst()
                .orElseThrow(() -> fenced("is being built from another backup"));
    }

    /** Goes on to a stage; work of the stage before that is in flight is waited for. */
    void enter(Stage stage) {
        session.update(WHAT, "UPDATE lifeboat_restore.origin SET stage = ?", stage.name());
    }

    /** Holds the stage until the end of the transaction. */
    void require(Stage stage) {
        boolean current = exists()
                && session.asks(
                        WHAT,
                        "SELECT true FROM lifeboat_restore.origin WHERE archive_id = ? AND stage = ? FOR SHARE",
                        archiveId,
                        stage.name());
        if (!current) {
            throw fenced("has gone on from the stage " + stage + " of this backup's restore");
        }
    }

    private static RestoreException fenced(String why) {
        return new RestoreException(
                Kind.FENCED, "The restore database " + why + ".", "Another step has gone on; leave the restore to it.");
    }

    /** How far a script is replayed. */
    ScriptPosition position() {
        return session.query(
                        WHAT,
                        row -> new ScriptPosition(row.getLong(1), row.getLong(2)),
                        "SELECT statements, row_bytes FROM lifeboat_restore.origin")
                .get(0);
    }

    /** A script is replayed so far, in the transaction that does it. */
    void advance(ScriptPosition from, ScriptPosition to) {
        int advanced = session.update(
                WHAT,
                "UPDATE lifeboat_restore.origin SET statements = ?, row_bytes = ? WHERE statements = ? AND row_bytes = ?",
                to.statements(),
                to.rowBytes(),
                from.statements(),
                from.rowBytes());
        if (advanced != 1) {
            throw fenced("is further than this step knows");
        }
    }

    /** Dump ids of the entries that this work is done for. */
    Set<Integer> done(String work) {
        return Set.copyOf(session.query(
                WHAT, row -> row.getInt(1), "SELECT dump_id FROM lifeboat_restore.done WHERE work = ?", work));
    }

    /** Whether this work is done for one entry. */
    boolean isDone(String work, int dumpId) {
        return session.asks(
                WHAT, "SELECT true FROM lifeboat_restore.done WHERE work = ? AND dump_id = ?", work, dumpId);
    }

    /** Marks a piece of work as done, in the transaction that does it. */
    void mark(String work, int dumpId) {
        insert(work, new EntryPart(dumpId, 0, 1), 0);
    }

    /** What is loaded, with the rows of each; large objects count as one each. */
    Map<EntryPart, Long> loaded() {
        Map<EntryPart, Long> loaded = new HashMap<>();
        session.query(
                WHAT,
                row -> loaded.put(new EntryPart(row.getInt(1), row.getInt(2), row.getInt(3)), row.getLong(4)),
                "SELECT dump_id, part, parts, rows FROM lifeboat_restore.done WHERE work = ?",
                DATA);
        return loaded;
    }

    /** Marks a part as loaded, in the transaction that loads it. */
    void markLoaded(EntryPart part, long rows) {
        insert(DATA, part, rows);
    }

    private void insert(String work, EntryPart part, long rows) {
        session.update(
                WHAT,
                "INSERT INTO lifeboat_restore.done VALUES (?, ?, ?, ?, ?)",
                work,
                part.dumpId(),
                part.part(),
                part.parts(),
                rows);
    }
}
