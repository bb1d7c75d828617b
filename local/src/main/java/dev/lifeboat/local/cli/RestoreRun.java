package dev.lifeboat.local.cli;

import dev.lifeboat.pgarchive.ArchiveVerification;
import dev.lifeboat.pgarchive.ArchiveVerifier;
import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.FileByteDirectory;
import dev.lifeboat.pgarchive.FileByteSource;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.PlainScript;
import dev.lifeboat.pgarchive.TableContent;
import dev.lifeboat.pgrestore.CheckResult;
import dev.lifeboat.pgrestore.Databases;
import dev.lifeboat.pgrestore.ExpectedTable;
import dev.lifeboat.pgrestore.MissingRoles;
import dev.lifeboat.pgrestore.ProgressMeter;
import dev.lifeboat.pgrestore.RestoreException;
import dev.lifeboat.pgrestore.RestoreObserver;
import dev.lifeboat.pgrestore.RestorePlan;
import dev.lifeboat.pgrestore.RestorePlanner;
import dev.lifeboat.pgrestore.StandaloneRestore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One run of {@code lifeboat restore}: verify, build, compare, put in place. */
final class RestoreRun {
    private static final int BUFFER = 1 << 18;
    /** Shards are handed out as connections become free: several for each even out what the plan could not foresee. */
    private static final int SHARDS_PER_JOB = 4;

    private final Databases server;
    private final Path file;
    private final String database;
    private final MissingRoles missingRoles;
    private final RestoreDisplay display;

    RestoreRun(Databases server, Path file, String database, MissingRoles missingRoles, RestoreDisplay display) {
        this.server = server;
        this.file = file;
        this.database = database;
        this.missingRoles = missingRoles;
        this.display = display;
    }

    private StandaloneRestore of(DumpContents archive, RestoreObserver observer) {
        return new StandaloneRestore(server, archive, database, missingRoles, observer);
    }

    void abandon() {
        StandaloneRestore restore = of(null, RestoreObserver.NONE);
        restore.abandon();
        display.say("dropped database " + restore.buildDatabase() + ", if there was one");
    }

    /** @return false when the dump is damaged */
    boolean restore(String globals, int jobs) throws IOException {
        boolean begun = of(null, RestoreObserver.NONE).requirePossible();
        ArchiveVerification verification = verify();
        if (!verification.sound()) {
            display.say((verification.unsupported() ? "UNVERIFIABLE" : "DAMAGED") + ": nothing was restored");
            verification.problems().forEach(problem -> display.say("  - " + problem));
            return false;
        }
        List<TableContent> tables = verification.tables();
        display.say("sound: %,d tables with %,d rows", tables.size(), rows(tables));
        try (DumpContents archive = open()) {
            restore(archive, expected(tables), globals, jobs, begun);
        }
        return true;
    }

    private ArchiveVerification verify() throws IOException {
        long size = size();
        AtomicLong read = new AtomicLong();
        display.say("verifying " + file + " of " + Sizes.shown(size));
        return display.during(
                () -> "verified " + Sizes.of(read.get(), size),
                () -> verify((bytesRead, entry) -> read.set(bytesRead)));
    }

    private ArchiveVerification verify(ArchiveVerifier.Observer observer) throws IOException {
        if (Files.isDirectory(file)) {
            try (FileByteDirectory directory = new FileByteDirectory(file)) {
                return ArchiveVerifier.verify(directory, observer);
            }
        }
        try (FileByteSource source = new FileByteSource(file);
                InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            return DumpFile.format(file).verify(source, in, observer);
        }
    }

    private long size() throws IOException {
        if (!Files.isDirectory(file)) {
            return Files.size(file);
        }
        try (FileByteDirectory directory = new FileByteDirectory(file)) {
            return directory.list().values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private DumpContents open() throws IOException {
        return Files.isDirectory(file)
                ? PgArchive.open(new FileByteDirectory(file))
                : DumpFile.format(file).open(new FileByteSource(file));
    }

    private static long rows(List<TableContent> tables) {
        return tables.stream().mapToLong(TableContent::rows).sum();
    }

    private static List<ExpectedTable> expected(List<TableContent> tables) {
        return tables.stream()
                .map(table -> new ExpectedTable(
                        table.entry().schema(), table.entry().name(), table.rows(), table.fingerprint()))
                .toList();
    }

    private void restore(DumpContents archive, List<ExpectedTable> expected, String globals, int jobs, boolean begun) {
        RestorePlan plan = RestorePlanner.plan(archive, jobs * SHARDS_PER_JOB, jobs);
        ProgressMeter meter = new ProgressMeter(
                plan.compressedBytes(), of(archive, RestoreObserver.NONE).objects());
        StandaloneRestore restore = of(archive, meter);
        boolean script = archive instanceof PlainScript;
        display.say(
                (begun ? "going on with" : "building") + " database %s over %s",
                restore.buildDatabase(),
                script
                        ? "one connection, in the script's own order"
                        : jobs + (jobs == 1 ? " connection" : " connections"));
        boolean loaded = display.during(() -> ProgressLine.of(meter.progress()), () -> restore.prepare(globals, plan));
        display.say("free space: " + restore.freeSpace(plan));
        restore.leftOut().forEach(each -> display.say("left out: " + each));
        try {
            build(restore, plan, jobs, loaded, meter);
            compare(restore, expected);
            restore.place();
        } catch (RestoreException e) {
            display.say("what is built stays as database " + restore.buildDatabase()
                    + ": the same command goes on with it, --abandon drops it");
            throw e;
        }
        display.say("database " + database + " is in place");
    }

    private void build(StandaloneRestore restore, RestorePlan plan, int jobs, boolean loaded, ProgressMeter meter) {
        display.during(() -> ProgressLine.of(meter.progress()), () -> {
            if (!loaded) {
                restore.load(plan, jobs);
            }
            if (!plan.shards().isEmpty()) {
                display.say("rows loaded: " + ProgressLine.of(meter.progress()));
            }
            restore.finish(jobs);
            return null;
        });
        display.say("indexes, constraints and all else built: " + ProgressLine.of(meter.progress()));
    }

    private void compare(StandaloneRestore restore, List<ExpectedTable> expected) {
        CheckResult check = display.during(
                () -> "comparing every table with the dump",
                () -> restore.check(expected).orFail());
        display.say("compared: %,d tables with %,d rows are what the dump holds", check.tables(), check.rows());
    }
}
