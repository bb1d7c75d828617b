package dev.lifeboat.local.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PostgreSQL whose main process is stopped: its port takes connections, and nobody answers them. */
final class HungServer implements AutoCloseable {
    private final String pid;

    private HungServer(String pid) {
        this.pid = pid;
        signal("-STOP");
    }

    /** @param claim the server's volume */
    static HungServer of(Path claim) throws IOException {
        // The first line of postmaster.pid is the process id (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_PID).
        return new HungServer(
                Files.readAllLines(claim.resolve("pgdata/postmaster.pid")).get(0));
    }

    /** It answers again. */
    void goOn() {
        if (ProcessHandle.of(Long.parseLong(pid)).isPresent()) {
            signal("-CONT");
        }
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, pid).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new DrillFailure("Cannot send " + signal + " to PostgreSQL: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrillFailure("Interrupted while sending a signal to PostgreSQL.", e);
        }
    }

    @Override
    public void close() {
        goOn();
    }
}
