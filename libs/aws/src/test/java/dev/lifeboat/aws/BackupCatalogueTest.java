package dev.lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupKind;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.TableCount;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.StorageUnavailableException;
import dev.lifeboat.testsupport.FaultyProxy;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;

@ExtendWith(S3MockExtension.class)
final class BackupCatalogueTest {
    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final String OLD = "daily/backup_20261121_020000";
    private static final String MIDDLE = "recent/backup_20261122_023000";
    private static final String NEW = "daily/backup_20261123_020000";

    private TestBucket bucket;
    private BackupCatalogue catalogue;

    @BeforeEach
    void open(S3MockServer server) {
        bucket = TestBucket.versioned(server.endpoint());
        catalogue = new BackupCatalogue(bucket.s3, bucket.name);
    }

    @Test
    void listsTheBackupsOfOneDatabaseNewestSnapshotFirst() {
        put(manifest(OLD, "app", "2026-11-21T02:00:03Z", "v1"));
        put(manifest(NEW, "app", "2026-11-23T02:00:03Z", "v1"));
        put(manifest(MIDDLE, "app", "2026-11-22T02:30:03Z", "v1"));
        put(manifest("recent/backup_20261123_023000", "other", "2026-11-23T02:30:03Z", "v1"));
        bucket.put("dumps/daily/backup_20261124_020000.dump", new byte[10]);

        assertThat(catalogue.newestFirst("app"))
                .extracting(CatalogueEntry::backupId)
                .containsExactly(NEW, MIDDLE, OLD);
        assertThat(catalogue.newestFirst()).hasSize(4);
    }

    @Test
    void givesTheNewestVerdictOnJustThisManifestAndDumpVersion() {
        String manifestVersion = put(manifest(NEW, "app", "2026-11-23T02:00:03Z", "dump-2"));
        putVerdict(NEW, VerdictStatus.VERIFIED, "2026-11-23T02:05:00Z", manifestVersion, "dump-2");
        putVerdict(NEW, VerdictStatus.CORRUPT, "2026-11-23T03:00:00Z", manifestVersion, "dump-2");
        putVerdict(NEW, VerdictStatus.VERIFIED, "2026-11-23T04:00:00Z", manifestVersion, "dump-1");
        putVerdict(NEW, VerdictStatus.VERIFIED, "2026-11-23T05:00:00Z", "another", "dump-2");

        CatalogueEntry entry = newest();

        assertThat(entry.verdict().status()).isEqualTo(VerdictStatus.CORRUPT);
        assertThat(entry.verified()).isFalse();
        assertThat(catalogue.verdicts(NEW))
                .extracting(v -> v.verifiedAt().toString())
                .containsExactly(
                        "2026-11-23T05:00:00Z", "2026-11-23T04:00:00Z", "2026-11-23T03:00:00Z", "2026-11-23T02:05:00Z");
    }

    @Test
    void aManifestThatIsOverwrittenLosesItsVerdict() {
        BackupManifest manifest = manifest(NEW, "app", "2026-11-23T02:00:03Z", "dump-1");
        String version = put(manifest);
        putVerdict(NEW, VerdictStatus.VERIFIED, "2026-11-23T02:05:00Z", version, "dump-1");
        assertThat(newest().verified()).isTrue();

        put(manifest);

        assertThat(newest().verdict()).isNull();
    }

    @Test
    void aVerifiedVerdictOnOtherBytesDoesNotCount() {
        String version = put(manifest(NEW, "app", "2026-11-23T02:00:03Z", "dump-1"));
        catalogue.putVerdict(
                verdict(NEW, VerdictStatus.VERIFIED, "2026-11-23T02:05:00Z", version, "dump-1", "f".repeat(64)));

        assertThat(newest().verdict()).isNull();
    }

