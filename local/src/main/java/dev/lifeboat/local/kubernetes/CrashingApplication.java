package dev.lifeboat.local.kubernetes;

import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A container whose program prints some lines and ends at once. */
final class CrashingApplication implements RunningContainer {
    CrashingApplication(Path log, List<String> lines) {
        try {
            Files.createDirectories(log.getParent());
            Files.write(log, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + log, e);
        }
    }

    @Override
    public boolean alive() {
        return false;
    }

    @Override
    public int exitCode() {
        return 1;
    }

    @Override
    public boolean answers(Probe probe) {
        return false;
    }

    @Override
    public void stop() {
        // It has ended.
    }

    @Override
    public void pause(boolean paused) {
        // It has ended.
    }

    @Override
    public void kill() {
        // It has ended.
    }
}
