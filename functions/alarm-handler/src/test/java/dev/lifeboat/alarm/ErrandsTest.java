package dev.lifeboat.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.alarm.AlarmResult.Outcome;
import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupKind;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.testsupport.S3MockExtension;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;

/** What the alarms start that recover nothing. */
@ExtendWith(S3MockExtension.class)
final class ErrandsTest {
    private static final String SHA = "0".repeat(64);
    private static final String AT = "2026-11-26T12:00:00Z";

    private TestingAccount account;
    private BackupCatalogue catalogue;

    @BeforeEach
    void open(S3MockServer s3) {
        account = new TestingAccount(s3.endpoint());
        account.s3.putBucketVersioning(r -> r.bucket(account.bucket).versioningConfiguration(v -> v.status("Enabled")));
        catalogue = new BackupCatalogue(account.s3, account.bucket);
    }

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void aBackupThatFailedIsMadeAgainOnceForEachAlarm() throws IOException {
        AlarmResult result = alarm("backup-job-failed", AT);

        assertThat(result.outcome()).isEqualTo(Outcome.STARTED);
        assertThat(alarm("backup-job-failed", AT)).isEqualTo(result);
        assertThat(account.stepFunctions.all()).singleElement().satisfies(execution -> {
            assertThat(execution.machine).isEqualTo(TestingAccount.RERUN);
            assertThat(execution.name).isEqualTo("rerun-backup-cloudtolocalllm-20261126T120000Z");
        });
        JsonNode input = Json.mapper().readTree(account.stepFunctions.all().get(0).input);
        assertThat(input.path("incident").asText()).isEqualTo("rerun-backup-cloudtolocalllm-20261126T120000Z");
        assertThat(input.path("alarm").asText()).isEqualTo("cloudtolocalllm-backup-job-failed");
        assertThat(input.path("target").path("backupOf").asText()).isEqualTo("app");
        assertThat(account.published("Subject"))
                .as("the machine tells how it ended")
                .isEmpty();
    }

    @Test
    void whileABackupIsMadeAnotherAlarmWaitsForIt() {
        alarm("backup-job-failed", AT);

        assertThat(alarm("backup-job-failed", "2026-11-26T12:01:00Z").outcome()).isEqualTo(Outcome.JOINED);
        account.stepFunctions.all().get(0).end("SUCCEEDED", "{}", Instant.now());
        assertThat(alarm("backup-job-failed", "2026-11-26T12:02:00Z").outcome()).isEqualTo(Outcome.STARTED);
        assertThat(alarm("backup-job-failed", AT).outcome()).isNotEqualTo(Outcome.STARTED);
    }

    @Test
    void theLastVerifiedBackupBeforeAnAnomalousOneIsVerifiedAgain() throws IOException {
        backup("recent/backup_20261126_103000", "2026-11-26T10:30:00Z", 9000, VerdictStatus.VERIFIED);
        backup("recent/backup_20261126_110000", "2026-11-26T11:00:00Z", 8000, VerdictStatus.CORRUPT);
        backup("recent/backup_20261126_113000", "2026-11-26T11:30:00Z", 100, VerdictStatus.SUSPICIOUS);

        AlarmResult result = alarm("backup-size-anomaly", AT);

        assertThat(result.message())
                .isEqualTo("Backup recent/backup_20261126_103000 is being verified again; people were told.");
        assertThat(account.stepFunctions.all()).singleElement().satisfies(execution -> {
            assertThat(execution.machine).isEqualTo(TestingAccount.VERIFY);
            assertThat(Json.mapper().readTree(execution.input))
                    .isEqualTo(Json.mapper()
                            .readTree("{\"manifestKey\":\"dumps/recent/backup_20261126_103000.manifest.json\","
                                    + "\"compareWithPrevious\":true}"));
        });
        assertThat(account.published("Message"))
                .singleElement()
                .asString()
                .contains("The newest backup is recent/backup_20261126_113000 of 100 bytes.")
                .contains("recent/backup_20261126_103000 of 9000 bytes, is being verified again by execution ")
                .contains("docs/runbooks/backup-size-anomaly.md");
    }

    @Test
    void thatThereIsNoVerifiedBackupBeforeIsSaid() {
        backup("recent/backup_20261126_113000", "2026-11-26T11:30:00Z", 100, VerdictStatus.SUSPICIOUS);

        assertThat(alarm("backup-size-anomaly", AT).outcome()).isEqualTo(Outcome.TOLD);
        assertThat(account.published("Subject"))
                .containsExactly(
                        "Lifeboat: cloudtolocalllm: a backup's size is anomalous, and there is NO verified one before it");
    }

    @Test
    void whatFillsTheBucketIsToldByPrefixWithItsOldVersions() {
        put("dumps/daily/a.dump", 100);
        put("dumps/daily/b.dump", 50);
        put("dumps/recent/c.dump", 7);
        put("dumps/recent/c.dump", 8);
        put("stray", 1);

        AlarmResult result = alarm("storage-quota", AT);

        assertThat(result.message()).isEqualTo("The bucket holds 166 bytes; people were told.");
        assertThat(account.published("Message").get(0).replaceAll(" +", " "))
                .contains("holds 166 bytes, old versions included:")
                .contains("dumps/daily/ 2 objects 150 bytes; old versions: 0, 0 bytes")
                .contains("dumps/recent/ 1 objects 8 bytes; old versions: 1, 7 bytes")
                .contains(" 1 objects 1 bytes; old versions: 0, 0 bytes")
                .contains("Nothing was deleted.");
        assertThat(account.stepFunctions.all()).isEmpty();
    }

