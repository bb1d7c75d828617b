package dev.lifeboat.bench;

import dev.lifeboat.testsupport.RealPgBackRest;
import dev.lifeboat.testsupport.RestoredServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Restores a base backup and recovers from it, against pg_restore of a dump of the same database. */
@Command(
        name = "point-in-time",
        description =
                "Measures pgbackrest restore, with the recovery until the server answers, against pg_restore -j2.")
final class PointInTimeBench implements Runnable {
    /** As k8s/configmap.yaml has it, with the processes of pg_restore's -j. */
    private static final Map<String, String> REPOSITORY =
            Map.of("compress-type", "lz4", "process-max", "2", "repo1-bundle", "y");

    @Mixin
    private Options options = new Options();

    private final Series pointInTime = new Series("pgbackrest restore and recovery, until it answers");
    private final Series pgRestore = new Series("pg_restore -j2");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PointInTimeBench()).execute(arguments));
    }

    @Override
    public void run() {
        RealPgBackRest.requireInstalled();
        try (Workbench bench = Workbench.open(Map.of("archive_mode", "on", "archive_command", ""));
                RealPgBackRest pgBackRest = RealPgBackRest.attach(bench.postgres(), REPOSITORY)) {
            String database = SampleDatabase.SHOP.create(bench.postgres(), options.megabytes);
            pgBackRest.backup("full");
            pgBackRest.archiveCurrentSegment();
            pgBackRest.stopArchiving();
            List<String> expected = counts(bench.postgres().connect(database));
            Path archive = bench.dump(database, "custom", "shop.dump");
            bench.postgres().psql("postgres", "DROP DATABASE " + database);
            Targets targets = new Targets(bench);
            for (int pair = 1; pair <= options.pairs; pair++) {
                if (pair % 2 == 1) {
                    restore(bench, pgBackRest, database, expected);
                }
                String target = targets.forPeer();
                pgRestore.add(bench.program("pg_restore", "--jobs=2", "--dbname=" + target, archive.toString())
                        .seconds());
                targets.clear();
                if (pair % 2 == 0) {
                    restore(bench, pgBackRest, database, expected);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("A server does not answer", e);
        }
        List.of(pointInTime, pgRestore).forEach(System.out::println);
        RestoreBench.printRatio("point-in-time/pg_restore-j2", pointInTime.ratioTo(pgRestore));
    }

    private void restore(Workbench bench, RealPgBackRest pgBackRest, String database, List<String> expected)
            throws SQLException {
        bench.settle();
        long start = System.nanoTime();
        try (RestoredServer restored = pgBackRest.restore()) {
            pointInTime.add((System.nanoTime() - start) / 1e9);
            List<String> found = counts(restored.connect(database));
            if (!found.equals(expected)) {
                throw new IllegalStateException("What was restored has " + found + ", expected " + expected);
            }
        }
    }

    /** Every table of the application's with its number of rows. */
    private static List<String> counts(Connection database) throws SQLException {
        List<String> counts = new ArrayList<>();
        try (database;
                Statement statement = database.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT oid::regclass FROM pg_class WHERE relkind = 'r'"
                    + " AND relnamespace = 'public'::regnamespace ORDER BY relname")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    row.next();
                    counts.add(table + " " + row.getLong(1));
                }
            }
        }
        return counts;
    }
}
