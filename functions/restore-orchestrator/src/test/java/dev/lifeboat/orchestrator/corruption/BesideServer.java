package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.orchestrator.pointintime.RestoreStep;
import dev.lifeboat.testsupport.RealPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Collectors;

/** An instance beside a live server, which takes the steps of a search as PostgreSQL's image does: by PostgreSQL's own means alone. */
final class BesideServer implements AutoCloseable {
    private final RealPostgres server = RealPostgres.start(Map.of("wal_level", "replica", "max_wal_senders", "2"));
    private final Path base;
    private final Path archive;
    private final Path good;

    /**
     * @param base a base backup
     * @param archive where the live server archives its WAL
     */
    BesideServer(Path base, Path archive) {
        this.base = base;
        this.archive = archive;
        this.good = server.dataDirectory().resolveSibling("good");
        server.stop();
    }

    RealPostgres server() {
        return server;
    }

    void take(RestoreStep step) {
        server.stop();
        Path data = server.dataDirectory();
        if (step.save()) {
            shell("rm -rf '" + good + "' && cp -a '" + data + "' '" + good + "'");
        }
        switch (step.from()) {
            case BACKUP ->
                shell("cp -a '" + data + "' '" + data + ".owner' && rm -rf '" + data + "' && cp -a '" + base
                        + "' '" + data + "' && chown -R --reference='" + data + ".owner' '" + data + "' && rm -rf '"
                        + data
                        + ".owner'");
            case GOOD -> shell("rm -rf '" + data + "' && cp -a '" + good + "' '" + data + "'");
            case CURRENT -> {}
            case DELTA, KEPT -> throw new IllegalStateException("A search takes no such step");
        }
        configure(data, step);
        server.startServer();
        if (step.listCommits() != null) {
            listCommits(data, step.listCommits());
        }
    }

    private void configure(Path data, RestoreStep step) {
        try {
            Files.writeString(
                    data.resolve("postgresql.auto.conf"),
                    "restore_command = 'cp " + archive + "/%f %p'\nrecovery_target_lsn = '"
                            + step.point().value() + "'\nrecovery_target_inclusive = "
                            + step.point().inclusive()
                            + "\nrecovery_target_action = pause\narchive_mode = off\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.TRUNCATE_EXISTING);
            shell("touch '" + data + "/recovery.signal' && chown --reference='" + data + "' '" + data
                    + "/recovery.signal'");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As images/postgres/postgres-entrypoint.sh makes it of pg_waldump's output. */
    private void listCommits(Path data, String range) {
        String[] ends = range.split(",", -1);
        // Where the last segment ends pg_waldump ends with an error: what comes before is whole all the same.
        String dumped = shell(server.bin().resolve("pg_waldump") + " --path=" + archive + " --timeline=1 --start="
                + ends[0] + " --end=" + ends[1] + " --rmgr=Transaction || true");
        String commits = dumped.lines()
                .filter(line -> line.contains("desc: COMMIT"))
                .map(line -> line.replaceFirst(
                        "^.*, tx: +([0-9]+), lsn: ([0-9A-F]+/[0-9A-F]+), .* desc: COMMIT(_PREPARED)? ([^;]*).*$",
                        "$1\t$2\t$4"))
                .collect(Collectors.joining("\n"));
        try {
            Files.writeString(data.resolve("lifeboat.commits"), commits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shell("chmod a+r '" + data + "/lifeboat.commits'");
    }

    private static String shell(String command) {
        try {
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", "set -e; export TZ=UTC; " + command);
            Process process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " ended with " + process.exitValue() + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + command, e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
