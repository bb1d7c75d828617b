package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.testsupport.RealPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** Drives a restore through its steps, as the state machine does: each step a new object, as in another process. */
final class Recovery {
    static final int SHARDS = 3;

    private final Databases databases;
    private final Dump dump;
    private final RestoreTarget target;

    Recovery(Databases databases, Dump dump, RestoreTarget target) {
        this.databases = databases;
        this.dump = dump;
        this.target = target;
    }

    static Recovery of(RealPostgres postgres, Dump dump, String live, String restore) {
        return new Recovery(postgres::connect, dump, new RestoreTarget("test", live, restore, 1, true));
    }

    interface Step<T> {
        T run(DatabaseRestore restore, PgArchive archive);
    }

    <T> T step(Step<T> step) {
        try (PgArchive archive = dump.open()) {
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
