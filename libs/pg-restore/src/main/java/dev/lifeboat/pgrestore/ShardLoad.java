package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.ArchiveException;
import dev.lifeboat.pgarchive.LargeObjects;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.Progress.Stage;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** Loads a shard's rows and large objects: each entry in one transaction with its progress row, so none comes twice. */
final class ShardLoad {
    static final String WORK = "data";

    private static final int COPY_BUFFER = 256 * 1024;

    private final Session session;
    private final PgArchive archive;
    private final Progress progress;
    private final Set<String> ordinaryTables;

    ShardLoad(Session session, PgArchive archive, Progress progress) {
        this.session = session;
        this.archive = archive;
        this.progress = progress;
        this.ordinaryTables = archive.entries().stream()
                .filter(entry -> entry.kind().equals("TABLE"))
                .map(entry -> Sql.identifier(entry.schema(), entry.name()))
                .collect(Collectors.toSet());
    }

    ShardResult load(Shard shard) {
        progress.require(Stage.DATA);
        SessionSettings.prepareLoad(session);
        Map<Integer, Long> done = progress.done(WORK);
        long rows = 0;
        for (int dumpId : shard.dumpIds()) {
            rows += done.containsKey(dumpId) ? done.get(dumpId) : loadOnce(entry(dumpId));
        }
        return new ShardResult(shard.index(), shard.dumpIds().size(), rows);
    }

    private TocEntry entry(int dumpId) {
        return archive.entry(dumpId)
                .filter(entry -> entry.isTableData() || entry.isLargeObjects())
                .orElseThrow(() -> new RestoreException(
                        Kind.REFUSED,
                        "The plan names entry " + dumpId + ", which holds no data in this archive.",
                        "Make the plan anew from the archive that is restored."));
    }

    private long loadOnce(TocEntry entry) {
        String what = "Loading " + entry.label();
        long[] rows = new long[1];
        session.transaction(what, () -> {
            progress.require(Stage.DATA);
            rows[0] = load(what, entry);
            progress.mark(WORK, entry.dumpId(), rows[0]);
        });
        return rows[0];
    }

    private long load(String what, TocEntry entry) {
        try {
            return entry.isLargeObjects() ? loadLargeObjects(entry) : loadTable(what, entry);
        } catch (SQLException e) {
            throw Failures.of(what, entry.copyStatement(), e);
        } catch (IOException e) {
            throw Failures.of(what, e);
        } catch (ArchiveException e) {
            throw Failures.of(what, e);
        }
    }

    private long loadTable(String what, TocEntry entry) throws SQLException, IOException {
        CopyStatement copy = CopyStatement.of(entry);
        boolean alone = isFilledBy(entry, copy);
        if (alone) {
            // Nobody else fills it, so its rows may be frozen as they come: no vacuum has to write them once more.
            session.execute(what, "TRUNCATE ONLY " + copy.table());
        }
        try (InputStream rows = archive.openData(entry)) {
            return session.driver().getCopyAPI().copyIn(copy.load(archive.encoding(), alone), rows, COPY_BUFFER);
        }
    }

    /** Not so for a table that an extension made and filled, nor for a foreign table, nor through a partition root. */
    private boolean isFilledBy(TocEntry entry, CopyStatement copy) {
        return copy.fills(entry) && ordinaryTables.contains(Sql.identifier(entry.schema(), entry.name()));
    }

    private long loadLargeObjects(TocEntry entry) throws SQLException, IOException {
        LargeObjectManager manager = session.driver().getLargeObjectAPI();
        long count = 0;
        try (LargeObjects objects = archive.openLargeObjects(entry)) {
            for (; objects.next(); count++) {
                try (LargeObject object = manager.open(objects.oid(), LargeObjectManager.WRITE)) {
                    write(objects.content(), object);
                }
            }
        }
        return count;
    }

    private static void write(InputStream content, LargeObject object) throws SQLException, IOException {
        byte[] buffer = new byte[COPY_BUFFER];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            object.write(buffer, 0, read);
        }
    }
}