    @Test
    void aVerdictThatCanNotBeReadIsNotReplacedByAnOlderOne() {
        String version = put(manifest(NEW, "app", "2026-11-23T02:00:03Z", "dump-1"));
        putVerdict(NEW, VerdictStatus.VERIFIED, "2026-11-23T02:05:00Z", version, "dump-1");
        bucket.put(BucketLayout.verdict(NEW, Instant.parse("2026-11-23T03:00:00Z")), new byte[] {'{'});

        assertThat(newest().verdict()).isNull();
    }

    @Test
    void aManifestThatCanNotBeReadIsListedWithItsReason() {
        put(manifest(OLD, "app", "2026-11-21T02:00:03Z", "v1"));
        String key = BucketLayout.manifestKey(NEW);
        bucket.put(key, "{\"version\": 1, \"surprise\": 2,".getBytes(StandardCharsets.UTF_8));

        List<CatalogueEntry> entries = catalogue.newestFirst("app").toList();

        assertThat(entries).extracting(CatalogueEntry::backupId).containsExactly(NEW, OLD);
        assertThat(entries.get(0).verified()).isFalse();
        assertThat(entries.get(0).unusable())
                .startsWith("Invalid manifest s3://" + bucket.name + "/" + key + ": Unexpected end-of-input");
    }

