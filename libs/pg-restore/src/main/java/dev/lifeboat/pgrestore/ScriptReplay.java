package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.ArchiveException;
import dev.lifeboat.pgarchive.PlainScript;
import dev.lifeboat.pgarchive.ScriptReader;
import dev.lifeboat.pgarchive.ScriptStatement;
import dev.lifeboat.pgrestore.Progress.Stage;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Replays a plain dump's statements and rows in their order, over one connection. How far it has come is committed together with the
 * work. Whoever goes on reads the script from its beginning again, and sets for the session what it sets, but does nothing twice.
 */
final class ScriptReplay {
    /** Small enough that a big schema's locks fit into the lock table, large enough that commits don't count. */
    private static final int BATCH = 100;

    private static final int BATCH_CHARACTERS = 1 << 20;
    /** Of a table's rows: a crash costs a minute at most. */
    private static final long ROWS_AT_ONCE = 256L << 20;

    private static final int COPY_BUFFER = 256 * 1024;

    private final Session session;
    private final Progress progress;
    private final PlainScript script;
    private final WithoutRoles.Authorization withoutRoles;
    private final Instant deadline;
    private final Clock clock;
    private final long rowsAtOnce;
    private final List<ScriptStatement> batch = new ArrayList<>();
    private final List<String> eventTriggers = new ArrayList<>();
    private ScriptReader reader;
    private ScriptPosition done;
    private long read;
    private long told;
    private String authorization;

    ScriptReplay(
            Session session,
            Progress progress,
            PlainScript script,
            WithoutRoles withoutRoles,
            Instant deadline,
            Clock clock) {
        this(session, progress, script, withoutRoles, deadline, clock, ROWS_AT_ONCE);
    }

    ScriptReplay(
            Session session,
            Progress progress,
            PlainScript script,
            WithoutRoles withoutRoles,
            Instant deadline,
            Clock clock,
            long rowsAtOnce) {
        this.session = session;
        this.progress = progress;
        this.script = script;
        this.withoutRoles = withoutRoles.follow();
        this.deadline = deadline;
        this.clock = clock;
        this.rowsAtOnce = rowsAtOnce;
    }

    /** @return whether all is done; if not, the deadline has passed */
    boolean replay() {
        String what = "Replaying the script of database " + script.header().databaseName();
        done = progress.position();
        told = done.statements();
        try (ScriptReader opened = script.read()) {
            reader = opened;
            return replayAll();
        } catch (IOException e) {
            throw Failures.of(what, e);
        } catch (ArchiveException e) {
            throw Failures.of(what, e);
        }
    }

    /** What is not replayed yet: event triggers, which would fire for what a restore does. Known once all else is done. */
    List<String> eventTriggers() {
        return eventTriggers;
    }

    private boolean replayAll() throws IOException {
        for (ScriptStatement statement = reader.next(); statement != null; statement = reader.next()) {
            if (!replay(statement)) {
                return false;
            }
        }
        flush();
        tell();
        return true;
    }

    /** Of statements, once they are done: those of the session and those that are left out count, too, as in the script's number of them. */
    private void tell() {
        if (read > told) {
            progress.observer().objectsReplayed((int) (read - told));
            told = read;
        }
    }

    private boolean replay(ScriptStatement statement) throws IOException {
        ScriptKind kind = ScriptKind.of(statement);
        if (withoutRoles.lacking(statement.sql()).isPresent()) {
            // What it would have become somebody for is done by ourselves.
            kind = kind == ScriptKind.AUTHORIZATION ? ScriptKind.NO_AUTHORIZATION : ScriptKind.NOT_HERE;
        }
        switch (kind) {
            case SETTING -> {
                flush();
                session.execute(what(statement), statement.sql().text());
            }
            case AUTHORIZATION -> {
                flush();
                authorization = statement.sql().text();
            }
            case NO_AUTHORIZATION -> {
                flush();
                authorization = null;
            }
            case EVENT_TRIGGER -> eventTriggers.add(statement.sql().text());
            case NOT_HERE -> {
                // Of no use, or done by others already.
            }
            case ROWS, LARGE_OBJECT, PLAIN -> {
                if (read >= done.statements()) {
                    return !isLate() && work(kind, statement);
                }
            }
        }
        read++;
        return true;
    }

