package dev.lifeboat.bench;

import dev.lifeboat.aws.S3ByteSource;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgrestore.DatabaseRestore;
import dev.lifeboat.pgrestore.FinishResult;
import dev.lifeboat.pgrestore.RestorePlan;
import dev.lifeboat.pgrestore.RestorePlanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Restores an archive in S3 through two connections, as the recovery's steps do one after the other. */
final class RestoreProgram {
    static final String ALL = "all";
    static final String ROWS = "rows";

    private static final int CONNECTIONS = 2;

    private RestoreProgram() {}

    /** @param arguments the S3 endpoint, the archive's key, the globals' file, and {@code all} or {@code rows} */
    public static void main(String[] arguments) throws IOException {
        Step step = new Step();
        try (Store store = new Store(URI.create(arguments[0]));
                S3ByteSource source = store.source(arguments[1]);
                PgArchive archive = PgArchive.open(source)) {
            DatabaseRestore restore = new DatabaseRestore(Server::connect, archive, Server.TARGET);
            RestorePlan plan = RestorePlanner.plan(archive, CONNECTIONS, CONNECTIONS);
            step.done("open");
            restore.prepare(Files.readString(Path.of(arguments[2])), plan);
            step.done("prepare");
            restore.restoreShards(plan.shards(), CONNECTIONS);
            step.done("rows");
            if (arguments[3].equals(ALL)) {
                finish(restore);
                step.done("finish");
            }
            step.total("work");
            HeapPeak.tell();
        }
    }

    private static void finish(DatabaseRestore restore) {
        FinishResult result = restore.finish(Instant.now().plus(Duration.ofHours(1)), CONNECTIONS);
        if (!result.finished()) {
            throw new IllegalStateException("Not finished within an hour: " + result);
        }
    }
}
