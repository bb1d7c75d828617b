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
import java.util.function.LongConsumer;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** Loads a shard's rows and large objects: each part in one transaction with its progress row, so none comes twice. */
final class ShardLoad {
    private static final int COPY_BUFFER = 256 * 1024;

    private final Session session;
    private final PgArchive archive;
    private final Progress progress;
    private final OwnTables tables;
    private final PartRows source;
    private final Map<EntryPart, Long> done;

    /** Makes the session ready for loading. */
    ShardLoad(Session session, PgArchive archive, Progress progress, PartRows source) {
        this.session = session;
        this.archive = archive;
        this.progress = progress;
        this.tables = new OwnTables(archive);
        this.source = source;
        progress.require(Stage.DATA);
        SessionSettings.prepareLoad(session);
        SessionSettings.hasten(session, 1);
        this.done = progress.loaded();
    }

    ShardResult load(Shard shard) {
        long rows = 0;
        for (EntryPart part : shard.parts()) {
            rows += load(part);
        }
        return new ShardResult(shard.index(), shard.parts().size(), rows);
    }

    /** @return the part's rows or large objects, whoever loaded them */
    long load(EntryPart part) {
        return done.containsKey(part) ? found(part, done.get(part)) : loadOnce(part);
    }

    private long found(EntryPart part, long rows) {
        observe(part).found(rows);
        return rows;
    }

    private PartProgress observe(EntryPart part) {
        TocEntry entry = entry(archive, part.dumpId());
        return reading(
                "Loading " + entry.label(),
                entry,
                () -> new PartProgress(progress.observer(), part, archive.compressedSize(entry)));
    }

    static TocEntry entry(PgArchive archive, int dumpId) {
        return archive.entry(dumpId)
                .filter(entry -> entry.isTableData() || entry.isLargeObjects())
                .orElseThrow(() -> new RestoreException(
                        Kind.REFUSED,
                        "The plan names entry " + dumpId + ", which holds no data in this archive.",
                        "Make the plan anew from the archive that is restored."));
    }

    private long loadOnce(EntryPart part) {
        TocEntry entry = entry(archive, part.dumpId());
        requireSameSplit(entry, part);
        String what = "Loading " + entry.label();
        PartProgress observed = observe(part);
        long[] rows = new long[1];
        session.transaction(what, () -> {
            progress.require(Stage.DATA);
            rows[0] = reading(what, entry, () -> load(what, entry, part, observed));
            progress.markLoaded(part, rows[0]);
        });
        observed.loaded(rows[0]);
        return rows[0];
    }

    /** Parts of different divisions hold the same rows twice, and others not at all. */
    private void requireSameSplit(TocEntry entry, EntryPart part) {
        if (done.keySet().stream()
                .anyMatch(other -> other.dumpId() == part.dumpId() && other.parts() != part.parts())) {
            throw new RestoreException(
                    Kind.REFUSED,
                    "The plan splits " + entry.label() + " into " + part.parts()
                            + " parts, but this restore was begun by a plan that splits it otherwise.",
                    "Go on with the plan that it was begun with, or drop the restore database and begin anew.");
        }
    }

    private interface Reading<T> {
        T read() throws SQLException, IOException;
    }

    private static <T> T reading(String what, TocEntry entry, Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException e) {
            throw Failures.of(what, entry.copyStatement(), e);
        } catch (IOException e) {
            throw Failures.of(what, e);
        } catch (ArchiveException e) {
            throw Failures.of(what, e);
        }
    }

    private long load(String what, TocEntry entry, EntryPart part, LongConsumer read) throws SQLException, IOException {
        return entry.isLargeObjects() ? loadLargeObjects(entry, read) : loadTable(what, entry, part, read);
    }

    private long loadTable(String what, TocEntry entry, EntryPart part, LongConsumer read)
            throws SQLException, IOException {
        CopyStatement copy = CopyStatement.of(entry);
        boolean alone = part.whole() && tables.isFilledBy(entry);
        if (alone) {
            // Nobody else fills it, so its rows may be frozen as they come: no vacuum has to write them once more.
            session.execute(what, "TRUNCATE ONLY " + copy.table());
        }
        try (InputStream rows = source.open(entry, part, read)) {
            return session.driver().getCopyAPI().copyIn(copy.load(archive.encoding(), alone), rows, COPY_BUFFER);
        }
    }

    private long loadLargeObjects(TocEntry entry, LongConsumer read) throws SQLException, IOException {
        LargeObjectManager manager = session.driver().getLargeObjectAPI();
        long count = 0;
        try (LargeObjects objects = archive.openLargeObjects(entry, read)) {
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
