package dev.lifeboat.local.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * EBS: volumes as directories, snapshots as copies of them. It outlives the clusters whose nodes take the volumes. A snapshot holds
 * the volume of one moment, as of a machine whose power failed then: whoever writes to it is held while it is copied. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-snapshots.html">Amazon EBS snapshots</a>
 */
public final class BlockStorage {
    private static final Duration VOLUME = Duration.ofSeconds(10);
    private static final Duration SNAPSHOT = Duration.ofMinutes(2);

    private final Path root;
    private final Clock clock;
    private final double compression;
    private final Map<String, BlockVolume> volumes = new LinkedHashMap<>();
    private final Map<String, BlockSnapshot> snapshots = new LinkedHashMap<>();
    private final Map<String, String> byToken = new LinkedHashMap<>();
    private volatile Freezer freezer = (volume, meanwhile) -> meanwhile.run();

    /** Holds whoever writes to a volume. */
    public interface Freezer {
        /** @param meanwhile while nothing is written to the volume */
        void hold(String volume, Runnable meanwhile);
    }

    /** A volume or snapshot that there is not. */
    public static final class NoSuchStorageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchStorageException(String message) {
            super(message);
        }
    }

    /**
     * @param root where the directories lie; processes of other users have to reach it
     * @param compression how much faster than in the cloud volumes and snapshots come, 1 or more
     */
    public BlockStorage(Path root, Clock clock, double compression) {
        this.root = root;
        this.clock = clock;
        this.compression = compression;
    }

    /** From now on asks this to hold those who write while a snapshot is taken. */
    public void freezer(Freezer holder) {
        freezer = holder;
    }

    /**
     * Makes a volume, once for a token.
     *
     * @param snapshot what of; empty for an empty volume
     * @param gibibytes 0 for the snapshot's size
     * @param token idempotency token, empty for none
     * @throws NoSuchStorageException when there is no such snapshot, or it is not complete
     */
    public synchronized BlockVolume createVolume(
            String zone, int gibibytes, String snapshot, Map<String, String> tags, String token) {
        if (!token.isEmpty() && byToken.containsKey(token)) {
            return volume(byToken.get(token)).orElseThrow();
        }
        Instant now = clock.instant();
        BlockSnapshot source = snapshot.isEmpty() ? null : complete(snapshot, now);
        String id = id("vol");
        if (source != null) {
            copy(snapshotDirectory(source.id()), directory(id));
        }
        int size = gibibytes == 0 && source != null ? source.gibibytes() : gibibytes;
        var volume = new BlockVolume(id, zone, size, snapshot, tags, now, now.plus(compressed(VOLUME)), false);
        volumes.put(id, volume);
        if (!token.isEmpty()) {
            byToken.put(token, id);
        }
        return volume;
    }

    private BlockSnapshot complete(String snapshot, Instant now) {
        BlockSnapshot found = snapshots.get(snapshot);
        if (found == null) {
            throw new NoSuchStorageException("The snapshot '" + snapshot + "' does not exist.");
        }
        if (found.progress(now) < 100) {
            throw new NoSuchStorageException("Snapshot '" + snapshot + "' is pending.");
        }
        return found;
    }

    /** @throws NoSuchStorageException when there is no such volume */
    public BlockSnapshot createSnapshot(String volume, String description, Map<String, String> tags) {
        BlockVolume source = volume(volume)
                .orElseThrow(() -> new NoSuchStorageException("The volume '" + volume + "' does not exist."));
        String id = id("snap");
        freezer.hold(volume, () -> copy(directory(volume), snapshotDirectory(id)));
        Instant now = clock.instant();
        var snapshot = new BlockSnapshot(
                id, volume, source.gibibytes(), description, tags, now, now.plus(compressed(SNAPSHOT)));
        synchronized (this) {
            snapshots.put(id, snapshot);
        }
        return snapshot;
    }

    /** Every volume, oldest first. */
    public synchronized List<BlockVolume> volumes() {
        return List.copyOf(volumes.values());
    }

    /** Every snapshot, oldest first. */
    public synchronized List<BlockSnapshot> snapshots() {
        return List.copyOf(snapshots.values());
    }

    public synchronized Optional<BlockVolume> volume(String id) {
        return Optional.ofNullable(volumes.get(id));
    }

    /** Where the volume's files lie; not there while it is empty. */
    public Path directory(String volume) {
        return root.resolve("volumes").resolve(volume);
    }

    private Path snapshotDirectory(String snapshot) {
        return root.resolve("snapshots").resolve(snapshot);
    }

    /** A node takes a volume, or gives it back. */
    public synchronized void attach(String volume, boolean attached) {
        volumes.computeIfPresent(volume, (id, found) -> found.attached(attached));
    }

    /** Deletes the volume with its files; nothing when there is none. */
    public void deleteVolume(String volume) {
        synchronized (this) {
            volumes.remove(volume);
        }
        try (Stream<Path> tree = Files.exists(directory(volume)) ? Files.walk(directory(volume)) : Stream.empty()) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the volume " + directory(volume), e);
        }
    }

    private Duration compressed(Duration duration) {
        return Duration.ofMillis((long) (duration.toMillis() / compression));
    }

    private static String id(String prefix) {
        return prefix + "-0" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    /** With owners, modes and times, which PostgreSQL looks at. */
    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            if (!Files.isDirectory(from)) {
                Files.createDirectories(to);
                return;
            }
            Process process = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("cp of the volume " + from + " failed: " + output.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy the volume " + from, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the volume " + from + " was copied", e);
        }
    }
}
