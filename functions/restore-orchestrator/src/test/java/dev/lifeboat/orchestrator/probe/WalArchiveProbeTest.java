package dev.lifeboat.orchestrator.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.aws.pgbackrest.RepositoryFiles;
import dev.lifeboat.aws.pgbackrest.RepositoryListing;
import dev.lifeboat.aws.pgbackrest.StoredFile;
import dev.lifeboat.contract.error.StorageUnavailableException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class WalArchiveProbeTest {
    private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
    private static final String SHA1 = "-da39a3ee5e6b4b0d3255bfef95601890afd80709.lz4";
    private static final String SECOND = "000000010000000000000002";
    private static final String THIRD = "000000010000000000000003";
    private static final String FIFTH = "000000010000000000000005";

    private final Map<String, Instant> files = new TreeMap<>();
    private boolean down;

    @Test
    void anIdleServerWaitsForNothingHoweverLongAgoTheLastSegmentWas() {
        segment("15-1", SECOND, 9000);
        backup("20261127-020000F", 3000);

        assertThat(look(server(true, THIRD, SECOND, 9000L, false)))
                .isEqualTo(new WalArchiveProbe.Seen(0L, 9000L, 3000L));
    }

    @Test
    void aSegmentThatWasEndedWaits() {
        segment("15-1", SECOND, 400);

        assertThat(look(server(true, FIFTH, SECOND, 400L, false)).lagSeconds()).isEqualTo(400);
    }

    @Test
    void aCommandThatFailsIsSeenBeforeTheNextSegmentEnds() {
        assertThat(look(server(true, THIRD, SECOND, 70L, true)).lagSeconds()).isEqualTo(70);
    }

    @Test
    void whatACrashMadeTheServerForgetTheBucketKnows() {
        segment("15-1", SECOND, 500);

        assertThat(look(server(true, THIRD, null, null, false)).lagSeconds()).isZero();
        assertThat(look(server(true, FIFTH, null, null, false)).lagSeconds()).isEqualTo(500);
    }

    @Test
    void aServerThatShallArchiveAndDoesNotIsAsLateAsItIsUp() {
        assertThat(look(server(false, THIRD, null, null, false)).lagSeconds()).isEqualTo(7777);
    }

    @Test
    void theLabelOfABackupAndAHistoryFileNameNoSegmentToWaitFor() {
        segment("15-1", SECOND, 500);

        assertThat(look(server(true, THIRD, SECOND + ".00000028.backup", 5L, false))
                        .lagSeconds())
                .isZero();
        assertThat(look(server(true, THIRD, "00000002.history", 5L, false)).lagSeconds())
                .isZero();
    }

    @Test
    void withoutABaseBackupItsAgeIsTheServersOwn() {
        assertThat(look(server(true, THIRD, SECOND, 5L, false)).baseBackupSeconds())
                .isEqualTo(7777);
        assertThat(look(null)).isEqualTo(new WalArchiveProbe.Seen(null, null, null));
    }

    @Test
    void theNewestBackupIsTheLastFinishedOne() {
        backup("20261127-010000F", 7000);
        backup("20261127-010000F_20261127-020000I", 3500);
        files.put("backup/lifeboat/20261127-010000F_20261127-025900I/backup.manifest.copy", NOW.minusSeconds(10));

        assertThat(look(null).baseBackupSeconds()).isEqualTo(3500);
    }

    @Test
    void theNewestSegmentIsOfThePresentClusterWhateverItsTimeline() {
        segment("15-1", "0000000100000009000000FE", 10);
        segment("15-2", "000000020000000000000004", 50);
        segment("15-2", "000000010000000000000009", 60);

        assertThat(look(null).ageSeconds()).isEqualTo(50);
    }

    @Test
    void storageThatIsDownIsNoMissingBackup() {
        down = true;

        assertThat(look(server(true, THIRD, SECOND, 5L, false))).isEqualTo(new WalArchiveProbe.Seen(0L, null, null));
    }

    private void segment(String archive, String name, long secondsAgo) {
        files.put(
                "archive/lifeboat/" + archive + "/" + name.substring(0, 16) + "/" + name + SHA1,
                NOW.minusSeconds(secondsAgo));
    }

    private void backup(String label, long secondsAgo) {
        files.put("backup/lifeboat/" + label + "/backup.manifest", NOW.minusSeconds(secondsAgo));
    }

    private static WalArchiving server(boolean on, String current, String last, Long lastSeconds, boolean failing) {
        return new WalArchiving(on, 7777, current, last, lastSeconds, failing);
    }

    private WalArchiveProbe.Seen look(WalArchiving server) {
        return new WalArchiveProbe(
                        () -> new RepositoryListing(new Names(), "lifeboat"), Clock.fixed(NOW, ZoneOffset.UTC))
                .look(server);
    }

    /** File names alone. */
    private final class Names implements RepositoryFiles {
        @Override
        public String name() {
            return "names";
        }

        @Override
        public List<StoredFile> list(String folder) {
            if (down) {
                throw new StorageUnavailableException("S3 is down.", "Wait.");
            }
            return files.entrySet().stream()
                    .filter(file -> file.getKey().startsWith(folder + "/"))
                    .map(file -> new StoredFile(file.getKey(), 1, file.getValue()))
                    .toList();
        }

        @Override
        public List<String> folders(String folder) {
            return list(folder).stream()
                    .map(file -> file.path().substring(folder.length() + 1))
                    .filter(rest -> rest.contains("/"))
                    .map(rest -> rest.substring(0, rest.indexOf('/')))
                    .distinct()
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }

        @Override
        public Optional<StoredFile> find(String path) {
            return Optional.ofNullable(files.get(path)).map(at -> new StoredFile(path, 1, at));
        }

        @Override
        public Optional<byte[]> read(String path, int atMost) {
            throw new AssertionError("The probe has no passphrase");
        }

        @Override
        public InputStream open(String path) {
            throw new AssertionError("The probe has no passphrase");
        }
    }
}
