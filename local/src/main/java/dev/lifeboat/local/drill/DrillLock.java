package dev.lifeboat.local.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One drill at a time for a user of a machine: two would starve each other, and their times would tell how busy the machine was, not how
 * long a recovery takes. The operating system frees it when the process ends, however it ends.
 */
final class DrillLock implements AutoCloseable {
    private final FileChannel channel;

    private DrillLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for as long as another drill runs, and says so. */
    static DrillLock take(Console console) {
        return take(
                Path.of(System.getProperty("java.io.tmpdir"), "lifeboat-drill-" + System.getProperty("user.name")),
                console);
    }

    static DrillLock take(Path file, Console console) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                console.say("another drill runs on this machine (it holds " + file + "): waiting for its end");
                channel.lock();
            }
            return new DrillLock(channel);
        } catch (IOException e) {
            close(channel);
            throw new UncheckedIOException(
                    "Cannot lock " + file
                            + ", which keeps two drills from running at once. HINT: make it writable for this"
                            + " user, or remove it when no drill runs",
                    e);
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot free the drill's lock", e);
        }
    }
}