    @Test
    void aManifestUnderAnotherBackupsKeyIsUnusable() {
        String key = BucketLayout.manifestKey(NEW);
        bucket.put(key, Json.write(manifest(OLD, "app", "2026-11-21T02:00:03Z", "v1")));

        assertThatThrownBy(() -> catalogue.manifest(key))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid manifest s3://" + bucket.name + "/" + key
                        + ": field 'backupId' is 'daily/backup_20261121_020000', expected"
                        + " 'daily/backup_20261123_020000' as in its key. HINT: Somebody renamed or overwrote it: use"
                        + " another backup.");
    }

    @Test
    void aManifestThatIsNotThereIsNone() {
        assertThat(catalogue.manifest(BucketLayout.manifestKey(NEW))).isEmpty();
    }

    @Test
    void aDocumentThatWouldNotFitIntoMemoryIsRefused() {
        bucket.put(BucketLayout.manifestKey(NEW), new byte[SmallObjects.MAX_BYTES + 1]);

        assertThat(newest().unusable())
                .isEqualTo("s3://" + bucket.name + "/" + BucketLayout.manifestKey(NEW)
                        + " has more than 16777216 bytes, expected a small JSON document."
                        + " HINT: Look at who wrote it, and make a new backup.");
    }

    @Test
    void s3ThatIsDownIsAnErrorAndNotAnEmptyCatalogue(S3MockServer server) throws IOException {
        try (FaultyProxy wire = FaultyProxy.before(server.endpoint())) {
            wire.always(FaultyProxy.Fault.s3Error("503 Slow Down", "SlowDown"));
            BackupCatalogue down = new BackupCatalogue(TestBucket.client(wire.endpoint()), bucket.name);

            assertThatThrownBy(() -> down.newestFirst("app").toList())
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessage("Cannot list s3://" + bucket.name + "/dumps/daily/backup_: S3 answered 503 SlowDown."
                            + " HINT: It is tried again; if that goes on, look at the AWS Health Dashboard.");
        }
    }

    @Test
    void inABucketWithoutVersionsAManifestThatIsNewerThanItsVerdictHasNone(S3MockServer server) {
        TestBucket plain = TestBucket.plain(server.endpoint());
        BackupCatalogue other = new BackupCatalogue(plain.s3, plain.name);
        plain.put(BucketLayout.manifestKey(NEW), Json.write(manifest(NEW, "app", "2026-11-23T02:00:03Z", null)));
        other.putVerdict(verdict(NEW, VerdictStatus.VERIFIED, "2020-01-01T00:00:00Z", null, null, SHA));
        assertThat(other.newestFirst("app").findFirst().orElseThrow().verdict()).isNull();

        other.putVerdict(verdict(NEW, VerdictStatus.VERIFIED, "2099-01-01T00:00:00Z", null, null, SHA));
        assertThat(other.newestFirst("app").findFirst().orElseThrow().verified())
                .isTrue();
    }

    @Test
    void readsNoMoreOfThousandsOfBackupsThanItTakesToFindOne(S3MockServer server) {
        for (int day = 1; day <= 20; day++) {
            String id = String.format("daily/backup_202611%02d_020000", day);
            put(manifest(id, "app", String.format("2026-11-%02dT02:00:03Z", day), "v1"));
        }
        BackupManifest unverified = manifest("recent/backup_20261120_080000", "app", "2026-11-20T08:00:03Z", "v1");
        put(unverified);
        String version = put(manifest("recent/backup_20261120_073000", "app", "2026-11-20T07:30:03Z", "v1"));
        putVerdict("recent/backup_20261120_073000", VerdictStatus.VERIFIED, "2026-11-20T07:35:00Z", version, "v1");
        List<String> requests = new CopyOnWriteArrayList<>();
        try (S3Client counted = bucket.recording(server.endpoint(), requests)) {
            BackupCatalogue other = new BackupCatalogue(counted, bucket.name);

            assertThat(other.newestFirst("app").filter(CatalogueEntry::verified).findFirst())
                    .map(CatalogueEntry::backupId)
                    .contains("recent/backup_20261120_073000");
            // Two lists of days, two of a day's keys; then the newest backup without a verdict, and two at once.
            assertThat(requests).filteredOn("ListObjectsV2Request"::equals).hasSizeLessThanOrEqualTo(4 + 3);
            assertThat(requests).filteredOn("GetObjectRequest"::equals).hasSizeLessThanOrEqualTo(3 + 1);

            requests.clear();
            assertThat(other.verifiedBefore(unverified)).isPresent();
            assertThat(requests).hasSizeLessThan(15);

            requests.clear();
            assertThat(other.newestFirst())
                    .hasSize(22)
                    .first()
                    .extracting(CatalogueEntry::backupId)
                    .isEqualTo("recent/backup_20261120_080000");
        }
    }

    @Test
    void aNameThatIsNoDateGoesLast() {
        put(manifest(OLD, "app", "2026-11-21T02:00:03Z", "v1"));
        bucket.put("dumps/daily/backup_20261399_020000.manifest.json", new byte[] {'{'});

        assertThat(catalogue.newestFirst("app"))
                .extracting(CatalogueEntry::backupId)
                .containsExactly(OLD, "daily/backup_20261399_020000");
    }

    private CatalogueEntry newest() {
        return catalogue.newestFirst("app").findFirst().orElseThrow();
    }

    private String put(BackupManifest manifest) {
        return bucket.put(BucketLayout.manifestKey(manifest.backupId()), Json.write(manifest));
    }

    private void putVerdict(String id, VerdictStatus status, String at, String manifestVersion, String dumpVersion) {
        catalogue.putVerdict(verdict(id, status, at, manifestVersion, dumpVersion, SHA));
    }

    private Verdict verdict(
            String id, VerdictStatus status, String at, String manifestVersion, String dumpVersion, String sha) {
        return new Verdict(
                1,
                id,
                status,
                List.of(),
                Instant.parse(at),
                bucket.name,
                BucketLayout.manifestKey(id),
                manifestVersion,
                "dumps/" + id + ".dump",
                dumpVersion,
                10,
                sha,
                5,
                List.of());
    }

    private static BackupManifest manifest(String id, String database, String snapshotAt, String dumpVersion) {
        Instant at = Instant.parse(snapshotAt);
        BackupObject dump =
                new BackupObject("dumps/" + id + ".dump", dumpVersion, 10, SHA, BackupObject.PART_SIZE, List.of(SHA));
        BackupObject globals =
                new BackupObject("dumps/" + id + ".globals.sql", null, 1, SHA, BackupObject.PART_SIZE, List.of(SHA));
        return new BackupManifest(
                1,
                id,
                id.startsWith("daily") ? BackupKind.DAILY : BackupKind.RECENT,
                database,
                "15.18",
                "15.18",
                "0/1",
                at,
                at,
                at,
                dump,
                globals,
                null,
                List.of(new TableCount("public", "users", 3)));
    }
}
