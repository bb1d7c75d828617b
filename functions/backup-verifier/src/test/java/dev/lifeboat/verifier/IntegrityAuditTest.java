package dev.lifeboat.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.aws.BackupExpiry;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.model.S3Object;

@ExtendWith(S3MockExtension.class)
final class IntegrityAuditTest {
    private static final String OLD = "daily/backup_20261121_020000";
    private static final String MIDDLE = "recent/backup_20261122_023000";
    private static final String NEW = "daily/backup_20261123_020000";
    // Every manifest of these tests is stored before this.
    private final Instant started = Instant.now().plusSeconds(60);
    private final SummariseRequest request =
            new SummariseRequest("summarise", "arn:aws:states:us-east-1:1:execution:check:run-1", started);

    private TestingBackups backups;
    private IntegrityAudit audit;
    /** Of the backups that are put from now on; null for none. */
    private byte[] config;

    @BeforeEach
    void open(S3MockServer server) {
        backups = new TestingBackups(server.endpoint());
        backups.journal().put(RepositoryFindings.planKey("run-1"), RepositoryFindings.Plan.unwanted());
        audit = new IntegrityAudit(
                backups.catalogue(),
                new Retention(new RetentionPolicy(7, 30, 2), new BackupExpiry(backups.s3, backups.bucket)),
                new RepositorySummary(backups.journal()),
                backups.notifier(),
                backups::metrics,
                Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        backups.close();
    }

    @Test
    void whenEverythingIsVerifiedNobodyIsDisturbed() throws IOException {
        put(OLD, VerdictStatus.VERIFIED, started.plusSeconds(5));
        put(NEW, VerdictStatus.VERIFIED, started.plusSeconds(9));

        AuditResult result = audit.summarise(request);

        assertThat(result)
                .isEqualTo(new AuditResult(
                        new IntegrityReport.Counts(2, 2, 0, 0, 0, 0),
                        new Retention.Outcome(0, 0, null),
                        null,
                        "integrity/run-1/report.json"));
        assertThat(backups.sns.requests("Publish")).isEmpty();
        IntegrityReport report = Json.read("the report", object(result.reportKey()), IntegrityReport.class);
        assertThat(report.backups())
                .extracting(IntegrityReport.CheckedBackup::backupId)
                .containsExactly(NEW, OLD);
        JsonNode line = Json.mapper().readTree(backups.standardOutput.toString(StandardCharsets.UTF_8));
        assertThat(line.path("IntegrityVerified").asInt()).isEqualTo(2);
        assertThat(line.path("IntegrityNotVerified").asInt(-1)).isZero();
    }

    @Test
    void aVerdictFromBeforeTheCheckDoesNotCountSoTheBackupWasMissed() {
        put(OLD, VerdictStatus.VERIFIED, started.minusSeconds(1));
        put(MIDDLE, VerdictStatus.CORRUPT, started.plusSeconds(5));
        put(NEW, VerdictStatus.VERIFIED, started.plusSeconds(9));

        AuditResult result = audit.summarise(request);

        assertThat(result.counts()).isEqualTo(new IntegrityReport.Counts(3, 1, 1, 0, 0, 1));
        assertThat(backups.notification("Subject")).isEqualTo("Lifeboat: 2 of 3 backups are not verified");
        assertThat(backups.notification("Message"))
                .isEqualTo("The integrity check run-1 looked at every backup in " + backups.bucket
                        + ": 1 verified, 1 corrupt, 0 suspicious, 0 unverifiable, 1 missed.\n\n- " + MIDDLE
                        + ": corrupt: as the test wants it\n- " + OLD + ": missed: The check came to no verdict on it."
                        + "\n\n0 old backups were tagged for deletion, 0 are kept though they are old."
                        + "\n\nReport: s3://" + backups.bucket + "/integrity/run-1/report.json\n\nWhat to do:\n"
                        + "Verified backups are left, the newest of 2026-11-23T02:00:02Z. A missed backup was not looked"
                        + " at: see the failed child executions of the check, and start it again.\n");
    }

    @Test
    void peopleHearThatTheNewestBackupHasNoConfiguration() {
        put(OLD, VerdictStatus.VERIFIED, started.plusSeconds(5), "Config backup missing: as it was then.");
        put(NEW, VerdictStatus.VERIFIED, started.plusSeconds(9), "Config backup missing: no answer.");

        AuditResult result = audit.summarise(request);

        assertThat(result.counts()).isEqualTo(new IntegrityReport.Counts(2, 2, 0, 0, 0, 0));
        assertThat(backups.notification("Subject")).isEqualTo("Lifeboat: the newest backup lacks something");
        assertThat(backups.notification("Message"))
                .contains("\n\nThe newest verified backup of app, " + NEW + ": Config backup missing: no answer.\n\n")
                .doesNotContain("as it was then");
        IntegrityReport report = Json.read("the report", object(result.reportKey()), IntegrityReport.class);
        assertThat(report.backups())
                .extracting(IntegrityReport.CheckedBackup::warnings)
                .containsExactly(
                        List.of("Config backup missing: no answer."),
                        List.of("Config backup missing: as it was then."));
    }

    @Test
    void anOlderBackupWithoutConfigurationDisturbsNobody() {
        put(OLD, VerdictStatus.VERIFIED, started.plusSeconds(5), "Config backup missing: as it was then.");
        put(NEW, VerdictStatus.VERIFIED, started.plusSeconds(9));

        audit.summarise(request);

        assertThat(backups.sns.requests("Publish")).isEmpty();
    }

    @Test
    void aBackupThatCameDuringTheCheckIsNeitherMissedNorCounted() {
        put(OLD, VerdictStatus.VERIFIED, started.plusSeconds(5));
        put(NEW, VerdictStatus.VERIFIED, Instant.EPOCH);

        AuditResult result = audit.summarise(
                new SummariseRequest("summarise", "x:run-2", Instant.now().minusSeconds(60)));

        assertThat(result.counts()).isEqualTo(new IntegrityReport.Counts(1, 1, 0, 0, 0, 0));
    }

    @Test
    void aBucketWithoutAnyBackupIsTold() {
        assertThat(audit.summarise(request).counts().backups()).isZero();
        assertThat(backups.notification("Subject")).isEqualTo("Lifeboat: the integrity check found no backup at all");
        assertThat(backups.notification("Message")).contains("There is NO verified backup left: make one now");
    }

    @Test
    void aManifestThatCannotBeReadIsMissedWithItsReason() {
        backups.putBytes(BucketLayout.manifestKey(NEW), new byte[] {'['});

        audit.summarise(request);

        assertThat(backups.notification("Message")).contains("- " + NEW + ": missed: Invalid manifest s3://");
    }

    @Test
    void oldBackupsThatEnoughVerifiedOnesHaveFollowedAreTaggedWhole() {
        String oldRecent = "recent/backup_20261115_080000";
        String oldDaily = "daily/backup_20261020_020000";
        config = new byte[] {4};
        put(oldDaily, VerdictStatus.VERIFIED, started.plusSeconds(1));
        config = null;
        put(oldRecent, VerdictStatus.CORRUPT, started.plusSeconds(1));
        put("daily/backup_20261115_020000", VerdictStatus.VERIFIED, started.plusSeconds(1));
        put(MIDDLE, VerdictStatus.VERIFIED, started.plusSeconds(5));
        put(NEW, VerdictStatus.VERIFIED, started.plusSeconds(9));
        backups.tag("dumps/" + oldDaily + ".dump", "team", "database");

        assertThat(audit.summarise(request).retention()).isEqualTo(new Retention.Outcome(2, 0, null));
        assertThat(audit.summarise(request).retention()).isEqualTo(new Retention.Outcome(0, 0, null));

        assertThat(backups.tags("dumps/" + oldDaily + ".dump"))
                .containsExactlyInAnyOrder("team=database", "lifeboat-expired=true");
        assertThat(expired())
                .containsExactlyInAnyOrder(
                        "dumps/" + oldDaily + ".dump",
                        "dumps/" + oldDaily + ".globals.sql",
                        "dumps/" + oldDaily + ".config.json",
                        "dumps/" + oldDaily + ".manifest.json",
                        "dumps/" + oldRecent + ".dump",
                        "dumps/" + oldRecent + ".globals.sql",
                        "dumps/" + oldRecent + ".manifest.json");
    }

    @Test
    void aNewerBackupThatIsNotVerifiedNeverPushesOutAnOlderOneThatIs() {
        put("daily/backup_20260901_020000", VerdictStatus.VERIFIED, started.plusSeconds(1));
        put("daily/backup_20260902_020000", VerdictStatus.VERIFIED, started.plusSeconds(1));
        put(OLD, VerdictStatus.CORRUPT, started.plusSeconds(1));
        put(MIDDLE, VerdictStatus.UNVERIFIABLE, started.plusSeconds(1));
        put(NEW, VerdictStatus.VERIFIED, started.minusSeconds(1));

        assertThat(audit.summarise(request).retention()).isEqualTo(new Retention.Outcome(0, 2, null));
        assertThat(expired()).isEmpty();
    }

    @Test
    void theNewestVerifiedBackupsStayWhateverTheirAgeAndLoseATagThatTheyHad() {
        String oldest = "daily/backup_20260801_020000";
        String older = "daily/backup_20260901_020000";
        String old = "daily/backup_20260902_020000";
        for (String id : List.of(oldest, older, old)) {
            put(id, VerdictStatus.VERIFIED, started.plusSeconds(1));
        }
        backups.tag("dumps/" + older + ".dump", "lifeboat-expired", "true");

        assertThat(audit.summarise(request).retention()).isEqualTo(new Retention.Outcome(1, 2, null));

        assertThat(expired()).hasSize(3).allMatch(key -> key.startsWith("dumps/" + oldest));
    }

    @Test
    void aManifestThatNamesAnotherBackupsDumpTakesNothingWithIt() {
        put(OLD, VerdictStatus.VERIFIED, started.plusSeconds(1));
        put(MIDDLE, VerdictStatus.VERIFIED, started.plusSeconds(1));
        BackupManifest good = backups.put(NEW, new byte[] {1, 2, 3}, List.of());
        backups.putManifest(
                TestingBackups.manifest("daily/backup_20260801_020000", good.dump(), good.globals(), List.of()));

        assertThat(audit.summarise(request).retention()).isEqualTo(new Retention.Outcome(0, 1, null));
        assertThat(expired()).isEmpty();
    }

    @Test
    void theTagIsTheOneThatTheBucketsLifecycleDeletes() throws IOException {
        String template = Files.readString(Path.of("../../template.yaml"));

        assertThat(template).contains("TagFilters: [{ Key: lifeboat-expired, Value: \"true\" }]");
    }

    private List<String> expired() {
        return backups.s3.listObjectsV2(r -> r.bucket(backups.bucket).prefix("dumps/")).contents().stream()
                .map(S3Object::key)
                .filter(key -> backups.tags(key).contains("lifeboat-expired=true"))
                .toList();
    }

    private void put(String backupId, VerdictStatus status, Instant at, String... warnings) {
        byte[] dump = {1, 2, 3};
        BackupManifest manifest = config == null
                ? backups.put(backupId, dump, List.of())
                : backups.put(backupId, dump, List.of(), config);
        String version = backups.catalogue()
                .manifest(BucketLayout.manifestKey(backupId))
                .orElseThrow()
                .versionId();
        backups.catalogue()
                .putVerdict(new Verdict(
                        1,
                        backupId,
                        status,
                        status == VerdictStatus.VERIFIED ? List.of() : List.of("as the test wants it"),
                        List.of(warnings),
                        at,
                        backups.bucket,
                        BucketLayout.manifestKey(backupId),
                        version,
                        manifest.dump().key(),
                        manifest.dump().versionId(),
                        3,
                        manifest.dump().sha256(),
                        1,
                        List.of()));
    }

    private byte[] object(String key) {
        return backups.s3
                .getObjectAsBytes(r -> r.bucket(backups.bucket).key(key))
                .asByteArray();
    }
}