    private boolean work(ScriptKind kind, ScriptStatement statement) throws IOException {
        if (kind == ScriptKind.PLAIN) {
            read++;
            batch.add(statement);
            int characters =
                    batch.stream().mapToInt(each -> each.sql().text().length()).sum();
            return (batch.size() < BATCH && characters < BATCH_CHARACTERS) || flush();
        }
        flush();
        if (kind == ScriptKind.LARGE_OBJECT) {
            largeObject(statement);
            tell();
            return true;
        }
        boolean all = rows(statement);
        tell();
        return all;
    }

    private boolean isLate() {
        return !clock.instant().isBefore(deadline);
    }

    private static String what(ScriptStatement statement) {
        return "Replaying line " + statement.line() + " of the script";
    }

    /** Commits what has been gathered; settings before and after it are the session's own. */
    private boolean flush() {
        if (!batch.isEmpty()) {
            commit(what(batch.get(0)), () -> {
                batch.forEach(each -> session.execute(what(each), each.sql().text()));
                return new ScriptPosition(read, 0);
            });
            batch.clear();
            tell();
        }
        return true;
    }

    private interface Work {
        /** @return how far the script is replayed then */
        ScriptPosition run();
    }

    /** The progress is ours, so somebody else does the work and nothing more. */
    private void commit(String what, Work work) {
        ScriptPosition[] reached = new ScriptPosition[1];
        session.transaction(what, () -> {
            progress.require(Stage.POST_DATA);
            if (authorization != null) {
                session.execute(what, authorization);
            }
            reached[0] = work.run();
            if (authorization != null) {
                session.execute(what, "RESET SESSION AUTHORIZATION");
            }
            progress.advance(done, reached[0]);
        });
        done = reached[0];
    }

    /** From lo_open to lo_close: what was opened does not outlive its transaction. */
    private void largeObject(ScriptStatement first) {
        commit(what(first), () -> {
            try {
                for (ScriptStatement each = first; ; each = reader.next()) {
                    if (each == null) {
                        throw unclosed(first);
                    }
                    session.execute(what(each), each.sql().text());
                    read++;
                    if (ScriptKind.closesLargeObject(each)) {
                        return new ScriptPosition(read, 0);
                    }
                }
            } catch (IOException e) {
                throw Failures.of(what(first), e);
            }
        });
        progress.observer().rowsLoaded(1);
    }

    private static RestoreException unclosed(ScriptStatement first) {
        return new RestoreException(
                Kind.UNUSABLE_ARCHIVE,
                "The large object that line " + first.line() + " of the script opens is never closed.",
                "It is not what pg_dump writes; restore another backup.");
    }

    private boolean rows(ScriptStatement statement) throws IOException {
        CopyStatement copy = CopyStatement.of(reader.tableData(statement));
        long[] loaded = {done.statements() == read ? done.rowBytes() : 0};
        try (RowsUpTo rows = new RowsUpTo(reader.rows())) {
            if (rows.skip(loaded[0]) != loaded[0]) {
                throw new RestoreException(
                        Kind.REFUSED,
                        "More rows of " + copy.table() + " are loaded than line " + statement.line()
                                + " of the script has.",
                        "Drop the restore database and begin anew.");
            }
            boolean ended = false;
            while (!ended) {
                if (isLate()) {
                    return false;
                }
                ended = loadSome(what(statement), copy, rows, loaded);
            }
        }
        read++;
        return true;
    }

    /** @return whether these were the last ones */
    private boolean loadSome(String what, CopyStatement copy, RowsUpTo rows, long[] loaded) {
        boolean[] ended = new boolean[1];
        long[] count = new long[1];
        String sql = copy.load(reader.encoding(), false);
        rows.begin(rowsAtOnce);
        commit(what, () -> {
            SessionSettings.fixCopyTextHere(session);
            try {
                count[0] = session.driver().getCopyAPI().copyIn(sql, rows, COPY_BUFFER);
                ended[0] = rows.ended();
            } catch (SQLException e) {
                throw Failures.of(what, sql, e);
            } catch (IOException e) {
                throw Failures.of(what, e);
            }
            loaded[0] += rows.given();
            return ended[0] ? new ScriptPosition(read + 1, 0) : new ScriptPosition(read, loaded[0]);
        });
        progress.observer().rowsLoaded(count[0]);
        return ended[0];
    }
}
