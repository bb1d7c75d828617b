package dev.lifeboat.bench;

import dev.lifeboat.pgarchive.ArchiveVerifier;
import dev.lifeboat.pgarchive.FileByteSource;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgrestore.CheckResult;
import dev.lifeboat.pgrestore.DatabaseRestore;
import dev.lifeboat.pgrestore.ExpectedTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The whole shop, three ways. */
final class WholeRestores implements RestoreBench.Comparison {
    private final Workbench bench;
    private final Path globals;
    private final Options options;
    private final Targets targets;
    private final Series ours = new Series("restore, whole process, without ANALYZE");
    private final Series withAnalyze = new Series("restore, whole process, ANALYZE included");
    private final Series work = new Series("restore, without ANALYZE and the JVM's start");
    private final Series check = new Series("the final check of fingerprints");
    private final Series pgRestore = new Series("pg_restore -j2");
    private final Series vacuumdb = new Series("vacuumdb --analyze-only -j2 after pg_restore");
    private final Series manual = new Series("download and psql -f");
    private final Map<String, Series> steps = new LinkedHashMap<>();
    private Path archive;
    private List<ExpectedTable> expected;

    WholeRestores(Workbench bench, Path globals, Options options) {
        this.bench = bench;
        this.globals = globals;
        this.options = options;
        this.targets = new Targets(bench);
    }

    @Override
    public void measure() {
        String database = SampleDatabase.SHOP.create(bench.postgres(), options.megabytes);
        archive = bench.dump(database, "custom", "shop.dump");
        bench.dump(database, "plain", "shop.sql");
        bench.postgres().psql("postgres", "DROP DATABASE " + database);
        expected = verified();
        for (int pair = 1; pair <= options.pairs; pair++) {
            if (pair % 2 == 1) {
                restore();
            }
            pgRestore();
            manual();
            if (pair % 2 == 0) {
                restore();
            }
        }
    }

    private List<ExpectedTable> verified() {
        try (InputStream in = Files.newInputStream(archive)) {
            return ArchiveVerifier.verify(archive.toString(), in, ArchiveVerifier.Observer.NONE).tables().stream()
                    .map(table -> new ExpectedTable(
                            table.entry().schema(), table.entry().name(), table.rows(), table.fingerprint()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + archive, e);
        }
    }

    private void restore() {
        targets.forOurs();
        int logged = bench.postgres().log().length();
        Child child = RestoreBench.restore(bench, "shop.dump", globals, RestoreProgram.ALL);
        double analyze = StatementLog.of(bench.postgres().log().substring(logged), "ANALYZE")
                .seconds();
        withAnalyze.add(child.seconds());
        ours.add(child.seconds() - analyze);
        work.add(child.steps().get("work") - analyze);
        child.steps()
                .forEach((name, number) ->
                        steps.computeIfAbsent(name, Series::ofStep).add(number));
        check();
        targets.clear();
    }

    private void check() {
        try (PgArchive opened = PgArchive.open(new FileByteSource(archive))) {
            long start = System.nanoTime();
            CheckResult result = new DatabaseRestore(
                            database -> Server.connect(bench.postgres().environment(), database), opened, Server.TARGET)
                    .check(expected);
            check.add((System.nanoTime() - start) / 1e9);
            if (!result.mismatches().isEmpty()) {
                throw new IllegalStateException("What was restored is not what was dumped: " + result.mismatches());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + archive, e);
        }
    }

    private void pgRestore() {
        String database = targets.forPeer();
        pgRestore.add(bench.program("pg_restore", "--jobs=2", "--dbname=" + database, archive.toString())
                .seconds());
        vacuumdb.add(bench.program("vacuumdb", "--analyze-only", "--jobs=2", "--dbname=" + database)
                .seconds());
        targets.clear();
    }

    private void manual() {
        String database = targets.forPeer();
        Path plain = bench.file("downloaded.sql");
        double download = Child.run(
                        Map.of(),
                        List.of(
                                "curl",
                                "--silent",
                                "--fail",
                                "--output",
                                plain.toString(),
                                bench.endpoint() + "/" + Store.BUCKET + "/shop.sql"))
                .seconds();
        double psql = bench.program(
                        "psql",
                        "--no-psqlrc",
                        "--quiet",
                        "--set=ON_ERROR_STOP=1",
                        "--output=/dev/null",
                        "--dbname=" + database,
                        "--file=" + plain)
                .seconds();
        manual.add(download + psql);
        targets.clear();
    }

    @Override
    public void print() {
        List.of(withAnalyze, ours, work).forEach(System.out::println);
        steps.values().forEach(System.out::println);
        List.of(check, pgRestore, vacuumdb, manual).forEach(System.out::println);
        System.out.printf(
                Locale.ROOT,
                "Without the JVM's start: restore/pg_restore-j2 %.2f, restore/manual %.2f%n",
                work.ratioTo(pgRestore),
                work.ratioTo(manual));
        System.out.printf(
                Locale.ROOT,
                "ANALYZE counted on both sides: restore/(pg_restore-j2 and vacuumdb) %.2f%n",
                withAnalyze.median() / (pgRestore.median() + vacuumdb.median()));
        System.out.printf(
                Locale.ROOT,
                "ANALYZE counted for ours alone: restore/pg_restore-j2 %.2f, restore/manual %.2f%n",
                withAnalyze.ratioTo(pgRestore),
                withAnalyze.ratioTo(manual));
    }

    @Override
    public void printRatios() {
        RestoreBench.printRatio("restore/pg_restore-j2", ours.ratioTo(pgRestore));
        RestoreBench.printRatio("restore/manual", ours.ratioTo(manual));
    }
}
