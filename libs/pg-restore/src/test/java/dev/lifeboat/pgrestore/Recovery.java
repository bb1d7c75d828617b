package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.FileByteSource;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.testsupport.RealPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Drives a restore through its steps, as the state machine does: each step a new object, as in another process. */
final class Recovery {
    static final int SHARDS = 3;

    private final Databases databases;
    private final Dump dump;
    private final RestoreTarget target;
    private final Supplier<PgArchive> archives;

    Recovery(Databases databases, Dump dump, RestoreTarget target) {
        this(databases, dump, target, dump::open);
    }

    /** @param archives opens the dump's archive, and may do more */
    Recovery(Databases databases, Dump dump, RestoreTarget target, Supplier<PgArchive> archives) {
        this.databases = databases;
        this.dump = dump;
        this.target = target;
        this.archives = archives;
    }

    static Recovery of(RealPostgres postgres, Dump dump, String live, String restore) {
        return new Recovery(postgres::connect, dump, new RestoreTarget("test", live, restore, 1, true));
    }

    /** One in which something happens, once, when so many hundredths of the archive's bytes have been read. */
    static Recovery with(RealPostgres postgres, Dump dump, String live, int hundredths, Runnable event) {
        AtomicBoolean happened = new AtomicBoolean();
        return new Recovery(postgres::connect, dump, new RestoreTarget(live, live, live + "_r", 1, true), () -> {
            try {
                FileByteSource file = new FileByteSource(dump.file());
                return PgArchive.open(new AtByte(file, file.length() * hundredths / 100, event, happened));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    interface Step<T> {
        T run(DatabaseRestore restore, PgArchive archive);
    }

    <T> T step(Step<T> step) {
        try (PgArchive archive = archives.get()) {
            return step.run(new DatabaseRestore(databases, archive, target), archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RestorePlan plan() {
        return step((restore, archive) -> RestorePlanner.plan(archive, SHARDS, SHARDS, 1));
    }

    boolean prepare() {
        return step(
                (restore, archive) -> restore.prepare(dump.globals(), RestorePlanner.plan(archive, SHARDS, SHARDS, 1)));
    }

    List<ShardResult> restoreShards() {
        return plan().shards().stream().map(this::restoreShard).toList();
    }

    /** All shards in this process. */
    long restoreTogether() {
        List<Shard> shards = plan().shards();
        return step((restore, archive) -> restore.restoreShards(shards, SHARDS));
    }

    ShardResult restoreShard(Shard shard) {
        return step((restore, archive) -> restore.restoreShard(shard));
    }

    FinishResult finish() {
        return step((restore, archive) -> restore.finish(Instant.MAX, 2));
    }

    CheckResult check() {
        return step((restore, archive) -> restore.check(dump.expected()));
    }

    CutOverResult cutOver(String incident) {
        return step((restore, archive) -> restore.cutOver(incident));
    }

    UndoResult undo(String incident) {
        return step((restore, archive) -> restore.undo(incident));
    }

    /** Everything but the swap. */
    CheckResult restore() {
        prepare();
        restoreShards();
        finish();
        return check();
    }
}