    @Test
    void aReplicasLagIsTold() {
        assertThat(alarm("replication-lag", AT).outcome()).isEqualTo(Outcome.TOLD);
        assertThat(account.published("Message"))
                .singleElement()
                .asString()
                .contains("Threshold Crossed: for a test")
                .contains("Nothing was changed. What to do: docs/runbooks/replication-lag.md.");
    }

    @Test
    void walThatIsNotArchivedIsTold() {
        assertThat(alarm("wal-not-archived", AT).outcome()).isEqualTo(Outcome.TOLD);
        assertThat(account.published("Subject"))
                .singleElement()
                .asString()
                .endsWith("WAL or base backups do not come into the bucket");
        assertThat(account.published("Message"))
                .singleElement()
                .asString()
                .contains("Threshold Crossed: for a test")
                .contains("Nothing was changed. What to do: docs/runbooks/wal-archive.md.");
    }

    @Test
    void whoeverOnlyWatchesIsToldAndNothingIsDone() {
        account.parameters.put("/mode", "observe");

        assertThat(alarm("backup-job-failed", AT).outcome()).isEqualTo(Outcome.OBSERVED);
        assertThat(account.stepFunctions.all()).isEmpty();
        assertThat(account.published("Message"))
                .singleElement()
                .asString()
                .contains("It calls for 'rerun-backup'. Parameter /mode is 'observe', so nothing was done.");
    }

    @Test
    void whoIsToldOfCorruptDataIsToldTheLastVerifiedBackupOfBefore() {
        backup("recent/backup_20261126_113000", "2026-11-26T11:30:00Z", 100, VerdictStatus.VERIFIED);
        backup("recent/backup_20261126_114000", "2026-11-26T11:40:00Z", 100, VerdictStatus.CORRUPT);
        backup("recent/backup_20261126_121500", "2026-11-26T12:15:00Z", 100, VerdictStatus.VERIFIED);

        assertThat(alarm("data-corrupt", "2026-11-26T12:00:00Z").outcome()).isEqualTo(Outcome.NO_MACHINE);

        assertThat(account.published("Message"))
                .singleElement()
                .asString()
                .contains("NOTHING was started")
                .contains("The last verified backup of before is recent/backup_20261126_113000, taken at"
                        + " 2026-11-26T11:30:00Z.");
    }

    @Test
    void whatBecameOfTheNewBackupIsSaid() {
        backup("recent/backup_20261126_113000", "2026-11-26T11:30:00Z", 100, VerdictStatus.VERIFIED);
        assertThat(verdict()).isEqualTo(new BackupVerdicts.Answer(false, false, null, List.of()));

        manifest("recent/backup_20261126_120100", "2026-11-26T12:01:00Z", 100);
        assertThat(verdict())
                .isEqualTo(new BackupVerdicts.Answer(false, false, "recent/backup_20261126_120100", List.of()));

        judge("recent/backup_20261126_120100", 100, VerdictStatus.CORRUPT);
        assertThat(verdict())
                .isEqualTo(new BackupVerdicts.Answer(
                        true, false, "recent/backup_20261126_120100", List.of("It is of a test.")));

        backup("recent/backup_20261126_120200", "2026-11-26T12:02:00Z", 100, VerdictStatus.VERIFIED);
        assertThat(verdict())
                .isEqualTo(new BackupVerdicts.Answer(true, true, "recent/backup_20261126_120200", List.of()));
    }

    private Object verdict() {
        return account.answer(
                "{\"action\":\"backup-verdict\",\"database\":\"app\",\"since\":\"" + AT + "\"}", Clock.systemUTC());
    }

    private AlarmResult alarm(String name, String at) {
        return account.decide("{\"source\":\"aws.cloudwatch\",\"detail\":{\"alarmName\":\"cloudtolocalllm-" + name
                + "\",\"state\":{\"value\":\"ALARM\",\"reason\":\"Threshold Crossed: for a test\",\"timestamp\":\"" + at
                + "\"}}}");
    }

    private void put(String key, int bytes) {
        account.s3.putObject(r -> r.bucket(account.bucket).key(key), RequestBody.fromBytes(new byte[bytes]));
    }

    private void backup(String id, String takenAt, long size, VerdictStatus status) {
        manifest(id, takenAt, size);
        judge(id, size, status);
    }

    private void manifest(String id, String takenAt, long size) {
        Instant at = Instant.parse(takenAt);
        BackupObject globals =
                new BackupObject("dumps/" + id + ".globals.sql", null, 1, SHA, BackupObject.PART_SIZE, List.of(SHA));
        catalogue.putReport(
                BucketLayout.manifestKey(id),
                new BackupManifest(
                        1,
                        id,
                        BackupKind.RECENT,
                        "app",
                        "15.18",
                        "15.18",
                        "0/1",
                        at,
                        at,
                        at,
                        dump(id, size),
                        globals,
                        null,
                        List.of()));
    }

    private static BackupObject dump(String id, long size) {
        return new BackupObject("dumps/" + id + ".dump", null, size, SHA, BackupObject.PART_SIZE, List.of(SHA));
    }

    private void judge(String id, long size, VerdictStatus status) {
        String key = BucketLayout.manifestKey(id);
        catalogue.putVerdict(new Verdict(
                1,
                id,
                status,
                status == VerdictStatus.VERIFIED ? List.of() : List.of("It is of a test."),
                Instant.now().plusSeconds(5),
                account.bucket,
                key,
                catalogue.manifest(key).orElseThrow().versionId(),
                dump(id, size).key(),
                null,
                size,
                SHA,
                1,
                List.of()));
    }
}
